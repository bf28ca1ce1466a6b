-- Takes numbers, pseudonyms and free text away from those who go (older than :older_than) on :removed_on; amounts, facts and
-- the person_id under which they stand stay. Then the tables are written anew: in the old files what went would still
-- stand, in pages of the table and of its indexes, until something else is written there. Giving a column its own type
-- by an expression does that in this transaction, and takes only rows that are alive; VACUUM FULL would not run in a
-- transaction, and would take along what an older reader might still see. Statistics of the column go with it.
with gone as (
  select person_id
  from client_state
  join client_number using (client_no)
  where kept_for is null and (last_day is null or last_day < :older_than)
)
update twe.identity i
set insz = null, pseudonym = null, removed_on = :removed_on
from gone
where i.person_id = gone.person_id;

update twe.decision_version d
set reason = null
where reason is not null and d.weo_id in (
  select weo_id
  from client_state
  join client_agreement using (client_no)
  where kept_for is null and (last_day is null or last_day < :older_than)
);

alter table twe.identity
  alter column insz type char(11) collate "C" using (insz || '')::char(11),
  alter column pseudonym type uuid using (pseudonym::text)::uuid;
alter table twe.decision_version
  alter column reason type text collate "C" using (reason || '');
