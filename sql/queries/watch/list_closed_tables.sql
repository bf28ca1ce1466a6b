-- Tables of the program that this user may not read or may not add rows to. One row for each.
select relname as "table"
from pg_class
where relnamespace = to_regnamespace('twe')
  and relkind in ('r', 'p')
  and relname not like 'knex\_%'
  and not (has_table_privilege(oid, 'SELECT') and has_table_privilege(oid, 'INSERT'))
order by relname
