-- Why: clients stand everywhere under a number of ours; only the identity table can lead back to the person.
with mentioned as (
  select person_id from twe.weo_version
  -- night: where greatest(registered_on, counted_on) > :since
  union
  select person_id from twe.employment_version
  -- night: where greatest(registered_on, counted_on) > :since
  union
  select person_id from twe.category_version
  -- night: where greatest(registered_on, counted_on) > :since
  union
  select person_id from twe.replacement_version
  -- night: where greatest(registered_on, counted_on) > :since
  union
  select replaced_by_person_id from twe.replacement_version
  -- night: where greatest(registered_on, counted_on) > :since
  union
  select person_id from twe.trajectory_facts
  -- night: where weo_id in (select weo_id from twe.weo_version where greatest(registered_on, counted_on) > :since)
)
select person_id
from mentioned
where not exists (select from twe.identity i where i.person_id = mentioned.person_id)
