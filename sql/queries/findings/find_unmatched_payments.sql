-- Payments that match nothing and count for nothing (contract section 3), with why and with the payment or claim that could
-- be meant: of the same OCMW, the same amount, not confirmed by another payment.
with claim as (
  select
    c.batch_no, c.ocmw_id, c.direction, c.cents, c.reference, regexp_replace(c.reference, '[^0-9]', '', 'g') as digits,
    b.batch_id, b.run_day,
    exists (
      select from twe.batch_decision d
      where d.batch_no = c.batch_no and d.decision = 'APPROVED' and d.decided_on <= :evening
    ) as is_approved
  from twe.standing_batch_claim c
  join twe.batch b using (batch_no)
  where b.run_day <= :evening
),
-- several payments may add up to one amount
received as (
  select digits, ocmw_id, sign(cents) as sign, sum(cents) as cents
  from finding_payment
  where digits is not null and weo_id is null
  group by digits, ocmw_id, sign(cents)
),
judged as (
  select
    payment.*,
    case
      when payment.reference is null and (payment.weo_id is null or payment.component is null or payment.month is null)
        then 'INCOMPLETE'
      when payment.reference is null then null
      when claim.digits is null then 'UNKNOWN_REFERENCE'
      when claim.ocmw_id <> payment.ocmw_id then 'OTHER_OCMW'
      when not claim.is_approved then 'NOT_APPROVED'
      when payment.weo_id is not null and not exists (
        select from twe.batch_line line
        where line.batch_no = claim.batch_no and line.ocmw_id = claim.ocmw_id and line.weo_id = payment.weo_id
          and line.component = array_position(:components, payment.component::text) - 1
          and line.month = extract(year from payment.month) * 12 + extract(month from payment.month) - 1
      ) then 'NO_SUCH_LINE'
      when payment.weo_id is not null and claim.direction = 'PAY' and payment.cents < 0 and not exists (
        select from twe.batch_line line
        where line.batch_no = claim.batch_no and line.ocmw_id = claim.ocmw_id and line.weo_id = payment.weo_id
          and line.component = array_position(:components, payment.component::text) - 1
          and line.month = extract(year from payment.month) * 12 + extract(month from payment.month) - 1
          and line.cents = -payment.cents
      ) then 'WRONG_RETURN'
      when payment.weo_id is not null then null
      when claim.direction = 'CLAIM' and payment.cents > 0 then 'WRONG_SIGN'
      when abs(payment.cents) <> claim.cents and abs(received.cents) <> claim.cents then
        case when claim.direction = 'PAY' and payment.cents < 0 then 'WRONG_RETURN' else 'WRONG_AMOUNT' end
    end as why,
    claim.cents as claim_cents, abs(received.cents) as received_cents
  from finding_payment as payment
  left join claim on claim.digits = payment.digits
  left join received
    on received.digits = payment.digits and received.ocmw_id = payment.ocmw_id and received.sign = sign(payment.cents)
)
select
  judged.ocmw_id, coalesce(judged.weo_id, '') as weo_id, judged.payment_id, judged.paid_on, judged.cents, judged.why,
  judged.claim_cents, judged.received_cents, proposal.reference as proposed_reference, proposal.batch_id as proposed_batch
from judged
left join lateral (
  select claim.reference, claim.batch_id
  from claim
  where claim.ocmw_id = judged.ocmw_id
    and claim.cents = abs(judged.cents)
    and (claim.direction = 'CLAIM') = (judged.cents < 0)
    and claim.is_approved
    and judged.why in ('INCOMPLETE', 'UNKNOWN_REFERENCE', 'OTHER_OCMW')
    and not exists (
      select from received
      where received.digits = claim.digits and received.ocmw_id = claim.ocmw_id and abs(received.cents) = claim.cents
    )
  order by abs(claim.run_day - judged.paid_on), claim.batch_no
  limit 1
) proposal on true
where judged.why is not null
