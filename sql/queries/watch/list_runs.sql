-- The last runs that the filters let pass (null: all), last first. One row for each run.
select
  r.run_id as "runId",
  r.job,
  r.business_date as "businessDate",
  r.state,
  r.failure,
  r.program_version as "programVersion",
  to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt",
  to_char(r.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "finishedAt",
  -- What the steps took: a run that was taken up again lay still in between.
  coalesce(s.duration_ms, 0)::bigint as "durationMs",
  coalesce(s.steps, 0)::integer as steps
from twe.run r
left join lateral (
  select sum(duration_ms) as duration_ms, count(*) as steps
  from twe.run_step
  where run_step.run_id = r.run_id
) s on true
where ($1::text is null or r.job = $1)
  and ($2::date is null or r.business_date = $2)
  and ($3::text is null or r.state = $3)
order by r.business_date desc, r.run_no desc
limit $4
