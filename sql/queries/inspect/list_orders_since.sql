-- The batch lines of the WEOs $3 with what happened to them up to this evening, in order of batch. Grain: batch line.
-- ocmw_id: who is paid for it (temporary table payee); night: that of the booking; counted: it counted on the evening $1, whose moment
-- was $2; counts: it counts now. ended_by, ended_on, ended_text: why it counts no more; place of the payment that came back.
-- Needs the tables of fill_orders.sql for this evening.
with line as (
  select line.*, batch.batch_id, booked.business_date as night
  from twe.batch_line as line
  join twe.batch as batch using (batch_no)
  left join twe.run as booked on booked.run_id = batch.booked_run_id
  where line.weo_id = any ($3::text[])
),
ending as (
  select
    decision.batch_no, null::text as held_id, 'REJECTED' as ended_by, decision.decided_on as ended_on,
    decision.decided_on <= $1::date and decision.decided_at <= $2::timestamptz as was_there,
    format('batch %s was rejected by %s: %s', batch.batch_id, decision.decided_by, decision.reason) as ended_text
  from twe.batch_decision as decision
  join twe.batch as batch using (batch_no)
  where decision.decision = 'REJECTED'
  union all
  select
    hold.batch_no, hold.ocmw_id, 'HELD', hold.held_on,
    hold.held_on <= $1::date and hold.held_at <= $2::timestamptz,
    format('held out of batch %s by %s: %s', batch.batch_id, hold.held_by, hold.reason)
  from twe.batch_hold as hold
  join twe.batch as batch using (batch_no)
)
select
  coalesce(payee.payee_id, line.ocmw_id) as ocmw_id,
  line.batch_id, line.weo_id, line.component, line.month, line.cents, line.night,
  line.night <= $1::date and coalesce(not ending.was_there, released.released_on is null or released.released_on > $1::date)
    as counted,
  released.batch_no is null as counts,
  case when released.batch_no is not null then coalesce(ending.ended_by, 'RETURNED') end as ended_by,
  coalesce(ending.ended_on, released.released_on) as ended_on,
  coalesce(ending.ended_text, format('the payment of batch %s failed or came back', line.batch_id)) as ended_text
from line
left join payee on payee.ocmw_id = line.ocmw_id
left join released_line as released
  on (released.batch_no, released.kind, released.ocmw_id, released.weo_id, released.component, released.month)
    = (line.batch_no, line.kind, line.ocmw_id, line.weo_id, line.component, line.month)
left join ending on ending.batch_no = line.batch_no and coalesce(ending.held_id, line.ocmw_id) = line.ocmw_id
  and released.batch_no is not null
order by line.batch_no
