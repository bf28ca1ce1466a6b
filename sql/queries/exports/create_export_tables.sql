-- Temporary tables that one export of a session works with, empty. COPY takes no parameters, so the day and the names
-- of the codes (src/law/codes.ts) stand in tables.
-- changed_by_run: only lines that this run changed are wanted; null: all lines.
create temporary table if not exists export_run (business_date date not null, changed_by_run integer);
-- Lines whose order or payment changed since the evening before, by OCMW as in ordered_line; filled when only changed
-- lines are wanted.
create temporary table if not exists changed_order (
  ocmw_id text collate "C" not null,
  weo_id text collate "C" not null,
  component smallint not null,
  month integer not null
);
create temporary table if not exists export_batch (batch_no integer primary key);
create temporary table if not exists export_component (component smallint primary key, name text collate "C" not null);
create temporary table if not exists export_reason (reason smallint primary key, name text collate "C" not null);
-- The trajectories that have money, numbered in byte order of who is paid and WEO. ocmw_id is the OCMW of the WEO as
-- the ledger or the order holds it: two of them may be paid to one payee and then share a number.
create temporary table if not exists export_trajectory (
  ocmw_id text collate "C" not null,
  weo_id text collate "C" not null,
  trajectory_no integer not null,
  payee_id text collate "C" not null,
  primary key (ocmw_id, weo_id)
);
truncate export_run, export_batch, export_component, export_reason, export_trajectory;
