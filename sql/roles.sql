-- Who may do what. For the administrator of the server: psql --dbname=twe --file=roles.sql, in the new database, again when
-- the program has made its tables, and after each upgrade. It can be repeated; what was granted to these roles besides is
-- taken back.
--
--   twe_owner       owns everything: migrations, backup, restore, retention. Nobody works under it from day to day.
--   twe_loader      takes in deliveries and decisions by hand: records and clients. Never ledger, batches or approvals.
--   twe_calculator  measures, accrues, books and exports: ledger and batches. Never records, clients or approvals.
--   twe_approver    decides on batches and holds OCMWs out of them. Nothing else.
--   twe_reader      reads everything but national numbers, as do all others.
--   twe_identity    reads a national number too, one at a time, by twe.read_insz, which notes it in twe.identity_read; and the
--                   last digits that statements show.
--
-- The program runs under a login that is in twe_loader and twe_calculator; each person has a login of their own.

do $$
declare
  name text;
begin
  foreach name in array array['twe_owner', 'twe_loader', 'twe_calculator', 'twe_approver', 'twe_reader', 'twe_identity']
  loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I nologin', name);
    end if;
  end loop;
  execute format('alter database %I owner to twe_owner', current_database());
  execute format('grant temporary on database %I to twe_reader', current_database());
end $$;

grant twe_reader to twe_loader, twe_calculator, twe_approver, twe_identity;

-- Whoever ran the migrations: all belongs to the owner.
do $$
declare
  thing record;
begin
  if to_regnamespace('twe') is null then
    return;
  end if;
  alter schema twe owner to twe_owner;
  for thing in
    select case relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end as kind, oid::regclass::text as name
    from pg_class
    where relnamespace = 'twe'::regnamespace and relkind in ('r', 'p', 'v', 'S')
      and relowner <> 'twe_owner'::regrole
      -- sequences of identity columns follow their table
      and not (relkind = 'S' and exists (
        select from pg_depend
        where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype in ('a', 'i')
      ))
    union all
    select 'function', oid::regprocedure::text
    from pg_proc
    where pronamespace = 'twe'::regnamespace and proowner <> 'twe_owner'::regrole
  loop
    execute format('alter %s %s owner to twe_owner', thing.kind, thing.name);
  end loop;
end $$;

do $$
declare
  name text;
  columns text;
begin
  -- In a new database there is nothing to grant yet.
  if to_regclass('twe.chain_link') is null then
    return;
  end if;

  -- From nothing: what an earlier version granted does not stay.
  revoke all on schema twe from public, twe_loader, twe_calculator, twe_approver, twe_reader, twe_identity;
  revoke all on all tables in schema twe from public, twe_loader, twe_calculator, twe_approver, twe_reader, twe_identity;
  revoke all on all sequences in schema twe
    from public, twe_loader, twe_calculator, twe_approver, twe_reader, twe_identity;
  grant usage on schema twe to twe_reader;

  for name in select relname from pg_class where relnamespace = 'twe'::regnamespace and relkind in ('r', 'p', 'v')
  loop
    if name <> 'identity' then
      execute format('grant select on twe.%I to twe_reader', name);
    end if;
  end loop;
  -- Who a client is can be read in one place: everything there but the national number.
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns
  from pg_attribute
  where attrelid = 'twe.identity'::regclass and attnum > 0 and not attisdropped and attname <> 'insz';
  execute format('grant select (%s) on twe.identity to twe_reader', columns);
  grant execute on function twe.read_insz(text, text, text), twe.shown_clients() to twe_identity;

  -- Runs, their steps and their receipts, the lease and what operators were told.
  grant insert on twe.run, twe.run_step, twe.law, twe.guard_acceptance, twe.alert, twe.exported_file
    to twe_loader, twe_calculator;
  grant update (state, finished_at, failure, law_digest, input_digest) on twe.run to twe_loader, twe_calculator;
  grant update (finished_at, duration_ms, counts) on twe.run_step to twe_loader, twe_calculator;
  grant update (fencing, holder, sessions, seconds, taken_at, renewed_at) on twe.lease to twe_loader, twe_calculator;
  grant update on twe.alert to twe_loader, twe_calculator;
  grant delete on twe.exported_file to twe_loader, twe_calculator;

  -- Records and clients. A client is found by a pseudonym: the number is written and never read.
  grant insert (person_id, insz, pseudonym) on twe.identity to twe_loader;
  grant insert, update on twe.pseudonym_key to twe_loader;
  grant insert on twe.delivery, twe.delivery_file, twe.rejected_row to twe_loader;
  grant update (row_count) on twe.delivery to twe_loader;
  grant update on twe.rejected_row to twe_loader;
  for name in select relname from pg_class where relnamespace = 'twe'::regnamespace and relname like '%\_version'
    and relname <> 'measurement_version'
  loop
    execute format('grant insert on twe.%I to twe_loader', name);
  end loop;
  execute format('grant usage, update on sequence %s to twe_loader',
    pg_get_serial_sequence('twe.identity', 'person_id'));

  -- Facts, ledger and batches.
  grant insert, update on twe.trajectory_facts, twe.ledger_state to twe_calculator;
  grant insert on twe.ledger_entry, twe.measurement_version, twe.measurement_freeze, twe.batch, twe.batch_line,
    twe.batch_left_out, twe.batch_part, twe.batch_claim, twe.batch_document to twe_calculator;
  grant insert, delete on twe.statement_batch to twe_calculator;
  execute format('grant usage on sequence %s to twe_calculator', pg_get_serial_sequence('twe.batch', 'batch_no'));
  grant execute on function twe.append_link, twe.link_batch, twe.append_head to twe_calculator;

  -- Four eyes; the documents are written again with what was decided.
  grant insert on twe.batch_decision, twe.batch_hold, twe.batch_document to twe_approver;

  -- Statistics after a large delivery; before 17 only the owner can, and the server does it by itself a little later.
  if current_setting('server_version_num')::integer >= 170000 then
    execute 'grant maintain on all tables in schema twe to twe_loader, twe_calculator';
  end if;
end $$;
