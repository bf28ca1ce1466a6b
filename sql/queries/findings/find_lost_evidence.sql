-- Positive outcomes whose evidence does not cover the date any more (rulebook 15.4): they turn with the records, or stay when
-- a final settlement froze them. Measurements of the last two years.
select
  agreement.ocmw_id, agreement.weo_id, present.measurement, present.measured_on, before.employment_id,
  present.outcome = 'POSITIVE' as stays
from finding_measurement as present
join finding_agreement as agreement using (weo_id)
cross join lateral (
  select version.employment_id
  from twe.measurement_version as version
  where version.weo_id = present.weo_id
    and version.measurement = present.measurement
    and version.measured_on = present.measured_on
    and version.outcome = 'POSITIVE'
    and version.source <> 'DECISION'
  order by version.version_no desc
  limit 1
) before
where present.measured_on >= :evening - 730
  and not present.decided
  and not exists (
    select from finding_job as job
    where job.employment_id = before.employment_id and job.client_id = agreement.client_id
      and present.measured_on between job.start_date and job.end_date
  )
