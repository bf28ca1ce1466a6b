-- What was paid to the OCMW $1 outside this program, as known on the evening $2: payments that name a line and have no
-- reference (rulebook 15.2). Grain: one line of one day.
select paid_on, weo_id, component, month, sum(cents)::bigint as cents
from (
  select distinct on (payment_id) *
  from twe.payment_version
  where payment_id in (select payment_id from twe.payment_version where ocmw_id = $1)
    and registered_on <= $2 and counted_on <= $2
  order by payment_id, registered_at desc, delivery_id desc, line desc
) present
where not withdrawn and ocmw_id = $1 and reference is null and weo_id is not null and component is not null
  and month is not null
group by paid_on, weo_id, component, month
having sum(cents) <> 0
order by paid_on, weo_id, component, month
