-- Why: with clawback.method = OFFSET_NEXT a debt lives only as what the last batch of an OCMW left to take off; the next one
-- that counts (not rejected, the OCMW not held out) must begin with it. OCMWs with a predecessor or successor take over the debts of others.
with part as (
  select
    p.batch_no, p.ocmw_id, p.offset_cents, p.carried_cents, b.run_day, r.started_at, released.released_on,
    released.released_at
  from twe.batch_part p
  join twe.batch b using (batch_no)
  left join twe.run r on r.run_id = b.booked_run_id
  left join twe.released_part released on (released.batch_no, released.ocmw_id) = (p.batch_no, p.ocmw_id)
  where p.ocmw_id not in (
    select ocmw_id from twe.ocmw_version where successor_id is not null
    union
    select successor_id from twe.ocmw_version where successor_id is not null
  )
)
select part.batch_no, part.ocmw_id, part.offset_cents, coalesce(earlier.carried_cents, 0) as left_before_cents
from part
left join lateral (
  select e.carried_cents
  from part e
  where e.ocmw_id = part.ocmw_id
    and e.batch_no < part.batch_no
    and (e.released_on is null or e.released_on > part.run_day)
  order by e.batch_no desc
  limit 1
) earlier on true
-- a part that was released for that day or an earlier one, but only after the run had begun, may have been counted
left join lateral (
  select e.carried_cents
  from part e
  where e.ocmw_id = part.ocmw_id
    and e.batch_no < part.batch_no
    and (e.released_on is null or e.released_on > part.run_day or e.released_at >= part.started_at)
  order by e.batch_no desc
  limit 1
) counted_early on true
where part.offset_cents <> coalesce(earlier.carried_cents, 0)
  and part.offset_cents is distinct from counted_early.carried_cents
