-- What was stored of the measurements of the WEO $1 by runs up to the evening $2, in order of version.
select
  m.measurement, m.measured_on, m.outcome, m.employment_id, m.source, m.cents, m.voided, r.run_id
from twe.measurement_version m
join twe.run r using (run_no)
where m.weo_id = $1 and r.business_date <= $2
order by m.measurement, m.version_no
