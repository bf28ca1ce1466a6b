-- What batch $1 pays once it is approved: one row for each OCMW that is not held out of it, with name and account as valid
-- on the run day of the batch, as claims.csv shows them (list_claims.sql). Without an account on that day: the first one that
-- was delivered later, and when (knownOn). No row while it is not approved.
select
  batch.period,
  decision.decided_on as "decidedOn",
  claim.ocmw_id as "ocmwId",
  coalesce(ocmw.name, '') as name,
  coalesce(ocmw.iban, later.iban) as iban,
  case when ocmw.iban is null then later.known_on end as "knownOn",
  claim.cents,
  claim.reference
from twe.batch
join twe.batch_decision as decision using (batch_no)
join twe.standing_batch_claim as claim using (batch_no)
left join lateral (
  select version.name, version.iban
  from twe.ocmw_version as version
  where version.ocmw_id = claim.ocmw_id
    and version.counted_on <= batch.run_day
  order by version.valid_from > batch.run_day, abs(version.valid_from - batch.run_day),
    version.delivery_id desc, version.line desc
  limit 1
) as ocmw on true
left join lateral (
  select version.iban, version.counted_on as known_on
  from twe.ocmw_version as version
  where version.ocmw_id = claim.ocmw_id
    and version.counted_on > batch.run_day
    and version.iban is not null
  order by version.counted_on, version.delivery_id desc, version.line desc
  limit 1
) as later on true
where batch.batch_id = $1
  and decision.decision = 'APPROVED'
  and claim.direction = 'PAY'
  and claim.cents > 0
order by claim.ocmw_id
