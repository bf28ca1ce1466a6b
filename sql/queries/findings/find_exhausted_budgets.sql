-- OCMWs whose budget for the increased allowance did not suffice (R-I-5): months of this year and the last that fell back to
-- the ordinary allowance for want of it. :budget_rule: number of R-I-5 in the ledger. 6, 7: ORD, INC.
with fallen_back as (
  select distinct entry.ocmw_id, entry.weo_id, month
  from twe.ledger_entry as entry
  cross join lateral generate_series(entry.first_month, entry.last_month) as month
  where entry.rule = :budget_rule
    and entry.component = 6
    and entry.cents > 0
    and month >= (extract(year from :evening) - 1) * 12
),
still as (
  select f.ocmw_id, f.weo_id, f.month
  from fallen_back as f
  join twe.ledger_entry as entry
    on entry.weo_id = f.weo_id and entry.ocmw_id = f.ocmw_id and f.month between entry.first_month and entry.last_month
  where entry.component in (6, 7)
  group by f.ocmw_id, f.weo_id, f.month
  having sum(entry.cents) filter (where entry.component = 6) > 0
)
select
  coalesce(payee.payee_id, still.ocmw_id) as ocmw_id, (still.month / 12)::integer as year, count(*)::integer as months,
  count(distinct weo_id)::integer as agreements, min(still.month)::integer as first_month
from still
left join payee using (ocmw_id)
group by 1, 2
