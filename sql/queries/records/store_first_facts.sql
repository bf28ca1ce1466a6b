-- Fills trajectory_facts when it is still empty: no row to compare with, a third less work than store_facts.
insert into twe.trajectory_facts (ocmw_id, weo_id, person_id, facts)
select ocmw_id, weo_id, person_id, facts
from built_facts
order by ocmw_id, weo_id
