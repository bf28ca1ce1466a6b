-- The last finished night, with whose knowledge a simulation computes. One row, or none before the first night.
-- facts_on: the evening of which trajectory_facts holds the knowledge; later when a night stopped after building them.
-- category_versions, job_versions: the histories that trajectory_facts carries (one bit each in the counts of its step).
select
  night.run_id,
  night.business_date,
  night.law_digest,
  built.facts_on,
  coalesce(built.carried & 1 = 1, false) as category_versions,
  coalesce(built.carried & 2 = 2, false) as job_versions
from twe.run as night
left join lateral (
  select run.business_date as facts_on, (step.counts->>'carried')::integer as carried
  from twe.run_step as step
  join twe.run as run using (run_id)
  where step.step = 'facts'
  order by run.business_date desc, step.finished_at desc
  limit 1
) as built on true
where night.job = 'nightly' and night.state = 'DONE'
order by night.business_date desc
limit 1
