-- Moments from 2024 to 2032 from which another offset holds in Brussels. One row for each, in order.
with hours as (
  select
    hour,
    extract(epoch from (hour at time zone 'Europe/Brussels') - (hour at time zone 'UTC'))::integer / 60 as offset_minutes
  from generate_series(timestamptz '2024-01-01 00:00+00', timestamptz '2033-01-01 00:00+00', interval '1 hour') hour
),
compared as (
  select hour, offset_minutes, lag(offset_minutes) over (order by hour) as offset_before
  from hours
)
select extract(epoch from hour)::bigint as "at", offset_minutes as "offsetMinutes"
from compared
where offset_minutes <> offset_before
order by hour
