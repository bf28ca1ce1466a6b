-- Why: clients stand everywhere under a number of ours; only the identity table can lead back to the person.
with mentioned as (
  select person_id from twe.weo_version
  union
  select person_id from twe.employment_version
  union
  select person_id from twe.category_version
  union
  select person_id from twe.replacement_version
  union
  select replaced_by_person_id from twe.replacement_version
  union
  select person_id from twe.trajectory_facts
)
select person_id
from mentioned
where not exists (select from twe.identity i where i.person_id = mentioned.person_id)
