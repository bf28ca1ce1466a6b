-- Why: agreements of one client that overlap are paid once, the other is held (E-WEO-OVERLAP); so of all agreements of a
-- client at most one is registered on the last day of a month.
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
counted as (
  select f.person_id, f.weo_id, month
  from several
  join twe.trajectory_facts f using (person_id)
  join twe.ledger_entry e using (weo_id)
  cross join lateral generate_series(e.first_month, e.last_month) as month
  -- 0: EFF
  where e.component = 0
  group by f.person_id, f.weo_id, month
  having sum(e.cents) > 0
)
select month, array_agg(weo_id order by weo_id) as weo_ids
from counted
group by person_id, month
having count(*) > 1
