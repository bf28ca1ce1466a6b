-- Agreements whose art. 60 did not start in time, or does not seem to (R-LC-2): still to start within 14 days, not started
-- though the deadline passed, or started late. Those that run or ended in the last 180 days: later the final settlement
-- has taken back what there was.
with started as (
  select weo_id, min(start_date) as art60_start, bool_or(brought_in) as brought_in
  from finding_contract
  where counts
  group by weo_id
)
select
  agreement.ocmw_id, agreement.weo_id, agreement.last_timely_day, started.art60_start,
  case
    when started.art60_start > agreement.last_timely_day then 'LATE'
    when :evening > agreement.last_timely_day then 'MISSING'
    else 'NEAR'
  end as situation
from finding_agreement as agreement
left join started using (weo_id)
where agreement.end_date >= :evening - 180
  and not coalesce(started.brought_in, false)
  and (
    started.art60_start > agreement.last_timely_day
    or started.art60_start is null and agreement.start_date <= :evening and agreement.last_timely_day - :evening <= 14
      -- an agreement that ended before its deadline is not asked to start art. 60 any more
      and (:evening > agreement.last_timely_day or agreement.end_date >= :evening)
  )
