-- Readings of national numbers from the day $1 (in Brussels; null: all) on, oldest first. One row for each.
select
  read_no as "readNo", to_char(read_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "readAt",
  read_by_role as role, read_by_system_user as "systemUser", weo_id as "weoId", person_id as "personId", reason
from twe.identity_read
where $1::date is null or (read_at at time zone 'Europe/Brussels')::date >= $1::date
order by read_no
