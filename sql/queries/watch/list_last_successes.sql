-- The last run of each job that was finished. One row for each job that ever was.
select distinct on (r.job)
  r.job,
  r.business_date as "businessDate",
  extract(epoch from r.finished_at)::double precision as "finishedAt",
  (select coalesce(sum(duration_ms), 0)::bigint from twe.run_step s where s.run_id = r.run_id) as "durationMs"
from twe.run r
where r.state = 'DONE'
order by r.job, r.business_date desc
