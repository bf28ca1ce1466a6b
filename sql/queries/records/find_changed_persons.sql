-- Clients of whom anything may read differently because of versions that became known after :previous and up to :today.
select all_versions.person_id
from twe.weo_version fresh
join twe.weo_version all_versions using (weo_id)
where greatest(fresh.registered_on, fresh.counted_on) > :previous
  and greatest(fresh.registered_on, fresh.counted_on) <= :today
union
select all_versions.person_id
from twe.employment_version fresh
join twe.employment_version all_versions using (employment_id)
where greatest(fresh.registered_on, fresh.counted_on) > :previous
  and greatest(fresh.registered_on, fresh.counted_on) <= :today
union
select w.person_id
from twe.employment_version fresh
join twe.employment_version all_versions using (employment_id)
join twe.weo_version w on w.weo_id = all_versions.weo_id
where greatest(fresh.registered_on, fresh.counted_on) > :previous
  and greatest(fresh.registered_on, fresh.counted_on) <= :today
union
select all_versions.person_id
from twe.category_version fresh
join twe.category_version all_versions using (category_id)
where greatest(fresh.registered_on, fresh.counted_on) > :previous
  and greatest(fresh.registered_on, fresh.counted_on) <= :today
union
select w.person_id
from twe.decision_version fresh
join twe.decision_version all_versions using (decision_id)
join twe.weo_version w on w.weo_id = all_versions.weo_id
where greatest(fresh.registered_on, fresh.counted_on) > :previous
  and greatest(fresh.registered_on, fresh.counted_on) <= :today
union
select changed_number.person_id
from twe.replacement_version fresh
join twe.replacement_version all_versions using (person_id)
cross join lateral (
  values (all_versions.person_id), (all_versions.replaced_by_person_id)
) changed_number (person_id)
where greatest(fresh.registered_on, fresh.counted_on) > :previous
  and greatest(fresh.registered_on, fresh.counted_on) <= :today
union
-- an employer that turns out to be an OCMW (`pos.public`)
select e.person_id
from twe.employment_version e
where e.kind <> 'ART60'
  and e.employer_id in (
    select ocmw_id from twe.ocmw_version group by ocmw_id having min(counted_on) > :previous and min(counted_on) <= :today
  )
