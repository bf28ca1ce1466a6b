-- Payments that look like another one under a new id: the same OCMW, amount and purpose. An opening balance counts twice
-- then, a confirmation only once. The first id is left alone.
with likeness as (
  select
    payment_id, ocmw_id, weo_id, component, month, paid_on, cents, reference,
    first_value(payment_id) over same as first_payment_id,
    row_number() over same as place
  from finding_payment
  where digits is not null or (weo_id is not null and component is not null and month is not null and cents > 0)
  window same as (
    partition by ocmw_id, digits, weo_id, component, month, cents order by payment_id
    rows between unbounded preceding and unbounded following
  )
)
select ocmw_id, coalesce(weo_id, '') as weo_id, payment_id, first_payment_id, paid_on, cents, reference is null as counts_twice
from likeness
where place > 1
