-- Everyone who is paid, with what only needs counting by OCMW. Grain: payee. "grantedCents", "takenBackCents" (0 or
-- negative): lines of batches that count, both sides. Needs payee of the evening.
with amount as (
  select ocmw_id, count(*) as trajectories, 0::numeric as granted, 0::numeric as taken_back
  from twe.trajectory_facts
  group by ocmw_id
  union all
  select part.ocmw_id, 0, sum(part.positive_cents), sum(part.negative_cents)
  from twe.standing_batch_part as part
  join twe.batch using (batch_no)
  cross join export_run
  where batch.run_day <= export_run.business_date
    and not exists (
      select from twe.batch_decision as decision
      where decision.batch_no = part.batch_no
        and decision.decision = 'REJECTED'
        and decision.decided_on <= export_run.business_date
    )
  group by part.ocmw_id
  union all
  select ocmw_id, 0, 0, 0
  from payee
)
select
  coalesce(payee.payee_id, amount.ocmw_id) as "ocmwId",
  coalesce(min(payee.name), '') as name,
  sum(trajectories)::integer as trajectories,
  sum(granted)::bigint as "grantedCents",
  sum(taken_back)::bigint as "takenBackCents"
from amount
left join payee using (ocmw_id)
group by 1
order by 1
