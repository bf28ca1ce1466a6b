-- The temporary table payee of this session, empty (see fill_payee.sql).
create temporary table if not exists payee (
  ocmw_id text collate "C" primary key,
  payee_id text collate "C" not null,
  name text,
  nis_code text collate "C" not null,
  iban text collate "C"
);
truncate payee;
