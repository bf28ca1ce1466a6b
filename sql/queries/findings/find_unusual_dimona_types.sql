-- Negative measurements of the last year on whose date a regular job ran with a Dimona type that is not counted (15.4).
select
  agreement.ocmw_id, agreement.weo_id, present.measurement, present.measured_on, job.employment_id, job.dimona_type
from finding_measurement as present
join finding_agreement as agreement using (weo_id)
join finding_job as job
  on job.client_id = agreement.client_id
  and present.measured_on between job.start_date and job.end_date
where present.outcome = 'NEGATIVE'
  and present.measured_on >= :evening - 365
  and job.kind = 'REGULAR'
  and job.dimona_type not in ('OTH', 'BCW', 'EXT')
