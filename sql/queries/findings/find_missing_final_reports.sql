-- Agreements that ended without a final report (R-LC-9); those of the last year.
select ocmw_id, weo_id, end_date
from finding_agreement as agreement
where end_date < :evening
  and end_date >= :evening - 365
  and not exists (
    select from finding_evaluation as evaluation
    where evaluation.weo_id = agreement.weo_id and evaluation.kind = 'FINAL_REPORT'
  )
