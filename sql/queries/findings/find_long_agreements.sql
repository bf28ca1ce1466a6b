-- Running agreements with 21 counted months or more (R-M-1), with the number of months and whether art. 60 runs.
with counted as (
  select
    ocmw_id, weo_id, client_id, start_date,
    (extract(year from complete.last_day) - extract(year from start_date)) * 12
      + extract(month from complete.last_day) - extract(month from start_date) + 1 as months,
    complete.last_day
  from finding_agreement
  cross join lateral (
    select (date_trunc('month', (:evening + 1)::timestamp) - interval '1 day')::date as last_day
  ) complete
  where start_date <= complete.last_day and end_date > :evening
)
select
  ocmw_id, weo_id, start_date, months::integer as months,
  exists (
    select from finding_contract as contract
    where contract.weo_id = counted.weo_id and contract.counts
      and contract.start_date <= :evening and contract.end_date >= :evening
  ) as art60_runs
from counted
where months >= 21
