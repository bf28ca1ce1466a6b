-- measurements.csv: the present version of each measurement whose date has come, voided ones left out.
with present as (
  select distinct on (weo_id, measurement)
    weo_id, measurement, measured_on, outcome, employment_id, cents, voided
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
order by 1, 2, 3
