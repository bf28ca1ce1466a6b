-- Art. 60 contracts with another employer than the OCMW of the agreement, which is always the legal employer (rulebook 1.1 and
-- 9); before or after a merger either of the two is right. Those that run or ended in the last two years.
select agreement.ocmw_id, agreement.weo_id, contract.employment_id, contract.start_date, contract.employer_id
from finding_contract as contract
join finding_agreement as agreement using (weo_id)
left join payee as employer on employer.ocmw_id = contract.employer_id
where contract.counts
  and contract.employer_id <> agreement.own_ocmw_id
  and coalesce(employer.payee_id, contract.employer_id) <> agreement.ocmw_id
  and contract.start_date <= :evening
  and contract.end_date >= :evening - 730
