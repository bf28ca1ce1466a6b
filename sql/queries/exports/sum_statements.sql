-- What the statements must add up to, in cents, added up here in another way than they are written. Grain: payee. Components 0
-- to 5 are paid by VDAB, 6 and 7 are the allowances. Needs the tables of prepareExport and statement_since.
with entry as (
  select
    coalesce(payee.payee_id, entry.ocmw_id) as payee_id, entry.component,
    entry.cents::bigint * (entry.last_month - entry.first_month + 1) as cents,
    run.business_date <= statement_since.day as is_before
  from twe.ledger_entry as entry
  join twe.run using (run_no)
  cross join statement_since
  left join payee on payee.ocmw_id = entry.ocmw_id
),
due as (
  select
    payee_id,
    coalesce(sum(cents) filter (where component < 6), 0)::bigint as vdab_cents,
    coalesce(sum(cents) filter (where component >= 6), 0)::bigint as allowance_cents,
    coalesce(sum(cents) filter (where is_before), 0)::bigint as before_cents
  from entry
  group by payee_id
),
ordered as (
  select coalesce(payee.payee_id, ordered_line.ocmw_id) as payee_id, sum(ordered_cents)::bigint as ordered_cents
  from ordered_line
  left join payee on payee.ocmw_id = ordered_line.ocmw_id
  where component < 6
  group by 1
)
select
  payee_id as "ocmwId",
  coalesce(vdab_cents, 0) as "dueCents",
  coalesce(allowance_cents, 0) as "allowanceCents",
  coalesce(before_cents, 0) as "beforeCents",
  coalesce(ordered_cents, 0) as "orderedCents"
from due
full join ordered using (payee_id)
order by 1
