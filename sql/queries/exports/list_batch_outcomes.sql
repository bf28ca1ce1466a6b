-- What the batch in export_batch comes to for each OCMW that it has lines of: its payment or claim, what is taken off or
-- carried over, and what does not stand in it (held out, left out below the threshold). Account as valid on the run day,
-- as in claims.csv. standing: not held out.
with line_sum as (
  select ocmw_id, sum(cents)::bigint as cents, count(*) as lines
  from export_batch join twe.batch_line using (batch_no)
  group by ocmw_id
),
left_out as (
  select ocmw_id, sum(cents)::bigint as cents
  from export_batch join twe.batch_left_out using (batch_no)
  group by ocmw_id
),
concerned as (
  select ocmw_id from export_batch join twe.batch_part using (batch_no)
  union
  select ocmw_id from line_sum
  union
  select ocmw_id from left_out
)
select
  concerned.ocmw_id as "ocmwId",
  coalesce(part.positive_cents, 0)::bigint as "positiveCents",
  coalesce(part.negative_cents, 0)::bigint as "negativeCents",
  coalesce(part.offset_cents, 0)::bigint as "offsetCents",
  coalesce(part.carried_cents, 0)::bigint as "carriedCents",
  coalesce(payment.cents, 0)::bigint as "payCents",
  coalesce(payment.reference, '') as "payReference",
  coalesce(claim.cents, 0)::bigint as "claimCents",
  coalesce(claim.reference, '') as "claimReference",
  coalesce(left_out.cents, 0)::bigint as "leftOutCents",
  case when hold.ocmw_id is null then 0 else coalesce(line_sum.cents, 0) end::bigint as "heldCents",
  hold.reason as "heldReason",
  hold.held_by as "heldBy",
  hold.held_on - date '1970-01-01' as "heldOn",
  account.iban is not null as "hasIban"
from concerned
cross join export_batch
join twe.batch using (batch_no)
left join twe.standing_batch_part as part using (batch_no, ocmw_id)
left join twe.standing_batch_claim as payment
  on payment.batch_no = batch.batch_no and payment.ocmw_id = concerned.ocmw_id and payment.direction = 'PAY'
left join twe.standing_batch_claim as claim
  on claim.batch_no = batch.batch_no and claim.ocmw_id = concerned.ocmw_id and claim.direction = 'CLAIM'
left join twe.batch_hold as hold on hold.batch_no = batch.batch_no and hold.ocmw_id = concerned.ocmw_id
left join line_sum on line_sum.ocmw_id = concerned.ocmw_id
left join left_out on left_out.ocmw_id = concerned.ocmw_id
left join lateral (
  select version.iban
  from twe.ocmw_version as version
  where version.ocmw_id = concerned.ocmw_id
    and version.counted_on <= batch.run_day
  order by version.valid_from > batch.run_day, abs(version.valid_from - batch.run_day),
    version.delivery_id desc, version.line desc
  limit 1
) as account on true
order by concerned.ocmw_id
