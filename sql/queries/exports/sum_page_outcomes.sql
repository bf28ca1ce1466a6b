-- Outcomes of the measurements whose date has come by the business date, present versions, in two grains of one pass: by
-- measurement and quarter of the measurement date (quarter = year * 4 + quarter - 1, "ocmwId" null), and by measurement
-- and who is paid ("quarter" null). tonight...: of those, what runs of the business date stored. "tonightVoided":
-- measurements that those runs voided; in no other number.
with present as (
  select distinct on (weo_id, measurement)
    weo_id, measurement, measured_on, outcome, cents, voided, run_no
  from twe.measurement_version
  order by weo_id, measurement, version_no desc
),
tonight as (
  select run_no from twe.run join export_run using (business_date)
),
told as (
  select
    present.measurement, present.outcome, present.cents, present.voided,
    (extract(year from measured_on) * 4 + extract(quarter from measured_on) - 1)::integer as quarter,
    coalesce(payee.payee_id, facts.ocmw_id) as payee_id,
    present.run_no in (select run_no from tonight) as is_tonight
  from present
  cross join export_run
  join twe.trajectory_facts as facts using (weo_id)
  left join payee on payee.ocmw_id = facts.ocmw_id
  where present.measured_on <= export_run.business_date
)
select
  measurement,
  quarter,
  payee_id as "ocmwId",
  (count(*) filter (where not voided and outcome = 'POSITIVE'))::integer as positive,
  (count(*) filter (where not voided and outcome = 'NEGATIVE'))::integer as negative,
  (count(*) filter (where not voided and outcome = 'PENDING'))::integer as pending,
  (coalesce(sum(cents) filter (where not voided), 0))::bigint as cents,
  (count(*) filter (where not voided and is_tonight and outcome = 'POSITIVE'))::integer as "tonightPositive",
  (count(*) filter (where not voided and is_tonight and outcome = 'NEGATIVE'))::integer as "tonightNegative",
  (count(*) filter (where not voided and is_tonight and outcome = 'PENDING'))::integer as "tonightPending",
  (coalesce(sum(cents) filter (where not voided and is_tonight), 0))::bigint as "tonightCents",
  (count(*) filter (where voided and is_tonight))::integer as "tonightVoided"
from told
group by grouping sets ((measurement, quarter), (measurement, payee_id))
order by measurement, quarter nulls last, payee_id nulls first
