-- The rows that are answered, in a table of their own so that the planner knows how many they are: with a guess the joins of
-- list_answers.sql took 100 s for 30,000 rows. fields: the row cut at its commas.
create temporary table if not exists answered (
  like twe.rejected_row,
  delivery_name text collate "C" not null,
  no bigint not null,
  fields text[] not null
) on commit drop;
truncate answered
