-- Why: with clawback.method = OFFSET_NEXT a debt lives only as what earlier batches left to take off; the next one must begin
-- with all of it, and with nothing of what was released (batch rejected, OCMW held out). Left aside: OCMWs with a predecessor
-- or successor, which take over the debts of others, and those with a payment that came back.
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
    union
    select ocmw_id from twe.payment_version where reference is not null and cents < 0
  )
)
select part.batch_no, part.ocmw_id, part.offset_cents, earlier.cents as left_before_cents
from part
cross join lateral (
  select
    coalesce(sum(e.carried_cents - e.offset_cents) filter (where e.released_on is null or e.released_on > part.run_day), 0)
      as cents,
    -- a part that was released for that day or an earlier one, but only after the run had begun, may have been counted
    coalesce(sum(e.carried_cents - e.offset_cents) filter (
      where e.released_on is null or e.released_on > part.run_day or e.released_at >= part.started_at
    ), 0) as early_cents
  from part e
  where e.ocmw_id = part.ocmw_id and e.batch_no < part.batch_no
) earlier
where part.offset_cents <> earlier.cents
  and part.offset_cents <> earlier.early_cents
