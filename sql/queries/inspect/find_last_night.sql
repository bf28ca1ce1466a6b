-- The last finished night: the knowledge with which a trajectory is explained. One row, or none before the first night.
-- facts_on: the evening of which trajectory_facts holds the knowledge; later when a night stopped after building them.
select
  run_id, business_date, law_digest,
  (
    select max(r.business_date)
    from twe.run_step s
    join twe.run r using (run_id)
    where s.step = 'facts'
  ) as facts_on
from twe.run
where job = 'nightly' and state = 'DONE'
order by business_date desc
limit 1
