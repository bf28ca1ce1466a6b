-- Why: a line is what is due minus what was ordered before (rulebook 15.2). When "before" forgets a batch, money is paid
-- twice; when it invents one, an OCMW is short.
-- Looked at where it can be added up simply: not for OCMWs with a predecessor or successor, nor with a payment that came
-- back (its lines count no more), nor where an opening balance was corrected or came on the run day itself, before or after.
with newest as (
  -- older batches cannot change any more and were checked when they were booked
  select b.batch_no, b.run_day, r.started_at
  from twe.batch b
  left join twe.run r on r.run_id = b.booked_run_id
  where b.booked_run_id = (select booked_run_id from twe.batch order by batch_no desc limit 1)
),
left_aside as (
  select ocmw_id from twe.ocmw_version where successor_id is not null
  union
  select successor_id from twe.ocmw_version where successor_id is not null
  union
  select ocmw_id from twe.payment_version where reference is not null and cents < 0
  union
  select ocmw_id
  from twe.payment_version
  where payment_id in (select payment_id from twe.payment_version group by payment_id having count(*) > 1)
  union
  select ocmw_id
  from twe.payment_version
  where reference is null and greatest(registered_on, counted_on) in (select run_day from newest)
),
line as (
  select n.run_day, n.started_at, l.batch_no, l.ocmw_id, l.weo_id, l.component, l.month, l.before_cents
  from newest n
  join twe.batch_line l using (batch_no)
  where not exists (select from left_aside a where a.ocmw_id = l.ocmw_id)
),
opening as (
  select
    ocmw_id, weo_id, array_position(array['EFF', 'C1', 'C2', 'C3', 'M1', 'M2', 'ORD', 'INC'], component::text) - 1
      as component,
    (extract(year from month) * 12 + extract(month from month) - 1)::integer as month, cents,
    greatest(registered_on, counted_on) as known_on
  from twe.payment_version
  where reference is null and not withdrawn and weo_id is not null and component is not null and month is not null
),
-- An order counts from the run day of its batch on, until the day on which the batch is rejected or its OCMW held out.
ordered as (
  select
    l.ocmw_id, l.weo_id, l.component, l.month, l.cents, l.batch_no, b.run_day as known_on, r.released_on as until,
    r.released_at
  from twe.batch_line l
  join twe.batch b using (batch_no)
  left join twe.released_part r on (r.batch_no, r.ocmw_id) = (l.batch_no, l.ocmw_id)
  union all
  select ocmw_id, weo_id, component, month, cents, 0, known_on, null, null
  from opening
),
-- Most lines are ordered for the first time: only those with something before are added up. A batch that was rejected for
-- that day or an earlier one, but only after the run had begun, may have been counted (early) or not.
added_up as (
  select
    l.batch_no, l.ocmw_id, l.weo_id, l.component, l.month,
    coalesce(sum(o.cents) filter (where o.until is null or o.until > l.run_day), 0) as cents,
    sum(o.cents) filter (where o.until is null or o.until > l.run_day or o.released_at >= l.started_at) as early_cents
  from line l
  join ordered o using (ocmw_id, weo_id, component, month)
  where o.batch_no < l.batch_no
    and o.known_on <= l.run_day
  group by l.batch_no, l.ocmw_id, l.weo_id, l.component, l.month
)
select batch_no, ocmw_id, weo_id, component, month, line.before_cents, coalesce(added_up.cents, 0) as ordered_cents
from line
left join added_up using (batch_no, ocmw_id, weo_id, component, month)
where line.before_cents <> coalesce(added_up.cents, 0)
  and line.before_cents is distinct from added_up.early_cents
