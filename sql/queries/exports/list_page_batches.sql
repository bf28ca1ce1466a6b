-- The batches that concern the evening of the business date, newest first: booked or decided on that day, waiting for a
-- decision, or shown by this export. Grain: batch. decision: null while none is taken up to that day. "payCents",
-- "claimCents": payments and claims without the OCMWs held out of the batch.
select
  batch.batch_id as "batchId",
  batch.job,
  batch.period,
  batch.run_day::text as "runDay",
  booked.business_date = export_run.business_date as "bookedTonight",
  export_batch.batch_no is not null as "isShown",
  decision.decision,
  claims.pay_count::integer as "payCount",
  claims.pay_cents::bigint as "payCents",
  claims.claim_count::integer as "claimCount",
  claims.claim_cents::bigint as "claimCents"
from twe.batch
cross join export_run
left join export_batch using (batch_no)
left join twe.run as booked on booked.run_id = batch.booked_run_id
left join twe.batch_decision as decision
  on decision.batch_no = batch.batch_no and decision.decided_on <= export_run.business_date
cross join lateral (
  select
    count(*) filter (where direction = 'PAY') as pay_count,
    coalesce(sum(cents) filter (where direction = 'PAY'), 0) as pay_cents,
    count(*) filter (where direction = 'CLAIM') as claim_count,
    coalesce(sum(cents) filter (where direction = 'CLAIM'), 0) as claim_cents
  from twe.standing_batch_claim as claim
  where claim.batch_no = batch.batch_no
) as claims
where batch.run_day <= export_run.business_date
  and (
    export_batch.batch_no is not null
    or booked.business_date = export_run.business_date
    or decision.decision is null
    or decision.decided_on = export_run.business_date
  )
order by batch.run_day desc, batch.batch_id
