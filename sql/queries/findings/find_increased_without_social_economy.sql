-- Art. 60 contracts that ask the increased allowance and are in no social economy initiative: they get the ordinary one (R-I-1).
-- Those that run or ended in the last two years.
select agreement.ocmw_id, agreement.weo_id, contract.employment_id, contract.start_date
from finding_contract as contract
join finding_agreement as agreement using (weo_id)
where contract.counts
  and contract.asks_without_social_economy
  and contract.start_date <= :evening
  and contract.end_date >= :evening - 730
