-- Payments and claims of approved batches that payment.csv has not confirmed in full by the evening $1, oldest first. Grain:
-- batch, OCMW and direction; received_cents: what came in under the reference, of the sign that was asked;
-- returned_cents: what of a payment failed or came back (its lines were released and come again).
-- Needs the tables of fill_orders.sql for that evening.
select
  batch.batch_id, batch.period, claim.ocmw_id, payee.name, claim.direction, claim.reference, claim.cents,
  decision.decided_on as approved_on, $1::date - decision.decided_on as days,
  coalesce(received.cents, 0)::bigint as received_cents, coalesce(received.returned_cents, 0)::bigint as returned_cents
from twe.standing_batch_claim claim
join twe.batch batch using (batch_no)
join twe.batch_decision decision using (batch_no)
left join payee on payee.ocmw_id = claim.ocmw_id
left join lateral (
  select
    sum(abs(p.cents)) filter (where (p.cents > 0) = (claim.direction = 'PAY')) as cents,
    sum(abs(p.cents)) filter (where (p.cents > 0) <> (claim.direction = 'PAY')) as returned_cents
  from matched_payment p
  where p.batch_no = claim.batch_no and p.ocmw_id = claim.ocmw_id and p.direction = claim.direction
) received on true
where decision.decision = 'APPROVED'
  and decision.decided_on <= $1
  and coalesce(received.returned_cents, 0) < claim.cents
  and coalesce(received.cents, 0) - coalesce(received.returned_cents, 0) <> claim.cents
order by decision.decided_on, batch.batch_no, claim.ocmw_id, claim.direction
