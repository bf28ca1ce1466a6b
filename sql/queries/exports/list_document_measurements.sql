-- Measurements for the workbooks: as measurements.csv, with what each outcome rests on. When export_batch names a
-- batch, those of its trajectories only.
with present as (
  select distinct on (weo_id, measurement)
    weo_id, measurement, measured_on, outcome, employment_id, source, cents, voided
  from twe.measurement_version
  order by weo_id, measurement, version_no desc
)
select
  coalesce(payee.payee_id, facts.ocmw_id) as ocmw_id,
  present.weo_id,
  present.measurement,
  present.measured_on - date '1970-01-01' as measured_on,
  present.outcome,
  coalesce(present.employment_id, '') as employment_id,
  present.source,
  present.cents
from present
cross join export_run
join twe.trajectory_facts as facts using (weo_id)
left join payee on payee.ocmw_id = facts.ocmw_id
where not present.voided
  and present.measured_on <= export_run.business_date
  and (
    not exists (select from export_batch)
    or exists (
      select from twe.batch_line as line
      join export_batch using (batch_no)
      where line.weo_id = present.weo_id
    )
  )
order by 1, 2, 3
