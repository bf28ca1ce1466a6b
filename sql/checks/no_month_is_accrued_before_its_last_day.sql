-- Why: a month is computed once its last day is reached (rulebook 15.3), a result in the month of its measurement.
with posted as (
  select
    run_no, max(last_month) filter (where component not in (4, 5)) as last_full_month,
    max(last_month) filter (where component in (4, 5)) as last_result_month
  from twe.ledger_entry
  -- night: where entry_no > :after_entry
  group by run_no
),
allowed as (
  select
    run_no, run_id,
    (extract(year from business_date) * 12 + extract(month from business_date) - 1)::integer as running_month,
    (extract(year from business_date + 1) * 12 + extract(month from business_date + 1) - 2)::integer as complete_month
  from twe.run
)
select allowed.run_id, posted.last_full_month, posted.last_result_month, allowed.complete_month, allowed.running_month
from posted
join allowed using (run_no)
where posted.last_full_month > allowed.complete_month
  or posted.last_result_month > allowed.running_month
