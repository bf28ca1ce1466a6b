-- Batches of which the documents are still needed on $1, or were until less than the term ago: no decision yet or one since
-- $1; an OCMW held and not taken up since; a payment or claim not confirmed. Needs open_claim.
select batch_id
from twe.batch
left join twe.batch_decision decision using (batch_no)
where decision.batch_no is null
  or decision.decided_on >= $1::date
  or exists (select from twe.open_hold hold where hold.batch_no = batch.batch_no)
  or exists (select from open_claim claim where claim.batch_id = batch.batch_id)
