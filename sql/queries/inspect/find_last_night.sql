-- The last finished night, of a day up to $1 when that is given: the knowledge with which a trajectory is explained. One
-- row, or none before the first night.
-- law_overrides: the keys that its configuration changed in the law; null when they were not kept.
-- facts_on: the evening of which trajectory_facts holds the knowledge; later when a night stopped after building them.
select
  run.run_id, run.business_date, run.law_digest, law.overrides as law_overrides,
  (
    select max(r.business_date)
    from twe.run_step s
    join twe.run r using (run_id)
    where s.step = 'facts'
  ) as facts_on
from twe.run
left join twe.law using (law_digest)
where run.job = 'nightly' and run.state = 'DONE' and ($1::date is null or run.business_date <= $1::date)
order by run.business_date desc
limit 1
