-- The client of each agreement as a statement shows him: the last five digits of the national number, enough to be known to
-- the OCMW that keeps his file and too little to be known by anybody else; '' when he was removed after his term. The
-- number itself never leaves the database.
select facts.weo_id, shown.client
from twe.trajectory_facts as facts
join twe.shown_clients() as shown using (person_id)
order by 1
