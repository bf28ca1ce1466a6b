-- Art. 60 contracts that start before their agreement (E-A60-BEFORE-WEO). Not limited in time: they are held until corrected.
select
  agreement.ocmw_id, agreement.weo_id, contract.employment_id, contract.start_date, agreement.start_date as weo_start,
  (
    select delivery.name || ', employment.csv line ' || version.line
    from twe.employment_version version
    join twe.delivery using (delivery_id)
    where version.employment_id = contract.employment_id and version.registered_on <= :evening and version.counted_on <= :evening
    order by version.registered_at desc, version.delivery_id desc, version.line desc
    limit 1
  ) as place
from finding_contract as contract
join finding_agreement as agreement using (weo_id)
where not contract.counts
