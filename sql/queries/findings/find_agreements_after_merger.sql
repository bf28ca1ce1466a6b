-- Running agreements that are still registered at an OCMW that has ended (rulebook 11, merger).
select agreement.ocmw_id, agreement.weo_id, agreement.own_ocmw_id, ending.valid_to
from finding_agreement as agreement
join (
  select distinct on (ocmw_id) ocmw_id, valid_to
  from twe.ocmw_version
  where counted_on <= :evening and valid_from <= :evening
  order by ocmw_id, valid_from desc, delivery_id desc, line desc
) ending on ending.ocmw_id = agreement.own_ocmw_id
where ending.valid_to < :evening
  and agreement.end_date > :evening
