-- What the ledger and the orders hold for the months $1 to $2, in cents, added up in plain SQL: the control sheets
-- compare it with what was added up line by line.
with due as (
  select export_trajectory.trajectory_no, entry.component, month, sum(entry.cents) as cents
  from twe.ledger_entry as entry
  join export_trajectory using (ocmw_id, weo_id)
  cross join lateral generate_series(greatest(entry.first_month, $1::integer), least(entry.last_month, $2::integer))
    as month
  group by 1, 2, 3
),
ordered as (
  select export_trajectory.trajectory_no, line.component, line.month,
    sum(line.ordered_cents) as cents, sum(line.paid_cents) as paid_cents
  from ordered_line as line
  join export_trajectory using (ocmw_id, weo_id)
  where line.month between $1::integer and $2::integer
  group by 1, 2, 3
)
select
  coalesce(sum(due.cents), 0)::bigint as "dueCents",
  coalesce(sum(ordered.cents), 0)::bigint as "orderedCents",
  coalesce(sum(ordered.paid_cents), 0)::bigint as "paidCents",
  coalesce(sum(least(coalesce(due.cents, 0) - coalesce(ordered.cents, 0), 0)), 0)::bigint as "reclaimCents"
from due
full join ordered using (trajectory_no, component, month)
