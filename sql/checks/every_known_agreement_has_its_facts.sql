-- Why: the law only sees facts. An agreement without them earns nothing; facts without an agreement earn for nobody.
with known as (
  select distinct weo_id
  from twe.weo_version
  -- what became known after the facts were last built waits for the next night
  where greatest(registered_on, counted_on) <= (
    select max(r.business_date)
    from twe.run r
    join twe.run_step s using (run_id)
    where s.step = 'facts'
  )
    -- night: and greatest(registered_on, counted_on) > :since
)
select coalesce(known.weo_id, f.weo_id) as weo_id, f.weo_id is not null as has_facts
from known
full join (
  select weo_id
  from twe.trajectory_facts
  -- night: where weo_id in (select weo_id from twe.weo_version where greatest(registered_on, counted_on) > :since)
) f on f.weo_id = known.weo_id
where known.weo_id is null or f.weo_id is null
