-- Art. 60 contracts that start before their agreement (E-A60-BEFORE-WEO). Not limited in time: they are held until corrected.
select agreement.ocmw_id, agreement.weo_id, contract.employment_id, contract.start_date, agreement.start_date as weo_start
from finding_contract as contract
join finding_agreement as agreement using (weo_id)
where not contract.counts
