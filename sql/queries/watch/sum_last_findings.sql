-- Findings of the last run that published documents, by severity. One row, none before the first one.
with published as (
  select s.run_id, r.business_date, s.counts
  from twe.run_step s
  join twe.run r using (run_id)
  where s.step = 'export'
  order by r.business_date desc, s.finished_at desc
  limit 1
)
select
  published.run_id as "runId",
  published.business_date as "businessDate",
  count(*) filter (where finding ->> 'severity' = 'ERROR')::integer as errors,
  count(*) filter (where finding ->> 'severity' = 'WARNING')::integer as warnings,
  count(*) filter (where finding ->> 'severity' = 'NOTICE')::integer as notices
from published
left join lateral jsonb_array_elements(published.counts -> 'findings') finding on true
group by published.run_id, published.business_date
