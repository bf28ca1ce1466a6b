-- Agreements with an end less than a year after their start (R-LC-5). No money depends on it, so only those that still run
-- or ended in the last 90 days.
select ocmw_id, weo_id, start_date, end_date
from finding_agreement
where end_date < start_date + interval '1 year' - interval '1 day'
  and end_date >= :evening - 90
  and start_date <= :evening
