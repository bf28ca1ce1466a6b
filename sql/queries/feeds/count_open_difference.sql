-- By how many the agreements that run on a day ($2) are more than what was known on an earlier evening ($1) would say. One
-- row. Only agreements of which a version became known since are looked at.
with moved as (
  select distinct weo_id
  from twe.weo_version
  where greatest(registered_on, counted_on) > $1 and greatest(registered_on, counted_on) <= $2
),
before as (
  select distinct on (v.weo_id) v.withdrawn, v.start_date, v.end_date
  from twe.weo_version v
  join moved using (weo_id)
  where v.registered_on <= $1 and v.counted_on <= $1
  order by v.weo_id, v.registered_at desc, v.delivery_id desc, v.line desc
),
present as (
  select distinct on (v.weo_id) v.withdrawn, v.start_date, v.end_date
  from twe.weo_version v
  join moved using (weo_id)
  where v.registered_on <= $2 and v.counted_on <= $2
  order by v.weo_id, v.registered_at desc, v.delivery_id desc, v.line desc
)
select (
  (select count(*) from present where not withdrawn and start_date <= $2 and coalesce(end_date, 'infinity') >= $2)
  - (select count(*) from before where not withdrawn and start_date <= $2 and coalesce(end_date, 'infinity') >= $2)
)::integer as difference
