-- Why: whoever owns the database can change anything in it. So that it shows, what is appended is chained by digests: one
-- chain for each OCMW, one ('') for what belongs to none, and a head over all of them for each run. The head goes out with
-- the documents: a chain that is written anew as a whole no longer fits what was published.

-- The OCMW of the trajectory when the version was made: the chain that it is in.
alter table twe.measurement_version add column ocmw_id text collate "C" not null default '';
alter table twe.measurement_version disable trigger user;
update twe.measurement_version version
set ocmw_id = facts.ocmw_id
from twe.trajectory_facts facts
where facts.weo_id = version.weo_id;
alter table twe.measurement_version enable trigger user;

-- What ledger and measurements held before there were chains: the first head covers it as well.
create table twe.chain_start (
  last_entry_no bigint not null,
  last_version_no bigint not null
);
insert into twe.chain_start (last_entry_no, last_version_no)
select
  (select coalesce(max(entry_no), 0) from twe.ledger_entry),
  (select coalesce(max(version_no), 0) from twe.measurement_version);

-- One row for each run that ended its work on the ledger: over all links since the head before it.
create table twe.chain_head (
  head_no integer primary key,
  run_id text collate "C" not null unique references twe.run,
  -- up to here go the links of ENTRIES and MEASUREMENTS; what lies beyond is newer
  last_entry_no bigint not null,
  last_version_no bigint not null,
  -- sha256 over the digest of the head before, the run and the digests of the links since
  digest char(64) not null
);

-- One row for what was appended together: rows of one kind, of one OCMW.
create table twe.chain_link (
  -- '' for what belongs to no OCMW
  ocmw_id text collate "C" not null,
  -- from 1 in each chain
  link_no integer not null,
  -- the head that covers it
  head_no integer not null,
  kind text collate "C" not null check (kind in ('ENTRIES', 'MEASUREMENTS', 'BATCH_PART', 'BATCH', 'DECISION', 'HOLD',
    'DELIVERIES', 'GUARDS')),
  -- id of the run or of the batch
  about text collate "C" not null,
  row_count integer not null,
  -- numbers of the first and last row where the table has them; of the batch for what is about one
  first_no bigint,
  last_no bigint,
  -- four bytes for each row, by which the first one that was changed is found; null where few rows make a link
  checks bytea,
  -- sha256 over the rows, without what depends on numbering, machine or moment
  rows_digest char(64) not null,
  -- sha256 over the digest of the link before and this one: the same wherever the same is done again
  digest char(64) not null,
  -- sha256 over the seal of the link before, this digest, the numbers and who, where and when
  seal char(64) not null,
  primary key (ocmw_id, link_no)
);
alter table twe.chain_link alter column checks set storage external;
create index chain_link_by_head on twe.chain_link (head_no);
create index chain_link_by_kind on twe.chain_link (kind, last_no);
create index chain_link_by_about on twe.chain_link (about);

do $$
declare name text;
begin
  foreach name in array array['chain_link', 'chain_head', 'chain_start']
  loop
    execute format(
      'create trigger %I before update or delete on twe.%I for each statement execute function twe.refuse_change()',
      name || '_is_append_only', name);
    execute format(
      'create trigger %I before truncate on twe.%I for each statement execute function twe.refuse_change()',
      name || '_is_never_emptied', name);
  end loop;
end $$;

-- Whoever adds a link or a head waits for others who do: a head must not miss a link that is under way.
create function twe.lock_chains() returns void language sql as $$ select pg_advisory_xact_lock(8402020) $$;

create function twe.text_digest(content text) returns text immutable language sql as $$
  select encode(sha256(convert_to(content, 'UTF8')), 'hex')
$$;

-- Adds a link at the end of a chain. Runs as the owner, so that nobody else needs to write the table.
create function twe.append_link(of_ocmw text, of_kind text, is_about text, count_of_rows integer, first bigint, last bigint,
  row_checks bytea, digest_of_rows text, circumstances text)
returns void language plpgsql security definer set search_path = pg_catalog, twe, pg_temp as $$
declare
  before twe.chain_link%rowtype;
  chained text;
begin
  perform twe.lock_chains();
  select * into before from twe.chain_link where ocmw_id = of_ocmw order by link_no desc limit 1;
  chained := twe.text_digest(concat_ws(E'\n', coalesce(before.digest, ''), of_ocmw, of_kind, is_about, count_of_rows,
    digest_of_rows));
  insert into twe.chain_link (ocmw_id, link_no, head_no, kind, about, row_count, first_no, last_no, checks, rows_digest,
    digest, seal)
  values (of_ocmw, coalesce(before.link_no, 0) + 1,
    (select coalesce(max(head_no), 0) + 1 from twe.chain_head),
    of_kind, is_about, count_of_rows, first, last, row_checks, digest_of_rows, chained,
    twe.text_digest(concat_ws(E'\n', coalesce(before.seal, ''), chained, coalesce(first::text, ''),
      coalesce(last::text, ''), circumstances)));
end $$;

-- Digests of a batch by OCMW, with the number of facts in them: its lines, amounts left out, part and claims.
create function twe.batch_digests(no integer) returns table (ocmw_id text, fact_count integer, digest text)
stable language sql as $$
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
  )
  select ocmw_id, count(*)::integer, twe.text_digest(string_agg(line, E'\n' order by line collate "C"))
  from fact group by ocmw_id
$$;

create or replace function twe.batch_digest(no integer) returns text stable language sql as $$
  select twe.text_digest(coalesce(string_agg(ocmw_id || ' ' || digest, E'\n' order by ocmw_id collate "C"), ''))
  from twe.batch_digests(no)
$$;

-- What a link of few rows stands for, as it is now: rows from `first` to `last` in the numbering of their kind. The
-- circumstances are who, where and when: they differ where the same is done again.
create function twe.sealed_rows(of_kind text, of_ocmw text, first bigint, last bigint)
returns table (row_count integer, rows_digest text, circumstances text)
stable language sql set datestyle = 'ISO, YMD' set timezone = 'UTC' as $$
  with fact (no, line, circumstance) as (
    select delivery_id, concat_ws(E'\t', name, digest, mode, delivered_on, counted_on, state, source,
      coalesce(sequence::text, ''), coalesce(whole_digest, '')), run_id
    from twe.delivery where of_kind = 'DELIVERIES' and delivery_id between first and last
    union all
    select acceptance_no, concat_ws(E'\t', run_id, guard, message),
      concat_ws(E'\t', accepted_by_role, accepted_by_system_user, accepted_from, accepted_at)
    from twe.guard_acceptance where of_kind = 'GUARDS' and acceptance_no between first and last
    union all
    select batch_no, concat_ws(E'\t', batch_id, job, period, run_day, registered_until, delivered_until, booked_run_id,
      digest, coalesce((
        select string_agg(concat_ws(E'\t', weo_id, frozen_on, weo_end, outcome1, evidence1, decision1, outcome2, evidence2,
          decision2), E'\n' order by weo_id collate "C")
        from twe.measurement_freeze frozen where frozen.batch_no = batch.batch_no), '')),
      concat_ws(E'\t', booked_at, coalesce(prepared_by_role, ''), coalesce(prepared_by_system_user, ''))
    from twe.batch where of_kind = 'BATCH' and batch_no between first and last
    union all
    select batch_no, concat_ws(E'\t', decision, decided_by, decided_on, coalesce(reason, ''), coalesce(batch_digest, ''),
      coalesce(documents_digest, ''), recognised_by),
      concat_ws(E'\t', decided_at, decided_by_role, coalesce(decided_by_system_user, ''), coalesce(decided_from, ''))
    from twe.batch_decision where of_kind = 'DECISION' and batch_no between first and last
    union all
    select batch_no, concat_ws(E'\t', held_by, held_on, reason),
      concat_ws(E'\t', held_by_role, held_by_system_user, held_at)
    from twe.batch_hold where of_kind = 'HOLD' and batch_no between first and last and ocmw_id = of_ocmw
  )
  select count(*)::integer, twe.text_digest(coalesce(string_agg(line || E'\n', '' order by no), '')),
    coalesce(string_agg(circumstance, E'\n' order by no), '')
  from fact
$$;

-- Links few rows.
create function twe.link_rows(of_kind text, of_ocmw text, is_about text, first bigint, last bigint)
returns void language sql security definer set search_path = pg_catalog, twe, pg_temp as $$
  select twe.append_link(of_ocmw, of_kind, is_about, row_count, first, last, null, rows_digest, circumstances)
  from twe.sealed_rows(of_kind, of_ocmw, first, last)
$$;

-- Links a batch: a link in the chain of each OCMW in it, and one over the whole. What it holds is read once by the caller.
create function twe.link_batch(no integer, parts jsonb)
returns void language sql security definer set search_path = pg_catalog, twe, pg_temp as $$
  select twe.append_link(part.ocmw_id, 'BATCH_PART', batch_id, part.fact_count, no, no, null, part.digest, '')
  from twe.batch,
    jsonb_to_recordset(parts) as part (ocmw_id text, fact_count integer, digest text)
  where batch_no = no
  order by part.ocmw_id collate "C";
  select twe.link_rows('BATCH', '', batch_id, no, no) from twe.batch where batch_no = no
$$;

create function twe.link_decision() returns trigger
language plpgsql security definer set search_path = pg_catalog, twe, pg_temp as $$
begin
  perform twe.link_rows('DECISION', '', batch_id, batch_no, batch_no) from twe.batch where batch_no = new.batch_no;
  return null;
end $$;
create trigger decision_is_linked after insert on twe.batch_decision for each row execute function twe.link_decision();

create function twe.link_hold() returns trigger
language plpgsql security definer set search_path = pg_catalog, twe, pg_temp as $$
begin
  perform twe.link_rows('HOLD', new.ocmw_id, batch_id, batch_no, batch_no) from twe.batch where batch_no = new.batch_no;
  return null;
end $$;
create trigger hold_is_linked after insert on twe.batch_hold for each row execute function twe.link_hold();

-- Deliveries and accepted guards are linked when their transaction ends, all together: until then nobody waits for the lock.
create function twe.link_deliveries() returns void
language sql security definer set search_path = pg_catalog, twe, pg_temp as $$
  -- a decision by hand names its machine where others name their run
  select twe.link_rows('DELIVERIES', '', min(regexp_replace(run_id, '^by hand.*', 'by hand')), min(delivery_id),
    max(delivery_id))
  from twe.delivery
  where delivery_id > (select coalesce(max(last_no), 0) from twe.chain_link where kind = 'DELIVERIES')
  having count(*) > 0
$$;
create function twe.link_guards() returns void
language sql security definer set search_path = pg_catalog, twe, pg_temp as $$
  select twe.link_rows('GUARDS', '', min(run_id), min(acceptance_no), max(acceptance_no))
  from twe.guard_acceptance
  where acceptance_no > (select coalesce(max(last_no), 0) from twe.chain_link where kind = 'GUARDS')
  having count(*) > 0
$$;
create function twe.link_new_deliveries() returns trigger
language plpgsql security definer set search_path = pg_catalog, twe, pg_temp as $$
begin
  perform twe.link_deliveries();
  return null;
end $$;
create function twe.link_new_guards() returns trigger
language plpgsql security definer set search_path = pg_catalog, twe, pg_temp as $$
begin
  perform twe.link_guards();
  return null;
end $$;
create constraint trigger delivery_is_linked after insert on twe.delivery
  deferrable initially deferred for each row execute function twe.link_new_deliveries();
create constraint trigger guard_acceptance_is_linked after insert on twe.guard_acceptance
  deferrable initially deferred for each row execute function twe.link_new_guards();

-- The head over all links since the last one, for a run that has none. Returns its digest.
create function twe.append_head(of_run text) returns text
language plpgsql security definer set search_path = pg_catalog, twe, pg_temp as $$
declare
  before twe.chain_head%rowtype;
  sealed text;
begin
  perform twe.lock_chains();
  select digest into sealed from twe.chain_head where run_id = of_run;
  if found then
    return sealed;
  end if;
  select * into before from twe.chain_head order by head_no desc limit 1;
  select twe.text_digest(concat_ws(E'\n', coalesce(before.digest, ''), of_run,
      string_agg(concat_ws(E'\t', ocmw_id, link_no, digest), E'\n' order by ocmw_id collate "C", link_no)))
  into sealed
  from twe.chain_link
  where head_no = coalesce(before.head_no, 0) + 1;
  insert into twe.chain_head (head_no, run_id, last_entry_no, last_version_no, digest)
  values (coalesce(before.head_no, 0) + 1, of_run,
    (select coalesce(max(entry_no), 0) from twe.ledger_entry),
    (select coalesce(max(version_no), 0) from twe.measurement_version),
    sealed);
  return sealed;
end $$;

-- Links and heads are made by those who append (sql/roles.sql), through the triggers above by everyone who may insert.
revoke execute on function twe.lock_chains, twe.append_link, twe.link_rows, twe.link_batch, twe.link_deliveries, twe.link_guards,
  twe.append_head from public;

-- What there is of all this already. Ledger and measurements are linked by the next run.
select twe.link_deliveries();
select twe.link_guards();
select twe.link_batch(batch_no, (select coalesce(jsonb_agg(part), '[]') from twe.batch_digests(batch_no) part))
from twe.batch order by batch_no;
select twe.link_rows('HOLD', ocmw_id, batch_id, batch_no, batch_no)
from twe.batch_hold join twe.batch using (batch_no) order by held_at, batch_no, ocmw_id;
select twe.link_rows('DECISION', '', batch_id, batch_no, batch_no)
from twe.batch_decision join twe.batch using (batch_no) order by decided_at, batch_no;

-- What a run published last, for the receipt: with this a run says what went in, by which law and program, and what came out.
create table twe.exported_file (
  run_id text collate "C" not null references twe.run,
  -- below the output folder: 2024-04-15/nightly
  folder text collate "C" not null,
  name text collate "C" not null,
  row_count integer not null,
  total_cents bigint not null,
  sha256 char(64) not null,
  primary key (run_id, folder, name)
);
