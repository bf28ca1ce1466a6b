-- Why: an outcome that is frozen no longer follows the records (rulebook 4.3), so it must be known which settlement froze it,
-- on its run day, for an agreement that had ended.
select z.weo_id, z.batch_no, z.frozen_on, z.weo_end, b.job, b.run_day
from twe.measurement_freeze z
left join twe.batch b using (batch_no)
where b.run_day is distinct from z.frozen_on
  or b.job = 'yearly-settlement'
  or z.weo_end >= z.frozen_on
