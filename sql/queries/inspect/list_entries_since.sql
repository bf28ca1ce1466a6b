-- The ledger entries of the WEOs $2 that nights after the evening $1 appended, in order. Grain: entry. ocmw_id: who is paid for
-- it (temporary table payee); seen_on: the night that they are compared with, null for the first one; overrides: what the
-- configuration changed in the law of the night and in that of the one before (null when it was not kept).
with accrual as (
  select
    run.run_no, run.run_id, run.business_date, run.law_digest,
    lag(run.business_date) over night as seen_on,
    lag(run.law_digest) over night as seen_digest
  from twe.run
  join twe.run_step as step using (run_id)
  where step.step = 'measure-and-accrue'
  window night as (order by run.business_date, step.finished_at)
)
select
  coalesce(payee.payee_id, entry.ocmw_id) as ocmw_id,
  entry.weo_id, entry.component, entry.first_month, entry.last_month, entry.cents, entry.reason,
  accrual.business_date as night, accrual.seen_on,
  law.overrides, seen_law.overrides as seen_overrides
from twe.ledger_entry as entry
join accrual using (run_no)
left join payee on payee.ocmw_id = entry.ocmw_id
left join twe.law as law on law.law_digest = accrual.law_digest
left join twe.law as seen_law on seen_law.law_digest = accrual.seen_digest
where accrual.business_date > $1::date
  and entry.weo_id = any ($2::text[])
order by entry.entry_no
