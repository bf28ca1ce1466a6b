-- Why: measurement 1 falls on the day after the end (R-LC-10), measurement 2 later; when the end moves, or the agreement is
-- opened again or withdrawn, they are voided (rulebook 4.3).
with
-- night: touched as materialized (
-- night:   select weo_id from twe.measurement_version where version_no > :after_version
-- night:   union
-- night:   select weo_id from twe.weo_version where greatest(registered_on, counted_on) > :since
-- night: ),
accrued as (
  select max(r.business_date) as evening
  from twe.run r
  join twe.run_step s using (run_id)
  where s.step = 'measure-and-accrue'
),
latest as (
  select distinct on (weo_id, measurement) weo_id, measurement, measured_on, voided
  from twe.measurement_version
  -- night: where weo_id in (select weo_id from touched)
  order by weo_id, measurement, version_no desc
),
measured as (
  select
    weo_id, min(measured_on) filter (where measurement = 1) as first_on,
    min(measured_on) filter (where measurement = 2) as second_on
  from latest
  where not voided
  group by weo_id
),
agreement as (
  select distinct on (weo_id) weo_id, case when not withdrawn then end_date end as end_date
  from twe.weo_version
  where greatest(registered_on, counted_on) <= (select evening from accrued)
    -- night: and weo_id in (select weo_id from touched)
  order by weo_id, registered_at desc, delivery_id desc, line desc
)
select weo_id, agreement.end_date, measured.first_on, measured.second_on
from measured
left join agreement using (weo_id)
where first_on is distinct from agreement.end_date + 1
  or second_on <= first_on
