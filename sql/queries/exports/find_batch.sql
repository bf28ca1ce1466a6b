-- The batch in export_batch, with what a second person decided about it.
select batch.job, batch.period, batch.run_day as "runDay", batch_decision.decision
from export_batch
join twe.batch using (batch_no)
left join twe.batch_decision using (batch_no)
