-- The run $1 and the accrual before it, with whose state it began. One row, or none. until: the beginning of its first step
-- after taking in (the end of a step in one transaction carries the time of its beginning); null when it has not done it.
-- overrides: null when the keys of its law were not kept; before_*: null on a first night. approved_by_run: its batches were
-- approved by itself.
select
  run.run_id, run.job, run.state, run.business_date, run.program_version, run.law_digest, law.overrides,
  (facts.finished_at - interval '1 microsecond')::text as until,
  before.business_date as before_day,
  before.finished_at::text as before_moment,
  before.law_digest as before_digest,
  before_law.overrides as before_overrides,
  exists (
    select from twe.batch
    join twe.batch_decision as decision using (batch_no)
    where batch.booked_run_id = run.run_id and decision.recognised_by = 'RUN'
  ) as approved_by_run
from twe.run
left join twe.law using (law_digest)
left join twe.run_step as facts on facts.run_id = run.run_id and facts.step = 'facts'
left join lateral (
  select earlier.business_date, earlier.law_digest, accrual.finished_at
  from twe.run as earlier
  join twe.run_step as accrual using (run_id)
  where accrual.step = 'measure-and-accrue'
    and accrual.finished_at < facts.finished_at
    and earlier.run_id <> run.run_id
  order by accrual.finished_at desc
  limit 1
) as before on true
left join twe.law as before_law on before_law.law_digest = before.law_digest
where run.run_id = $1
