-- Agreements with complete months at whose end art. 60 ran and the category was not 90 or 93 (R-LC-3, R-EFF-5): the months
-- of the last year and the codes that stood there, for agreements that run or ended in the last 180 days.
with month_end as (
  select (month + interval '1 month' - interval '1 day')::date as last_day
  from generate_series(
    date_trunc('month', (:evening + 1)::timestamp) - interval '12 months',
    date_trunc('month', (:evening + 1)::timestamp) - interval '1 month',
    interval '1 month'
  ) as month
)
select
  agreement.ocmw_id, agreement.weo_id, count(*)::integer as months, min(month_end.last_day) as first_last_day,
  max(month_end.last_day) as last_last_day,
  string_agg(distinct coalesce(category.code, 'none'), ', ' order by coalesce(category.code, 'none')) as codes
from finding_agreement as agreement
join month_end on month_end.last_day between agreement.start_date and agreement.end_date
left join lateral (
  select code
  from finding_category
  where client_id = agreement.client_id and month_end.last_day between from_date and to_date
  order by from_date desc, registered_at desc, delivery_id desc, line desc
  limit 1
) category on true
where agreement.end_date >= :evening - 180
  and coalesce(category.code not in ('90', '93'), true)
  and exists (
    select from finding_contract as contract
    where contract.weo_id = agreement.weo_id and contract.counts
      and month_end.last_day between contract.start_date and contract.end_date
  )
group by agreement.ocmw_id, agreement.weo_id
