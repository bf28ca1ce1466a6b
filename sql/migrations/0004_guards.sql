-- Why: what looks wrong as a whole (many rows set aside, a full delivery that shrinks, a total that jumps) stops the night
-- before anything is booked. An operator who has looked lets it pass by name; that stays written down for good.

alter table twe.delivery
  -- who counts the deliveries: the "source" of the manifest, '' when it names none
  add column source text collate "C" not null default '',
  -- the number of the delivery by its source, null when its manifest gives none
  add column sequence bigint constraint delivery_sequence_is_not_negative check (sequence >= 0),
  -- digest over every file, also those that only a mapping makes readable; null for deliveries of before
  add column whole_digest char(64);

-- What a delivery held, one row for each file that was read: a full delivery is compared with the one before.
create table twe.delivery_file (
  delivery_id integer not null references twe.delivery,
  -- by the contract: weo.csv
  file text collate "C" not null,
  -- as the source called it
  name text collate "C" not null,
  row_count integer not null check (row_count >= 0),
  set_aside_count integer not null check (set_aside_count >= 0),
  primary key (delivery_id, file)
);

-- A guard that would have stopped a run and was accepted by name.
create table twe.guard_acceptance (
  acceptance_no bigint generated always as identity primary key,
  run_id text collate "C" not null,
  guard text collate "C" not null,
  -- what was accepted, with its numbers
  message text not null,
  accepted_by_role text not null default session_user,
  accepted_by_system_user text not null,
  accepted_from text not null,
  accepted_at timestamptz not null default now()
);
create trigger guard_acceptance_is_append_only before update or delete on twe.guard_acceptance
  for each statement execute function twe.refuse_change();
create trigger guard_acceptance_is_never_emptied before truncate on twe.guard_acceptance
  for each statement execute function twe.refuse_change();
