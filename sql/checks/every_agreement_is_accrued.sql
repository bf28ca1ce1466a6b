-- Why: an accrual goes over all agreements that are known that evening; one without a ledger state was passed over.
select f.ocmw_id, f.weo_id
from twe.trajectory_facts f
where not exists (select from twe.ledger_state s where s.weo_id = f.weo_id)
  -- night: and f.weo_id in (select weo_id from twe.weo_version where greatest(registered_on, counted_on) > :since)
  and exists (
    select from twe.weo_version v
    where v.weo_id = f.weo_id
      -- agreements that became known after the last accrual wait for the next one
      and greatest(v.registered_on, v.counted_on) <= (
        select max(r.business_date)
        from twe.run r
        join twe.run_step s using (run_id)
        where s.step = 'measure-and-accrue'
      )
  )
