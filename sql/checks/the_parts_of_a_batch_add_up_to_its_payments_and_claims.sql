-- Why: payments minus claims of an OCMW are its lines, less what earlier batches left to take off, plus what this one leaves.
with claim as (
  select batch_no, ocmw_id, sum(case direction when 'PAY' then cents else -cents end) as cents
  from twe.batch_claim
  group by batch_no, ocmw_id
)
select
  batch_no, ocmw_id, claim.cents as claim_cents, part.positive_cents, part.negative_cents, part.offset_cents,
  part.carried_cents
from claim
full join twe.batch_part part using (batch_no, ocmw_id)
where part.batch_no is null
  or coalesce(claim.cents, 0)
    <> part.positive_cents + part.negative_cents + part.offset_cents - part.carried_cents
