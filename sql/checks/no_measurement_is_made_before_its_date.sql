-- Why: an outcome is what the records say on the day itself; before that day it would be a guess.
select m.weo_id, m.measurement, m.measured_on, r.run_id
from twe.measurement_version m
join twe.run r using (run_no)
where m.measured_on > r.business_date
  -- night: and m.version_no > :after_version
