-- Every line of a batch counts as ordered or was released, exactly once: so what an OCMW was ordered is what its batches
-- pay, claim and carry. Grain: batch and OCMW that do not add up. Needs the tables of fill_orders.sql.
with booked as (
  select batch_no, ocmw_id, sum(cents) as cents
  from twe.batch_line
  join twe.batch using (batch_no)
  where run_day <= $1
  group by batch_no, ocmw_id
),
counted as (
  select batch_no, ocmw_id, sum(ordered_cents) as cents
  from ordered_entry
  where batch_no is not null
  group by batch_no, ocmw_id
),
released as (
  select r.batch_no, r.ocmw_id, sum(l.cents) as cents
  from released_line r
  join twe.batch_line l using (batch_no, kind, ocmw_id, weo_id, component, month)
  group by r.batch_no, r.ocmw_id
)
select batch_no, ocmw_id, booked.cents as booked_cents, counted.cents as counted_cents, released.cents as released_cents
from booked
left join counted using (batch_no, ocmw_id)
left join released using (batch_no, ocmw_id)
where booked.cents <> coalesce(counted.cents, 0) + coalesce(released.cents, 0)
order by batch_no, ocmw_id
limit 5
