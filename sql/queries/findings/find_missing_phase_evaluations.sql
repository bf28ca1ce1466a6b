-- Running agreements whose art. 60 ended without an evaluation of that phase (R-LC-4): none from 30 days before its end until 30
-- days after it, nor since. The term of 30 days is our reading. Only contracts that ended in the last 180 days; later the
-- evaluation of every six months says it.
with phase as (
  select agreement.ocmw_id, agreement.weo_id, max(contract.end_date) as art60_end
  from finding_agreement as agreement
  join finding_contract as contract using (weo_id)
  where contract.counts and agreement.end_date > :evening
  group by agreement.ocmw_id, agreement.weo_id
)
select ocmw_id, weo_id, art60_end, art60_end + 30 as due_on
from phase
where art60_end between :evening - 180 and :evening - 31
  and not exists (
    select from finding_evaluation as evaluation
    where evaluation.weo_id = phase.weo_id and evaluation.evaluated_on >= phase.art60_end - 30
  )
