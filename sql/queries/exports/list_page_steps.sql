-- What the steps of the runs of the business date counted. Grain: run and step.
select step.run_id as "runId", step.step, step.counts - 'findings' as counts
from twe.run_step as step
join twe.run using (run_id)
join export_run using (business_date)
order by step.run_id, step.step
