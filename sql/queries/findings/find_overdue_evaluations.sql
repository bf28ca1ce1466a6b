-- Running agreements without an evaluation in the last period of six months that is over (R-LC-4); each due date counts
-- from the start, so that the end of a month does not drift.
select
  agreement.ocmw_id, agreement.weo_id, due.due_on,
  (select max(evaluated_on) from finding_evaluation as evaluation where evaluation.weo_id = agreement.weo_id)
    as last_evaluated_on
from finding_agreement as agreement
cross join lateral (
  select
    (start_date + make_interval(months => 6 * half_year))::date as due_on,
    (start_date + make_interval(months => 6 * (half_year - 1)))::date as period_from
  from generate_series(1, 40) as half_year
  where start_date + make_interval(months => 6 * half_year) < :evening
  order by half_year desc
  limit 1
) due
where agreement.end_date > :evening
  and not exists (
    select from finding_evaluation as evaluation
    where evaluation.weo_id = agreement.weo_id
      and (evaluation.evaluated_on > due.period_from or due.period_from = agreement.start_date)
  )
