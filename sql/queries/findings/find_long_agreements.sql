-- Running agreements with 21 to 24 counted months (R-M-1), and those with more while art. 60 does not run.
with counted as (
  select
    ocmw_id, weo_id, start_date,
    ((extract(year from complete.last_day) - extract(year from start_date)) * 12
      + extract(month from complete.last_day) - extract(month from start_date) + 1)::integer as months
  from finding_agreement
  cross join lateral (
    select (date_trunc('month', (:evening + 1)::timestamp) - interval '1 day')::date as last_day
  ) complete
  where start_date <= complete.last_day and end_date > :evening
)
select ocmw_id, weo_id, start_date, months
from counted
where months between 21 and 24
  or months > 24 and not exists (
    select from finding_contract as contract
    where contract.weo_id = counted.weo_id and contract.counts and :evening between contract.start_date and contract.end_date
  )
