-- Art. 60 contracts without a Nova Prima reference: no allowance is due for them (contract section 3). Those that run or
-- ended in the last two years.
select agreement.ocmw_id, agreement.weo_id, contract.employment_id, contract.start_date
from finding_contract as contract
join finding_agreement as agreement using (weo_id)
where contract.counts
  and not contract.has_reference
  and contract.start_date <= :evening
  and contract.end_date >= :evening - 730
