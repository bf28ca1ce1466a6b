-- Claims of approved batches that are not paid in full 30 days after their approval.
select claim.ocmw_id, claim.reference, claim.cents, batch.batch_id, :evening - decision.decided_on as days
from twe.standing_batch_claim claim
join twe.batch batch using (batch_no)
join twe.batch_decision decision using (batch_no)
where claim.direction = 'CLAIM'
  and decision.decision = 'APPROVED'
  and :evening - decision.decided_on > 30
  and coalesce((
    select -sum(payment.cents)
    from finding_payment payment
    where payment.digits = regexp_replace(claim.reference, '[^0-9]', '', 'g') and payment.ocmw_id = claim.ocmw_id
      and payment.cents < 0 and payment.weo_id is null
  ), 0) < claim.cents
  -- or line by line
  and coalesce((
    select -sum(payment.cents)
    from finding_payment payment
    where payment.digits = regexp_replace(claim.reference, '[^0-9]', '', 'g') and payment.ocmw_id = claim.ocmw_id
      and payment.weo_id is not null
  ), 0) < claim.cents
