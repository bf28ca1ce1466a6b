-- Why: a batch is booked and decided with what was known up to its cut-off, so it can be computed again at any time.
select b.batch_id, b.run_day, b.registered_until, b.delivered_until, d.decision, d.decided_on
from twe.batch b
left join twe.batch_decision d using (batch_no)
where b.registered_until > b.run_day
  or b.delivered_until > b.run_day
  or d.decided_on < b.run_day
