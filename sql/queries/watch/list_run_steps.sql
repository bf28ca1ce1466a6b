-- The steps that a run has done, in the order in which they ended. One row for each step.
select
  step,
  to_char(finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "finishedAt",
  duration_ms as "durationMs",
  counts - 'findings' as counts,
  coalesce(counts -> 'findings', '[]') as findings
from twe.run_step
where run_id = $1
order by run_step.finished_at, step
