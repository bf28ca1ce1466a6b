-- The OCMW $1 as known on the evening $2, with all OCMWs that are paid through it on the day for which the temporary table
-- payee was filled (fill_payee.sql). No row when it is not known.
select
  (
    select o.name from twe.ocmw_version o
    where o.ocmw_id = $1 and o.counted_on <= $2
    order by o.valid_from desc, o.delivery_id desc, o.line desc
    limit 1
  ) as name,
  payee.payee_id,
  (select array_agg(each.ocmw_id order by each.ocmw_id) from payee each where each.payee_id = $1) as paid_through
from payee
where payee.ocmw_id = $1
