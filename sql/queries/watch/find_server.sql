-- What the doctor asks of a database. One row.
select
  current_setting('server_version') as version,
  current_user as "user",
  getdatabaseencoding() as encoding,
  pg_is_in_recovery() as "isStandby",
  has_database_privilege(current_database(), 'TEMPORARY') as "mayMakeTemporary",
  case
    when to_regnamespace('twe') is null then has_database_privilege(current_database(), 'CREATE')
    else has_schema_privilege('twe', 'CREATE')
  end as "mayMigrate",
  -- Also true for a user who may not look into the schema.
  exists (
    select from pg_class where relname = 'knex_migrations' and relnamespace = to_regnamespace('twe')
  ) as "isMigrated"
