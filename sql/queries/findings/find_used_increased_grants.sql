-- Running art. 60 contracts that ask the increased allowance, of agreements with 10 grants or more out of 12 (R-I-2), counted
-- in months for which the ledger holds it. 7: INC.
with asking as (
  select distinct agreement.ocmw_id, agreement.weo_id
  from finding_contract as contract
  join finding_agreement as agreement using (weo_id)
  where contract.counts
    and contract.asks_increased
    and contract.start_date <= :evening
    and contract.end_date >= :evening
),
granted as (
  select asking.ocmw_id, asking.weo_id, month
  from asking
  join twe.ledger_entry as entry using (weo_id)
  cross join lateral generate_series(entry.first_month, entry.last_month) as month
  where entry.component = 7
  group by asking.ocmw_id, asking.weo_id, month
  having sum(entry.cents) > 0
)
select ocmw_id, weo_id, count(*)::integer as grants, max(month)::integer as last_month
from granted
group by ocmw_id, weo_id
having count(*) >= 10
