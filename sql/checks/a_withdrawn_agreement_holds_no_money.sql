-- Why: a withdrawn record is as if it had never been (rulebook 15.1): everything that was posted for it is taken back.
with agreement as (
  select distinct on (weo_id) weo_id, withdrawn
  from twe.weo_version
  where weo_id in (select weo_id from twe.weo_version where withdrawn)
    -- what became known after the last accrual waits for the next one
    and greatest(registered_on, counted_on) <= (
      select max(r.business_date)
      from twe.run r
      join twe.run_step s using (run_id)
      where s.step = 'measure-and-accrue'
    )
  order by weo_id, registered_at desc, delivery_id desc, line desc
)
select e.ocmw_id, e.weo_id, e.component, month, sum(e.cents) as cents
from agreement
join twe.ledger_entry e using (weo_id)
cross join lateral generate_series(e.first_month, e.last_month) as month
where agreement.withdrawn
group by e.ocmw_id, e.weo_id, e.component, month
having sum(e.cents) <> 0
