-- Clients without category 00 though art. 60 ended and the 8 calendar days after the day on which the right to benefit
-- begins are over (R-LC-6); not those with other work, and only contracts that ended in the last 180 days.
with ended as (
  select distinct on (agreement.weo_id)
    agreement.ocmw_id, agreement.weo_id, agreement.client_id, contract.end_date as art60_end,
    contract.end_date + 9 as due_on
  from finding_contract as contract
  join finding_agreement as agreement using (weo_id)
  where contract.counts and contract.start_date <= :evening
  order by agreement.weo_id, contract.end_date desc
)
select ocmw_id, weo_id, art60_end, due_on
from ended
where due_on < :evening
  and art60_end >= :evening - 180
  and not exists (
    select from finding_category as category
    where category.client_id = ended.client_id and category.code = '00'
      and category.from_date <= :evening and category.to_date > ended.art60_end
  )
  and not exists (
    select from finding_job as job
    where job.client_id = ended.client_id and job.start_date <= :evening and job.end_date > ended.art60_end
  )
  and not exists (
    select
    from finding_contract as next
    where next.client_id = ended.client_id and next.start_date <= :evening and next.end_date > ended.art60_end
  )
