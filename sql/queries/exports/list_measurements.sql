-- measurements.csv: the present version of each measurement whose date has come, voided ones left out; when only
-- changes are wanted, those that the run stored.
with present as (
  select distinct on (weo_id, measurement)
    weo_id, measurement, measured_on, outcome, employment_id, cents, voided, run_no
  from twe.measurement_version
  order by weo_id, measurement, version_no desc
)
select
  coalesce(payee.payee_id, facts.ocmw_id) as ocmw_id,
  present.weo_id,
  present.measurement,
  present.measured_on,
  present.outcome,
  nullif(present.employment_id, '') as employment_id,
  present.cents * 0.01 as amount
from present
cross join export_run
join twe.trajectory_facts as facts using (weo_id)
left join payee on payee.ocmw_id = facts.ocmw_id
where not present.voided
  and present.measured_on <= export_run.business_date
  and present.run_no = coalesce(export_run.changed_by_run, present.run_no)
order by 1, 2, 3
