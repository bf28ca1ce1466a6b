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
  and case
    when payment.weo_id is null then
      -payment.cents = claim.cents or claim.cents = (
        select -sum(other.cents)
        from finding_payment other
        where other.digits = payment.digits and other.ocmw_id = payment.ocmw_id and other.weo_id is null and other.cents < 0
      )
    else exists (
      select from twe.batch_line line
      where line.batch_no = claim.batch_no and line.ocmw_id = claim.ocmw_id and line.weo_id = payment.weo_id
        and line.component = array_position(:components, payment.component::text) - 1
        and line.month = extract(year from payment.month) * 12 + extract(month from payment.month) - 1
        and line.cents = -payment.cents
    )
  end
  and not exists (
    select from twe.batch later
    where later.run_day > batch.run_day and later.run_day >= payment.known_on and later.run_day <= :evening
      and later.job <> 'final-settlement'
  )
