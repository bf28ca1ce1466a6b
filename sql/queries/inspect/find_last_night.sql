-- The last finished night: the knowledge with which a trajectory is explained. One row, or none before the first night.
select run_id, business_date, law_digest
from twe.run
where job = 'nightly' and state = 'DONE'
order by business_date desc
limit 1
