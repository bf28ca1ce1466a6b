-- Why: the program runs unattended and on more than one machine. One of them works at a time, and one that was paused and
-- comes back can commit nothing; what went wrong is kept in a sentence; what an operator was told is not told again.

-- One row: who may change records and the ledger.
create table twe.lease (
  name text collate "C" primary key,
  -- rises by one each time someone takes the lease; each transaction of the holder asks for it before it commits
  fencing bigint not null,
  -- what is done, where and by which process; null while nobody holds it
  holder text,
  -- application_name of the connections of the holder
  sessions text collate "C",
  taken_at timestamptz,
  renewed_at timestamptz,
  -- how long this holder may be silent: it gives its signs of life accordingly, whatever others have configured
  seconds integer,
  -- A change of the key waits for whoever reads the row `for key share`; a sign of life does not.
  unique (name, fencing)
);
insert into twe.lease (name, fencing) values ('run', 0);

alter table twe.run
  -- the sentence with which the last try failed; null when it did not
  add column failure text;

-- What operators were told: one row for each cause, so that nobody is told every minute. Closed when a run of the job is done.
create table twe.alert (
  -- kind, job and what it is about: 'CHECK_BROKEN nightly no_month_is_...'
  key text collate "C" primary key,
  kind text collate "C" not null check (kind in ('RUN_FAILED', 'JOB_LATE', 'CHECK_BROKEN', 'GUARD_REFUSED')),
  job text collate "C" not null,
  -- one sentence, nothing personal
  message text not null,
  opened_at timestamptz not null default now(),
  -- last attempt to tell: another program leaves it alone for a while
  tried_at timestamptz,
  -- last time that it arrived somewhere
  told_at timestamptz,
  closed_at timestamptz
);
