-- Negative outcomes that a final settlement froze, with a job that became known since and would have made them positive
-- (rulebook 15.4: findings only). :positive_kinds: kinds of employment that are positive. Measurements of the last two years.
select
  agreement.ocmw_id, agreement.weo_id, present.measurement, present.measured_on, min(job.employment_id) as employment_id
from finding_measurement as present
join finding_agreement as agreement using (weo_id)
join finding_job as job
  on job.client_id = agreement.client_id
  and present.measured_on between job.start_date and job.end_date
where present.outcome = 'NEGATIVE'
  and not present.decided
  and present.measured_on >= :evening - 730
  and job.kind = any (:positive_kinds)
  and (job.kind <> 'REGULAR' or coalesce(job.dimona_type, 'OTH') in ('OTH', 'BCW', 'EXT'))
  and present.is_frozen
group by agreement.ocmw_id, agreement.weo_id, present.measurement, present.measured_on
