-- Closes what is open about a job, but not that it is late while it still is ($2). One row for each.
update twe.alert
set closed_at = $3
where job = $1 and closed_at is null and not ($2 and kind = 'JOB_LATE')
returning key, kind, job, message, opened_at as "openedAt", told_at is not null as "wasTold"
