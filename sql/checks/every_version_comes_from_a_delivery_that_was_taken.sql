-- Why: a version counts because of the delivery that brought it, from its day on or, for a row that waited for what it
-- referred to, later. A version of a delivery that was passed over must not count at all.
with version as (
  select 'ocmw' as record, delivery_id, counted_on, count(*) as versions
  from twe.ocmw_version
  group by 2, 3
  union all
  select 'weo' as record, delivery_id, counted_on, count(*) as versions
  from twe.weo_version
  -- night: where greatest(registered_on, counted_on) > :since
  group by 2, 3
  union all
  select 'employment' as record, delivery_id, counted_on, count(*) as versions
  from twe.employment_version
  -- night: where greatest(registered_on, counted_on) > :since
  group by 2, 3
  union all
  select 'category' as record, delivery_id, counted_on, count(*) as versions
  from twe.category_version
  -- night: where greatest(registered_on, counted_on) > :since
  group by 2, 3
  union all
  select 'evaluation' as record, delivery_id, counted_on, count(*) as versions
  from twe.evaluation_version
  -- night: where greatest(registered_on, counted_on) > :since
  group by 2, 3
  union all
  select 'decision' as record, delivery_id, counted_on, count(*) as versions
  from twe.decision_version
  -- night: where greatest(registered_on, counted_on) > :since
  group by 2, 3
  union all
  select 'budget' as record, delivery_id, counted_on, count(*) as versions
  from twe.budget_version
  -- night: where greatest(registered_on, counted_on) > :since
  group by 2, 3
  union all
  select 'payment' as record, delivery_id, counted_on, count(*) as versions
  from twe.payment_version
  -- night: where greatest(registered_on, counted_on) > :since
  group by 2, 3
  union all
  select 'replacement' as record, delivery_id, counted_on, count(*) as versions
  from twe.replacement_version
  -- night: where greatest(registered_on, counted_on) > :since
  group by 2, 3
  union all
  select 'wage' as record, delivery_id, counted_on, count(*) as versions
  from twe.wage_version
  -- night: where greatest(registered_on, counted_on) > :since
  group by 2, 3
)
select version.record, version.delivery_id, d.name, d.state, version.counted_on, version.versions
from version
left join twe.delivery d using (delivery_id)
where d.state is distinct from 'TAKEN'
  or version.counted_on < d.counted_on
