-- Why: what is paid and claimed is signed for. A batch is sealed with a digest of everything in it; a second person
-- decides on exactly that digest and on the documents that were made of it; the database itself refuses anything else.

-- What is carried over can be in favour of the OCMW too: when a batch whose debt was taken off is rejected afterwards.
alter table twe.batch_part
  drop constraint batch_part_offset_cents_check,
  drop constraint batch_part_carried_cents_check;

-- Amounts of lines are as large as those of payments.
alter table twe.batch_line
  alter column due_cents type bigint,
  alter column before_cents type bigint,
  alter column cents type bigint;
alter table twe.batch_left_out alter column cents type bigint;

-- Emptying a table is a change as well.
do $$
declare name text;
begin
  foreach name in array array['ledger_entry', 'measurement_version', 'measurement_freeze', 'batch', 'batch_line',
    'batch_left_out', 'batch_part', 'batch_claim', 'batch_decision']
  loop
    execute format(
      'create trigger %I before truncate on twe.%I for each statement execute function twe.refuse_change()',
      name || '_is_never_emptied', name);
  end loop;
end $$;

-- A batch is written from its lines up: its own row comes last, with the digest, and seals it.
alter table twe.batch_line alter constraint batch_line_batch_no_fkey deferrable initially deferred;
alter table twe.batch_left_out alter constraint batch_left_out_batch_no_fkey deferrable initially deferred;
alter table twe.batch_part alter constraint batch_part_batch_no_fkey deferrable initially deferred;
alter table twe.batch_claim alter constraint batch_claim_batch_no_fkey deferrable initially deferred;
alter table twe.measurement_freeze alter constraint measurement_freeze_batch_no_fkey deferrable initially deferred;

create function twe.refuse_late_rows() returns trigger language plpgsql as $$
declare late integer;
begin
  select min(r.batch_no) into late from (select distinct batch_no from added) r join twe.batch b using (batch_no);
  if late is not null then
    raise exception 'batch % is sealed: adding to twe.% is refused', late, tg_table_name;
  end if;
  return null;
end $$;
do $$
declare name text;
begin
  foreach name in array array['batch_line', 'batch_left_out', 'batch_part', 'batch_claim', 'measurement_freeze']
  loop
    execute format(
      'create trigger %I after insert on twe.%I referencing new table as added
       for each statement execute function twe.refuse_late_rows()',
      name || '_belongs_to_an_unsealed_batch', name);
  end loop;
end $$;

-- The keys that the configuration changed in a law, by its digest: a batch is printed with the law that it was booked with.
create table twe.law (
  law_digest char(64) primary key,
  overrides json not null
);

-- Who had the batch prepared: role of the database and user of the system. Null for batches of before.
alter table twe.batch
  add column booked_at timestamptz not null default clock_timestamp(),
  add column prepared_by_role text,
  add column prepared_by_system_user text;

-- sha256 over everything in a batch: per OCMW over its lines, amounts left out, part and claims in byte order; then over those.
create function twe.batch_digest(no integer) returns text stable language sql as $$
  with fact (ocmw_id, line) as (
    select ocmw_id, concat_ws(E'\t', 'line', kind, weo_id, component, month, due_cents, before_cents, cents, reason)
    from twe.batch_line where batch_no = no
    union all
    select ocmw_id, concat_ws(E'\t', 'left out', kind, weo_id, component, month, cents, cause)
    from twe.batch_left_out where batch_no = no
    union all
    select ocmw_id, concat_ws(E'\t', 'part', positive_cents, negative_cents, offset_cents, carried_cents)
    from twe.batch_part where batch_no = no
    union all
    select ocmw_id, concat_ws(E'\t', 'claim', direction, cents, reference)
    from twe.batch_claim where batch_no = no
  ),
  of_ocmw as (
    select ocmw_id, encode(sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')), 'hex') as digest
    from fact group by ocmw_id
  )
  select encode(sha256(convert_to(
    coalesce(string_agg(ocmw_id || ' ' || digest, E'\n' order by ocmw_id collate "C"), ''), 'UTF8')), 'hex')
  from of_ocmw
$$;

-- Batches of before carry the digest of their lines alone.
alter table twe.batch disable trigger user;
update twe.batch set digest = twe.batch_digest(batch_no);
alter table twe.batch enable trigger user;

-- One OCMW taken out of a batch that waits for approval: its lines count no more and come again in the next run that
-- books (as those of a rejected batch).
create table twe.batch_hold (
  batch_no integer not null references twe.batch (batch_no),
  ocmw_id text collate "C" not null,
  held_by text not null,
  held_by_role text not null,
  held_by_system_user text not null,
  held_on date not null,
  reason text not null,
  held_at timestamptz not null default now(),
  primary key (batch_no, ocmw_id)
);

-- The files that were made of a batch, as they were written: the newest row of a name is the file that should be there.
create table twe.batch_document (
  document_no bigint generated always as identity primary key,
  batch_no integer not null references twe.batch (batch_no),
  name text collate "C" not null,
  sha256 char(64) not null,
  -- absolute, on the machine that wrote it
  folder text not null,
  written_at timestamptz not null default now()
);
create index batch_document_by_batch on twe.batch_document (batch_no, name);

alter table twe.batch_decision
  -- what was decided on; null for decisions of before
  add column batch_digest char(64),
  add column documents_digest char(64),
  -- how the person was recognised: by database role, by system user, only by the name that was typed; or the run itself
  add column recognised_by text not null default 'TYPED'
    check (recognised_by in ('DATABASE_ROLE', 'SYSTEM_USER', 'TYPED', 'RUN')),
  add column decided_by_role text not null default session_user,
  add column decided_by_system_user text,
  add column decided_from text;

-- sha256 over names and digests of the newest documents of a batch and over who is held out of it.
create function twe.documents_digest(no integer) returns text stable language sql as $$
  with fact (line) as (
    select name || ' ' || sha256 from (
      select distinct on (name) name, sha256 from twe.batch_document where batch_no = no order by name, document_no desc
    ) newest
    union all
    select 'held ' || ocmw_id from twe.batch_hold where batch_no = no
  )
  select encode(sha256(convert_to(coalesce(string_agg(line, E'\n' order by line collate "C"), ''), 'UTF8')), 'hex') from fact
$$;

create function twe.check_decision() returns trigger language plpgsql as $$
declare
  sealed twe.batch%rowtype;
begin
  select * into strict sealed from twe.batch where batch_no = new.batch_no;
  -- Not what was sent but who is connected.
  new.decided_by_role := session_user;
  if new.batch_digest is distinct from sealed.digest or sealed.digest <> twe.batch_digest(new.batch_no) then
    raise exception 'the decision is not about batch % as it was sealed', sealed.batch_id
      using errcode = 'integrity_constraint_violation';
  end if;
  if new.documents_digest is distinct from twe.documents_digest(new.batch_no) then
    raise exception 'the decision is not about the documents of batch %', sealed.batch_id
      using errcode = 'integrity_constraint_violation';
  end if;
  if new.recognised_by = 'RUN' then
    if (select xmin from twe.batch where batch_no = new.batch_no) <> pg_current_xact_id()::xid then
      raise exception 'only the run that books batch % can approve it by itself', sealed.batch_id
        using errcode = 'integrity_constraint_violation';
    end if;
  elsif (new.recognised_by = 'DATABASE_ROLE' and new.decided_by_role = sealed.prepared_by_role)
    or (new.recognised_by = 'SYSTEM_USER' and new.decided_by_system_user = sealed.prepared_by_system_user)
    or (new.recognised_by = 'TYPED' and new.decided_by = sealed.prepared_by_system_user)
  then
    raise exception 'batch % is decided by the one who prepared it', sealed.batch_id
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger decision_is_about_the_sealed_batch before insert on twe.batch_decision
  for each row execute function twe.check_decision();

create function twe.check_hold() returns trigger language plpgsql as $$
begin
  new.held_by_role := session_user;
  if exists (select from twe.batch_decision where batch_no = new.batch_no) then
    raise exception 'batch % is decided: nobody is held out of it any more', new.batch_no
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger hold_comes_before_the_decision before insert on twe.batch_hold
  for each row execute function twe.check_hold();

do $$
declare name text;
begin
  foreach name in array array['batch_hold', 'batch_document']
  loop
    execute format(
      'create trigger %I before update or delete on twe.%I for each statement execute function twe.refuse_change()',
      name || '_is_append_only', name);
    execute format(
      'create trigger %I before truncate on twe.%I for each statement execute function twe.refuse_change()',
      name || '_is_never_emptied', name);
  end loop;
end $$;

-- Parts of batches that count no more, as orders and as carried amounts, from released_on: the whole batch was rejected, or
-- the OCMW was held out of it.
create view twe.released_part as
select part.batch_no, part.ocmw_id, min(release.released_on) as released_on, min(release.released_at) as released_at
from (select distinct batch_no, ocmw_id from twe.batch_line union select batch_no, ocmw_id from twe.batch_part) part
join (
  select batch_no, null::text as ocmw_id, decided_on as released_on, decided_at as released_at
  from twe.batch_decision where decision = 'REJECTED'
  union all
  select batch_no, ocmw_id, held_on, held_at from twe.batch_hold
) release on release.batch_no = part.batch_no and coalesce(release.ocmw_id, part.ocmw_id) = part.ocmw_id
group by part.batch_no, part.ocmw_id;

-- What a batch pays and claims: without the OCMWs that were held out of it.
create view twe.standing_batch_line as
select line.*
from twe.batch_line line
where not exists (select from twe.batch_hold hold where (hold.batch_no, hold.ocmw_id) = (line.batch_no, line.ocmw_id));
create view twe.standing_batch_part as
select part.*
from twe.batch_part part
where not exists (select from twe.batch_hold hold where (hold.batch_no, hold.ocmw_id) = (part.batch_no, part.ocmw_id));
create view twe.standing_batch_claim as
select claim.*
from twe.batch_claim claim
where not exists (select from twe.batch_hold hold where (hold.batch_no, hold.ocmw_id) = (claim.batch_no, claim.ocmw_id));

-- Frozen outcomes that hold: not those of rejected batches, nor of an OCMW that was held out.
create view twe.freeze_in_force as
select frozen.*
from twe.measurement_freeze frozen
where frozen.batch_no not in (select batch_no from twe.batch_decision where decision = 'REJECTED')
  and not exists (
    select from twe.batch_hold hold
    join twe.batch_line line using (batch_no, ocmw_id)
    where hold.batch_no = frozen.batch_no and line.weo_id = frozen.weo_id
  );

-- The ledger as people read it: names instead of numbers come from the program, months as dates.
create view twe.ledger as
select
  entry.entry_no, run.run_id, entry.ocmw_id, entry.weo_id, entry.component, entry.rule, entry.reason, entry.cents,
  make_date(entry.first_month / 12, entry.first_month % 12 + 1, 1) as first_month,
  make_date(entry.last_month / 12, entry.last_month % 12 + 1, 1) as last_month
from twe.ledger_entry entry
join twe.run using (run_no);
