-- Notes a cause and returns a row when it has to be told now: the first time, again after a while when nobody was reached,
-- and once a day while it lasts. Who gets the row tells it; nobody else does meanwhile.
insert into twe.alert as known (key, kind, job, message, opened_at, tried_at)
values ($1, $2, $3, $4, $5, $5)
on conflict (key) do update
set message = excluded.message,
  opened_at = case when known.closed_at is null then known.opened_at else excluded.opened_at end,
  told_at = case when known.closed_at is null then known.told_at end,
  tried_at = excluded.tried_at,
  closed_at = null
where known.closed_at is not null
  or (known.tried_at <= excluded.tried_at - interval '15 minutes'
    and (known.told_at is null or known.told_at <= excluded.tried_at - interval '24 hours'))
returning opened_at as "openedAt", told_at is not null as "wasTold"
