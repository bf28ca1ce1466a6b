-- Why: agreements of one client that overlap are paid once, the other is held (E-WEO-OVERLAP); so of all agreements of a
-- client at most one is registered on the last day of a month.
-- Only clients with entries of two agreements in the same months can break it; the others are not unfolded into months.
with several as (
  select person_id
  from twe.trajectory_facts
  -- facts that are ahead of the ledger (a night that stopped in between) say nothing about it yet
  where (
    select max(r.business_date) filter (where s.step = 'facts')
      <= max(r.business_date) filter (where s.step = 'measure-and-accrue')
    from twe.run r
    join twe.run_step s using (run_id)
  )
  group by person_id
  having count(*) > 1
),
entry as (
  select f.person_id, e.weo_id, e.first_month, e.last_month, e.cents
  from several
  join twe.trajectory_facts f using (person_id)
  join twe.ledger_entry e using (weo_id)
  -- 0: EFF
  where e.component = 0
),
in_question as (
  select distinct one.person_id
  from entry one
  join entry other
    on other.person_id = one.person_id
    and other.weo_id > one.weo_id
    and other.first_month <= one.last_month
    and other.last_month >= one.first_month
),
counted as (
  select person_id, weo_id, month
  from in_question
  join entry using (person_id)
  cross join lateral generate_series(first_month, last_month) as month
  group by person_id, weo_id, month
  having sum(cents) > 0
)
select month, array_agg(weo_id order by weo_id) as weo_ids
from counted
group by person_id, month
having count(*) > 1
