-- Why: the same month of the same component twice in one batch, as a quarter line and as a final one or both booked and left
-- out, would be ordered twice.
with newest as (
  -- older batches cannot change any more and were checked when they were booked
  select batch_no
  from twe.batch
  where booked_run_id = (select booked_run_id from twe.batch order by batch_no desc limit 1)
),
line as (
  select batch_no, ocmw_id, weo_id, component, month, kind from twe.batch_line
  union all
  select batch_no, ocmw_id, weo_id, component, month, kind || ' left out' from twe.batch_left_out
)
select batch_no, ocmw_id, weo_id, component, month, array_agg(kind) as kinds
from line
join newest using (batch_no)
group by batch_no, ocmw_id, weo_id, component, month
having count(*) > 1
