-- Temporary tables of a night of taking in, beside the staging table of each record type.
-- What was set aside of the part in hand, one row for each refused row.
create temp table if not exists set_aside (
  line integer not null,
  column_name text collate "C" not null,
  code text collate "C" not null,
  message text not null,
  raw text not null,
  -- the only fault is a reference that is not known yet
  waits boolean not null
) on commit drop;
-- Waiting rows that come back, one row for each.
create temp table if not exists returning_row (delivery_id integer not null, line integer not null) on commit drop;
-- Record ids that a full delivery holds, for the file in hand.
create temp table if not exists present_record (record_id text collate "C") on commit drop;
truncate set_aside, returning_row, present_record;
-- Parts of a file are joined and sorted in memory.
set local work_mem = '64MB';
-- A glance at a part is enough to choose how to join it.
set local default_statistics_target = 10;
-- Indexes that are made again after a bulk are sorted in memory.
set local maintenance_work_mem = '256MB'
