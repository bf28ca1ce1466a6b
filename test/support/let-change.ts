/**
 * Statements that let a test write rows which the program would never write: append-only tables take changes, sealed
 * batches take lines, decisions need no digest. For databases that only one test uses.
 */
export const LET_CHANGE = `
  set constraints all immediate;
  do $$
  declare changed text;
  begin
    for changed in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'twe' loop
      execute 'alter table ' || changed || ' disable trigger user';
    end loop;
  end $$;`;

/** Seals every batch anew after such changes. */
export const SEAL_AGAIN = 'update twe.batch set digest = twe.batch_digest(batch_no);';
