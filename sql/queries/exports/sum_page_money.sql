-- What is due, ordered and paid in all, in cents, in two grains of one pass: by component and month ("ocmwId" null), and by
-- who is paid (component and month null). Needs payee and ordered_line of the evening. Entries are added up as segments
-- first: a million trajectories have a few thousand different spans, and only those are unfolded.
with span as (
  select component, first_month, last_month, ocmw_id,
    sum(cents::bigint) as cents, sum(cents::bigint * (last_month - first_month + 1)) as all_cents
  from twe.ledger_entry
  group by grouping sets ((component, first_month, last_month), (ocmw_id))
),
ordered as (
  select component, month, ocmw_id, sum(ordered_cents) as cents, sum(paid_cents) as paid_cents
  from ordered_line
  group by grouping sets ((component, month), (ocmw_id))
),
amount as (
  select component, month, null as payee_id, cents as due, 0 as ordered, 0 as paid
  from span
  cross join lateral generate_series(first_month, last_month) as month
  where component is not null
  union all
  select component, month, null, 0, cents, paid_cents
  from ordered
  where component is not null
  union all
  select null, null, coalesce(payee.payee_id, span.ocmw_id), span.all_cents, 0, 0
  from span
  left join payee using (ocmw_id)
  where span.ocmw_id is not null
  union all
  select null, null, coalesce(payee.payee_id, ordered.ocmw_id), 0, ordered.cents, ordered.paid_cents
  from ordered
  left join payee using (ocmw_id)
  where ordered.ocmw_id is not null
)
select
  component,
  month,
  payee_id as "ocmwId",
  sum(due)::bigint as "dueCents",
  sum(ordered)::bigint as "orderedCents",
  sum(paid)::bigint as "paidCents"
from amount
group by component, month, payee_id
having bool_or(due <> 0 or ordered <> 0 or paid <> 0)
order by component, month, payee_id
