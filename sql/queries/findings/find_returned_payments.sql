-- Payments of an approved batch that failed or came back and whose lines were not taken up by a later batch yet.
select payment.ocmw_id, payment.payment_id, payment.paid_on, payment.cents, batch.batch_id
from finding_payment payment
join twe.standing_batch_claim claim
  on regexp_replace(claim.reference, '[^0-9]', '', 'g') = payment.digits and claim.ocmw_id = payment.ocmw_id
join twe.batch batch using (batch_no)
join twe.batch_decision decision using (batch_no)
where payment.cents < 0
  and claim.direction = 'PAY'
  and decision.decision = 'APPROVED'
  and decision.decided_on <= :evening
  and not exists (
    select from twe.batch later
    where later.run_day > batch.run_day and later.run_day >= payment.known_on and later.run_day <= :evening
      and later.job <> 'final-settlement'
  )
