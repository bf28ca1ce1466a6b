-- Name of the OCMW $1 and who is paid for it now (temporary table payee of fill_payee.sql).
select
  (
    select name from twe.ocmw_version
    where ocmw_id = $1 and counted_on <= $2
    order by valid_from desc, delivery_id desc, line desc
    limit 1
  ) as name,
  payee_id, name as payee_name
from payee
where ocmw_id = $1
