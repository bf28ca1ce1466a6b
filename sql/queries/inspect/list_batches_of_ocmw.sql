-- The batches in which the OCMW $1 (null: any) has lines, oldest first. Grain: batch. By who is paid on the evening (temporary table
-- payee). held: the OCMW was held out of it; for all OCMWs how many were.
select
  batch.batch_id as "batchId",
  batch.period,
  count(*)::integer as lines,
  sum(line.cents)::bigint as cents,
  decision.decision,
  decision.decided_on as "decidedOn",
  count(distinct hold.ocmw_id)::integer as held
from twe.batch as batch
join twe.batch_line as line using (batch_no)
left join payee on payee.ocmw_id = line.ocmw_id
left join twe.batch_decision as decision using (batch_no)
left join twe.batch_hold as hold on (hold.batch_no, hold.ocmw_id) = (line.batch_no, line.ocmw_id)
where $1::text is null or coalesce(payee.payee_id, line.ocmw_id) = $1::text
group by batch.batch_no, batch.batch_id, batch.period, decision.decision, decision.decided_on
order by batch.batch_no
