-- Why: what is due is never stored as a balance but as an append-only list of differences, each with its run, rule and
-- reason; what is ordered is an immutable batch. So every euro can be followed back, and a night can be repeated.

create table twe.run (
  -- '<business date>/<job>', so that repeated exports are equal to the byte
  run_id text collate "C" primary key,
  run_no integer generated always as identity unique,
  job text collate "C" not null,
  business_date date not null,
  state text not null check (state in ('RUNNING', 'DONE', 'FAILED')),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  program_version text not null,
  law_digest char(64) not null,
  input_digest char(64)
);

create table twe.run_step (
  run_id text collate "C" not null references twe.run,
  step text collate "C" not null,
  finished_at timestamptz not null default now(),
  duration_ms integer not null,
  counts jsonb not null,
  primary key (run_id, step)
);

-- A ledger entry is a segment: the same amount for each month from first_month to last_month (year * 12 + month - 1).
-- component, rule and reason are numbers of src/law/codes.ts, kept readable by the view twe.ledger.
create table twe.ledger_entry (
  entry_no bigint not null primary key,
  run_no integer not null,
  ocmw_id text collate "C" not null,
  weo_id text collate "C" not null,
  component smallint not null,
  first_month integer not null,
  last_month integer not null,
  -- per month, negative to take back
  cents integer not null,
  rule smallint not null,
  reason smallint not null,
  constraint entry_covers_at_least_a_month check (last_month >= first_month),
  constraint entry_is_not_empty check (cents <> 0)
);
create index ledger_entry_by_weo on twe.ledger_entry (weo_id);

-- What the ledger last posted for a trajectory, as a fingerprint: an unchanged trajectory costs one comparison.
create table twe.ledger_state (
  weo_id text collate "C" not null primary key,
  fingerprint_high integer not null,
  fingerprint_low integer not null
);

-- Versions of measurements; the last one by version_no is the present one, unless it is voided.
create table twe.measurement_version (
  version_no bigint generated always as identity primary key,
  weo_id text collate "C" not null,
  measurement smallint not null check (measurement in (1, 2)),
  measured_on date not null,
  outcome text collate "C" not null check (outcome in ('POSITIVE', 'NEGATIVE', 'PENDING')),
  -- evidence; null when there is none
  employment_id text collate "C",
  -- RECORDS, DECISION, FROZEN
  source text collate "C" not null check (source in ('RECORDS', 'DECISION', 'FROZEN')),
  cents integer not null,
  voided boolean not null default false,
  run_no integer not null
);
create index measurement_version_by_weo on twe.measurement_version (weo_id, measurement, version_no);

create or replace function twe.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'twe.% is append-only: % is refused', tg_table_name, tg_op;
end $$;

create trigger ledger_entry_is_append_only before update or delete on twe.ledger_entry
  for each statement execute function twe.refuse_change();
create trigger measurement_version_is_append_only before update or delete on twe.measurement_version
  for each statement execute function twe.refuse_change();

create table twe.batch (
  -- '<run day>/<job>' of the job that booked it; unique and stable
  batch_id text collate "C" primary key,
  batch_no integer generated always as identity unique,
  job text collate "C" not null check (job in ('quarterly-payment', 'yearly-settlement', 'final-settlement')),
  -- '2024-Q1' or '2024'
  period text collate "C" not null,
  run_day date not null,
  registered_until date not null,
  delivered_until date not null,
  booked_run_id text collate "C" not null,
  digest char(64) not null,
  constraint batch_is_booked_once unique (job, run_day)
);

create table twe.batch_line (
  batch_no integer not null references twe.batch (batch_no),
  -- QUARTER, FINAL, YEAR
  kind text collate "C" not null check (kind in ('QUARTER', 'FINAL', 'YEAR')),
  -- who is paid on the run day
  ocmw_id text collate "C" not null,
  weo_id text collate "C" not null,
  component smallint not null,
  month integer not null,
  due_cents integer not null,
  before_cents integer not null,
  cents integer not null,
  reason smallint not null,
  primary key (batch_no, kind, ocmw_id, weo_id, component, month),
  constraint line_is_due_minus_before check (cents = due_cents - before_cents and cents <> 0)
);
create index batch_line_by_weo on twe.batch_line (weo_id);

-- A line that was due in a batch but not booked (claim below the threshold, OCMW held out): it comes again in the next one.
create table twe.batch_left_out (
  batch_no integer not null references twe.batch (batch_no),
  kind text collate "C" not null check (kind in ('QUARTER', 'FINAL', 'YEAR')),
  ocmw_id text collate "C" not null,
  weo_id text collate "C" not null,
  component smallint not null,
  month integer not null,
  cents integer not null,
  cause text not null,
  primary key (batch_no, kind, ocmw_id, weo_id, component, month)
);

-- The lines of one OCMW in a batch, added up. With clawback.method = OFFSET_NEXT, offset_cents is what earlier batches
-- brought forward to be taken off (negative) and carried_cents what is left to take off after this one (negative).
create table twe.batch_part (
  batch_no integer not null references twe.batch (batch_no),
  ocmw_id text collate "C" not null,
  positive_cents bigint not null check (positive_cents >= 0),
  negative_cents bigint not null check (negative_cents <= 0),
  offset_cents bigint not null check (offset_cents <= 0),
  carried_cents bigint not null check (carried_cents <= 0),
  primary key (batch_no, ocmw_id)
);

-- One payment or claim for each OCMW and batch.
create table twe.batch_claim (
  batch_no integer not null references twe.batch (batch_no),
  ocmw_id text collate "C" not null,
  direction text collate "C" not null check (direction in ('PAY', 'CLAIM')),
  cents bigint not null check (cents >= 0),
  -- structured communication +++ddd/dddd/ddddd+++
  reference text collate "C" not null unique,
  primary key (batch_no, ocmw_id, direction)
);

create table twe.batch_decision (
  batch_no integer not null references twe.batch (batch_no),
  decision text not null check (decision in ('APPROVED', 'REJECTED')),
  decided_by text not null,
  decided_on date not null,
  reason text,
  decided_at timestamptz not null default now(),
  primary key (batch_no)
);

-- Outcomes frozen by the final settlement that took a trajectory (rulebook 4.3): as the evening of its run day knew them.
create table twe.measurement_freeze (
  batch_no integer not null references twe.batch (batch_no),
  weo_id text collate "C" not null,
  frozen_on date not null,
  weo_end date not null,
  outcome1 text collate "C" not null,
  evidence1 text collate "C" not null,
  -- the manual decision in force then, '' without one
  decision1 text collate "C" not null,
  outcome2 text collate "C" not null,
  evidence2 text collate "C" not null,
  decision2 text collate "C" not null,
  primary key (weo_id, batch_no)
);

create trigger measurement_freeze_is_append_only before update or delete on twe.measurement_freeze
  for each statement execute function twe.refuse_change();
create trigger batch_left_out_is_append_only before update or delete on twe.batch_left_out
  for each statement execute function twe.refuse_change();
create trigger batch_part_is_append_only before update or delete on twe.batch_part
  for each statement execute function twe.refuse_change();
create trigger batch_is_append_only before update or delete on twe.batch
  for each statement execute function twe.refuse_change();
create trigger batch_line_is_append_only before update or delete on twe.batch_line
  for each statement execute function twe.refuse_change();
create trigger batch_claim_is_append_only before update or delete on twe.batch_claim
  for each statement execute function twe.refuse_change();
create trigger batch_decision_is_append_only before update or delete on twe.batch_decision
  for each statement execute function twe.refuse_change();
