-- Why: everything that was ever delivered stays readable as it was known on any past day. A delivery is taken once,
-- a record is a list of versions, nothing is updated in place; what could not be read is set aside with its reason.
-- Text keys compare byte by byte (collate "C"), so that every export sorts the same on every server.

create schema if not exists twe;

-- Who a client is. The only table with a clear national number; everywhere else stands the person_id.
create table twe.identity (
  person_id bigint generated always as identity primary key,
  insz char(11) collate "C" not null unique
);

create table twe.delivery (
  delivery_id integer generated always as identity primary key,
  name text collate "C" not null,
  digest char(64) not null,
  mode text not null default 'delta' check (mode in ('delta', 'full')),
  -- the day in the name of the folder
  delivered_on date not null,
  -- the day from which its content counts: the day in the name, or the night that found it when it came too late
  counted_on date not null,
  -- TAKEN: content was read. DUPLICATE: same content as an earlier one. SKIPPED: passed over by the operator.
  state text not null check (state in ('TAKEN', 'DUPLICATE', 'SKIPPED')),
  run_id text collate "C" not null,
  row_count integer not null default 0,
  constraint delivery_counts_from_its_day_or_later check (counted_on >= delivered_on)
);
-- A delivery that was passed over may be sent again under its name.
create unique index delivery_name_is_taken_once on twe.delivery (name) where state <> 'SKIPPED';

-- A row that could not be taken in. Closed when a later delivery brought the record right, or what it referred to.
create table twe.rejected_row (
  delivery_id integer not null references twe.delivery,
  file text collate "C" not null,
  line integer not null,
  column_name text collate "C" not null,
  code text collate "C" not null,
  message text not null,
  -- the row as it came, INSZ masked
  raw text not null,
  -- id of the record when it could be read: a later accepted row of the same file and id closes this one
  record_id text collate "C",
  -- typed columns of a row whose only fault is a reference that is not known yet, person_id instead of INSZ; else null
  waiting jsonb,
  -- day from which the row no longer counts as set aside; null while it does
  closed_on date,
  primary key (delivery_id, file, line)
);
create index rejected_row_is_open on twe.rejected_row (file, record_id) where closed_on is null;

-- Common to all versions: registered_at as delivered; delivery and line say where it stands; counted_on the day from
-- which its delivery counts (for a row that waited for a reference: the delivery that brought the reference).
-- A version is known on day D when registered_on <= D and counted_on <= D (rulebook 15.1).
-- Order of versions of one id: registered_at, delivery_id, line.

create table twe.ocmw_version (
  ocmw_id text collate "C" not null,
  name text collate "C",
  nis_code text collate "C" not null,
  iban text collate "C",
  valid_from date not null,
  valid_to date,
  successor_id text collate "C",
  counted_on date not null,
  delivery_id integer not null references twe.delivery,
  line integer not null,
  primary key (ocmw_id, valid_from, delivery_id, line),
  constraint ocmw_ends_after_it_starts check (valid_to >= valid_from)
);

create table twe.weo_version (
  weo_id text collate "C" not null,
  ocmw_id text collate "C" not null,
  person_id bigint not null,
  start_date date not null,
  end_date date,
  end_reason text collate "C",
  extended_for_rights boolean,
  registered_at timestamptz not null,
  registered_on date not null generated always as ((registered_at at time zone 'Europe/Brussels')::date) stored,
  withdrawn boolean not null,
  counted_on date not null,
  delivery_id integer not null,
  line integer not null,
  primary key (weo_id, registered_at, delivery_id, line),
  constraint weo_ends_after_it_starts check (end_date >= start_date)
);
create index weo_version_by_person on twe.weo_version (person_id);
create index weo_version_by_known_day on twe.weo_version (greatest(registered_on, counted_on));

create table twe.employment_version (
  employment_id text collate "C" not null,
  person_id bigint not null,
  weo_id text collate "C",
  employer_id text collate "C",
  kind text collate "C" not null,
  dimona_type text collate "C",
  start_date date not null,
  end_date date,
  -- thousandths of full time
  fte_permille integer,
  social_economy boolean,
  nova_prima_ref text collate "C",
  increased_requested boolean,
  registered_at timestamptz not null,
  registered_on date not null generated always as ((registered_at at time zone 'Europe/Brussels')::date) stored,
  withdrawn boolean not null,
  counted_on date not null,
  delivery_id integer not null,
  line integer not null,
  primary key (employment_id, registered_at, delivery_id, line),
  constraint employment_ends_after_it_starts check (end_date >= start_date),
  constraint art60_names_its_weo_and_nothing_else_does check ((kind = 'ART60') = (weo_id is not null))
);
create index employment_version_by_person on twe.employment_version (person_id);
create index employment_version_by_weo on twe.employment_version (weo_id) where weo_id is not null;
create index employment_version_by_known_day on twe.employment_version (greatest(registered_on, counted_on));

create table twe.category_version (
  category_id text collate "C" not null,
  person_id bigint not null,
  code text collate "C" not null,
  from_date date not null,
  to_date date,
  registered_at timestamptz not null,
  registered_on date not null generated always as ((registered_at at time zone 'Europe/Brussels')::date) stored,
  withdrawn boolean not null,
  counted_on date not null,
  delivery_id integer not null,
  line integer not null,
  primary key (category_id, registered_at, delivery_id, line),
  constraint category_ends_after_it_starts check (to_date >= from_date)
);
create index category_version_by_person on twe.category_version (person_id);
create index category_version_by_known_day on twe.category_version (greatest(registered_on, counted_on));

create table twe.evaluation_version (
  evaluation_id text collate "C" not null,
  weo_id text collate "C" not null,
  evaluated_on date not null,
  kind text collate "C" not null,
  registered_at timestamptz not null,
  registered_on date not null generated always as ((registered_at at time zone 'Europe/Brussels')::date) stored,
  withdrawn boolean not null,
  counted_on date not null,
  delivery_id integer not null,
  line integer not null,
  primary key (evaluation_id, registered_at, delivery_id, line)
);

create table twe.decision_version (
  decision_id text collate "C" not null,
  weo_id text collate "C" not null,
  measurement smallint not null check (measurement in (1, 2)),
  outcome text collate "C" not null check (outcome in ('POSITIVE', 'NEGATIVE')),
  decided_by text collate "C",
  reason text collate "C",
  registered_at timestamptz not null,
  registered_on date not null generated always as ((registered_at at time zone 'Europe/Brussels')::date) stored,
  withdrawn boolean not null,
  counted_on date not null,
  delivery_id integer not null,
  line integer not null,
  primary key (decision_id, registered_at, delivery_id, line)
);
create index decision_version_by_weo on twe.decision_version (weo_id);

create table twe.budget_version (
  budget_id text collate "C" not null,
  ocmw_id text collate "C" not null,
  year integer not null,
  fixed_cents bigint not null,
  flexible_cents bigint not null,
  registered_at timestamptz not null,
  registered_on date not null generated always as ((registered_at at time zone 'Europe/Brussels')::date) stored,
  withdrawn boolean not null,
  counted_on date not null,
  delivery_id integer not null,
  line integer not null,
  primary key (budget_id, registered_at, delivery_id, line)
);

create table twe.payment_version (
  payment_id text collate "C" not null,
  ocmw_id text collate "C" not null,
  paid_on date not null,
  cents bigint not null,
  reference text collate "C",
  weo_id text collate "C",
  component text collate "C",
  -- first day of the month
  month date,
  registered_at timestamptz not null,
  registered_on date not null generated always as ((registered_at at time zone 'Europe/Brussels')::date) stored,
  withdrawn boolean not null,
  counted_on date not null,
  delivery_id integer not null,
  line integer not null,
  primary key (payment_id, registered_at, delivery_id, line)
);
create index payment_version_by_weo on twe.payment_version (weo_id);

create table twe.replacement_version (
  person_id bigint not null,
  replaced_by_person_id bigint not null,
  registered_at timestamptz not null,
  registered_on date not null generated always as ((registered_at at time zone 'Europe/Brussels')::date) stored,
  withdrawn boolean not null,
  counted_on date not null,
  delivery_id integer not null,
  line integer not null,
  primary key (person_id, registered_at, delivery_id, line)
);

create table twe.wage_version (
  wage_id text collate "C" not null,
  employment_id text collate "C" not null,
  month date not null,
  gross_wage_cents bigint not null,
  registered_at timestamptz not null,
  registered_on date not null generated always as ((registered_at at time zone 'Europe/Brussels')::date) stored,
  withdrawn boolean not null,
  counted_on date not null,
  delivery_id integer not null,
  line integer not null,
  primary key (wage_id, registered_at, delivery_id, line)
);
create index wage_version_by_employment on twe.wage_version (employment_id);

-- One row for each trajectory: everything the law needs under the knowledge of the last night, packed as text
-- (src/records/packed.ts describes the form). Derived from the versions, rebuilt where they changed.
create table twe.trajectory_facts (
  ocmw_id text collate "C" not null,
  weo_id text collate "C" not null,
  person_id bigint not null,
  facts text collate "C" not null,
  primary key (ocmw_id, weo_id),
  constraint facts_stand_once_for_each_weo unique (weo_id)
);
create index trajectory_facts_by_person on twe.trajectory_facts (person_id);
