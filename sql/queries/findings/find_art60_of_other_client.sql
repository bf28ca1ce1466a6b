-- Art. 60 contracts of another client than that of the agreement they name (rulebook 15.3); they count all the same.
select agreement.ocmw_id, agreement.weo_id, contract.employment_id, contract.start_date
from finding_contract as contract
join finding_agreement as agreement using (weo_id)
where contract.client_id <> agreement.client_id
