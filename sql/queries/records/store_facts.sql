-- Brings trajectory_facts up to what was built, touching only rows that read differently. A WEO never disappears from
-- growing knowledge (a withdrawal is a version), so nothing is deleted.
insert into twe.trajectory_facts as present (ocmw_id, weo_id, person_id, facts)
select ocmw_id, weo_id, person_id, facts
from built_facts
order by ocmw_id, weo_id
on conflict (weo_id) do update
set ocmw_id = excluded.ocmw_id, person_id = excluded.person_id, facts = excluded.facts
where (present.ocmw_id, present.person_id, present.facts) is distinct from
  (excluded.ocmw_id, excluded.person_id, excluded.facts)
