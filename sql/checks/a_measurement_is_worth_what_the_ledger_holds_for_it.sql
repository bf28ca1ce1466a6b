-- Why: result financing stands in two places, beside its measurement and as money in the ledger; they must tell the same,
-- in the month of the measurement.
with
-- night: touched as materialized (
-- night:   select weo_id from twe.measurement_version where version_no > :after_version
-- night:   union
-- night:   select weo_id from twe.ledger_entry where entry_no > :after_entry
-- night: ),
latest as (
  select distinct on (weo_id, measurement) weo_id, measurement, measured_on, cents, voided
  from twe.measurement_version
  -- night: where weo_id in (select weo_id from touched)
  order by weo_id, measurement, version_no desc
),
measured as (
  select
    weo_id, measurement,
    (extract(year from measured_on) * 12 + extract(month from measured_on) - 1)::integer as month, cents
  from latest
  where not voided and cents <> 0
),
posted as (
  select e.weo_id, e.component - 3 as measurement, month, sum(e.cents) as cents
  from twe.ledger_entry e
  cross join lateral generate_series(e.first_month, e.last_month) as month
  -- 4 and 5: M1 and M2
  where e.component in (4, 5)
    -- night: and e.weo_id in (select weo_id from touched)
  group by e.weo_id, e.component, month
  having sum(e.cents) <> 0
)
select weo_id, measurement, month, measured.cents as measured_cents, posted.cents as posted_cents
from measured
full join posted using (weo_id, measurement, month)
where measured.cents is distinct from posted.cents
