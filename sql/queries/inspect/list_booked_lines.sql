-- Batch lines of the WEO $1 in batches that were booked up to the evening $2, with what was decided on the batch by then
-- (null while it waits for approval; HELD when the OCMW was held out of it). A batch may be booked by a night after its run
-- day. Grain: one line.
select
  b.batch_id, b.period, b.run_day, case when h.batch_no is null then d.decision else 'HELD' end as decision, l.kind,
  l.ocmw_id, l.component, l.month, l.due_cents, l.before_cents, l.cents, l.reason
from twe.batch_line l
join twe.batch b using (batch_no)
left join twe.run booked on booked.run_id = b.booked_run_id
left join twe.batch_decision d on d.batch_no = b.batch_no and d.decided_on <= $2
left join twe.batch_hold h on h.batch_no = l.batch_no and h.ocmw_id = l.ocmw_id and h.held_on <= $2
where l.weo_id = $1 and coalesce(booked.business_date, b.run_day) <= $2
order by b.run_day, b.batch_no, l.ocmw_id, l.kind, l.component, l.month
