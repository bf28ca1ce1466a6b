-- Months of this year and the last in which the ledger holds more allowance than the gross wage cost, where that was supplied
-- for each contract of the month (R-INSP-2). Months count year * 12 + month - 1. 6, 7: ORD, INC.
with wage as (
  select distinct on (wage_id) *
  from twe.wage_version
  where registered_on <= :evening and counted_on <= :evening
    and month >= date_trunc('year', :evening) - interval '1 year'
  order by wage_id, registered_at desc, delivery_id desc, line desc
),
supplied as (
  select
    contract.weo_id, contract.employment_id, wage.month,
    sum(wage.gross_wage_cents) as cents
  from wage
  join finding_contract as contract using (employment_id)
  where not wage.withdrawn
  group by contract.weo_id, contract.employment_id, wage.month
),
compared as (
  select
    supplied.weo_id,
    (extract(year from supplied.month) * 12 + extract(month from supplied.month) - 1)::integer as month,
    sum(supplied.cents) as cents
  from supplied
  join finding_contract as contract
    on contract.weo_id = supplied.weo_id
    and contract.employment_id = supplied.employment_id
    and supplied.month between date_trunc('month', contract.start_date::timestamp) and contract.end_date
  group by supplied.weo_id, supplied.month
  having count(*) = (
    select count(*)
    from finding_contract as running
    where running.weo_id = supplied.weo_id
      and running.start_date < supplied.month + interval '1 month'
      and running.end_date >= supplied.month
  )
),
above as (
  select compared.weo_id, compared.month, sum(entry.cents) - compared.cents as cents
  from compared
  join twe.ledger_entry as entry
    on entry.weo_id = compared.weo_id and compared.month between entry.first_month and entry.last_month
  where entry.component in (6, 7)
  group by compared.weo_id, compared.month, compared.cents
  having sum(entry.cents) > compared.cents
)
select
  agreement.ocmw_id, above.weo_id, count(*)::integer as months, min(above.month)::integer as first_month,
  max(above.month)::integer as last_month, sum(above.cents)::bigint as cents
from above
join finding_agreement as agreement using (weo_id)
group by agreement.ocmw_id, above.weo_id
