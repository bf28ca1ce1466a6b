-- Why: what is no longer needed of people goes after its term, and it stays written down how much of what went; who reads a
-- national number is written down by the database itself, before the number is given.

-- How many of what went. Never who.
create table twe.removal (
  removal_no bigint generated always as identity primary key,
  run_id text collate "C" not null,
  -- CLIENTS: national numbers with their pseudonyms. SET_ASIDE: what rows set aside said. ORIGINALS: deliveries.
  -- EXPORTS: folders of documents.
  kind text collate "C" not null check (kind in ('CLIENTS', 'SET_ASIDE', 'ORIGINALS', 'EXPORTS')),
  removed_on date not null,
  -- what was of before this day went
  older_than date not null,
  item_count bigint not null check (item_count > 0),
  removed_at timestamptz not null default clock_timestamp()
);

-- What of the files went: written before they are deleted, so that a run that was killed is finished by the next one.
create table twe.removed_item (
  -- ORIGINALS: name of the delivery. EXPORTS: '<business date>/<folder>'.
  kind text collate "C" not null check (kind in ('ORIGINALS', 'EXPORTS')),
  name text collate "C" not null,
  removal_no bigint not null references twe.removal,
  primary key (kind, name)
);

do $$
declare name text;
begin
  foreach name in array array['removal', 'removed_item']
  loop
    execute format(
      'create trigger %I before update or delete on twe.%I for each statement execute function twe.refuse_change()',
      name || '_is_append_only', name);
    execute format(
      'create trigger %I before truncate on twe.%I for each statement execute function twe.refuse_change()',
      name || '_is_never_emptied', name);
  end loop;
end $$;

-- Statistics for the planner are samples of the values themselves, kept in a table of the server: none of numbers,
-- pseudonyms and free text. Giving a column its type anew drops those that were made. Numbers and pseudonyms are unique,
-- which is all that the planner needs to know.
alter table twe.identity
  alter column insz type char(11) collate "C",
  alter column pseudonym type uuid,
  alter column insz set statistics 0,
  alter column pseudonym set statistics 0;
alter table twe.decision_version
  alter column reason type text collate "C",
  alter column reason set statistics 0;
alter table twe.rejected_row
  alter column message type text,
  alter column raw type text,
  alter column record_id type text collate "C",
  alter column waiting type jsonb,
  alter column message set statistics 0,
  alter column raw set statistics 0,
  alter column record_id set statistics 0,
  alter column waiting set statistics 0;

-- An OCMW that was held out of a batch and of which the lines were not taken up and approved since: still in dispute.
create view twe.open_hold as
select hold.*
from twe.batch_hold hold
where not exists (
  select from twe.batch later
  join twe.batch_decision decision on decision.batch_no = later.batch_no and decision.decision = 'APPROVED'
  where later.booked_at > hold.held_at and later.job <> 'final-settlement'
);

-- For whoever may know that a client was removed, and not who anybody is.
create view twe.removed_client as
select person_id, removed_on from twe.identity where removed_on is not null;

-- Not what was sent but who is connected, and when.
create function twe.note_reader() returns trigger language plpgsql as $$
begin
  new.read_by_role := session_user;
  new.read_at := clock_timestamp();
  return new;
end $$;
create trigger identity_read_says_who_is_connected before insert on twe.identity_read
  for each row execute function twe.note_reader();

-- The only way to a national number for who may ask but does not own the table: the reading is written down first, in the
-- same transaction. One row: the number, or the day on which the client was removed (then nothing is read nor noted); none
-- for an agreement that was never delivered.
create function twe.read_insz(asked_weo_id text, why text, system_user_name text)
returns table (insz char(11), removed_on date)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  client twe.identity%rowtype;
begin
  if coalesce(btrim(why), '') = '' then
    raise exception 'a reason is needed to read a national number' using errcode = 'invalid_parameter_value';
  end if;
  select i.* into client
  from twe.weo_version w
  join twe.identity i using (person_id)
  where w.weo_id = asked_weo_id
  order by w.registered_at desc, w.delivery_id desc, w.line desc
  limit 1;
  if not found then
    return;
  end if;
  if client.removed_on is null then
    insert into twe.identity_read (person_id, weo_id, reason, read_by_system_user)
    values (client.person_id, asked_weo_id, btrim(why), system_user_name);
  end if;
  return query select client.insz, client.removed_on;
end $$;
revoke execute on function twe.read_insz(text, text, text) from public;

-- How statements show clients: the last five digits, '' of one who was removed. A function and not a view, which would
-- keep the column from being written anew (sql/queries/runs/remove_clients.sql).
create function twe.shown_clients() returns table (person_id bigint, client text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select person_id, coalesce('**.**.**-' || substr(insz, 7, 3) || '.' || substr(insz, 10, 2), '') from twe.identity
$$;
revoke execute on function twe.shown_clients() from public;
