-- Why: a national number is read by as few as possible. The loader finds a client by a pseudonym, which is the number
-- under a key that the database does not know (src/feeds/pseudonyms.ts); the number itself is only there for who may ask.

alter table twe.identity
  drop constraint identity_insz_key,
  alter column insz drop not null,
  -- null until the first night that knows the key, and when the client was removed
  add column pseudonym uuid unique,
  -- day on which the retention term ended: who it was is gone, the amounts stay under the person_id
  add column removed_on date,
  add constraint identity_is_there_or_removed check (
    case when removed_on is null then insz is not null else insz is null and pseudonym is null end);

-- Which key the pseudonyms were made with, so that another one is noticed before it makes everyone a stranger.
create table twe.pseudonym_key (
  is_only boolean primary key default true check (is_only),
  fingerprint char(64) not null
);

-- Who asked to see a national number, when and why.
create table twe.identity_read (
  read_no bigint generated always as identity primary key,
  person_id bigint not null,
  weo_id text collate "C" not null,
  reason text not null,
  read_by_role text not null default session_user,
  read_by_system_user text not null,
  read_at timestamptz not null default clock_timestamp()
);
create trigger identity_read_is_append_only before update or delete on twe.identity_read
  for each statement execute function twe.refuse_change();
create trigger identity_read_is_never_emptied before truncate on twe.identity_read
  for each statement execute function twe.refuse_change();
