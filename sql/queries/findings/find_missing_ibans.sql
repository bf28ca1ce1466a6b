-- OCMWs without an account number that have something to receive: a payment that was booked and is not confirmed, or else a
-- running agreement for which the next batch will pay.
with waiting as (
  select coalesce(payee.payee_id, c.ocmw_id) as ocmw_id, sum(c.cents) as cents
  from twe.standing_batch_claim c
  join twe.batch b using (batch_no)
  left join payee on payee.ocmw_id = c.ocmw_id
  where c.direction = 'PAY'
    and b.run_day <= :evening
    and not exists (select from twe.batch_decision d where d.batch_no = c.batch_no and d.decision = 'REJECTED')
    and not exists (
      select from finding_payment as payment
      where payment.digits = regexp_replace(c.reference, '[^0-9]', '', 'g') and payment.cents > 0
    )
  group by 1
),
running as (
  select ocmw_id, count(*) as agreements
  from finding_agreement
  where start_date <= :evening and end_date >= :evening
  group by ocmw_id
)
select
  payee.ocmw_id, payee.name, coalesce(waiting.cents, 0)::bigint as waiting_cents,
  coalesce(running.agreements, 0)::integer as running_agreements
from payee
left join waiting using (ocmw_id)
left join running using (ocmw_id)
where payee.payee_id = payee.ocmw_id
  and payee.iban is null
  and (waiting.cents is not null or running.agreements is not null)
