-- Which batches stand in the statements about the month that begins on $1: all that were approved up to its end and stand in
-- none yet. When statements are made for the first time, what was approved in earlier months stands in none for good.
insert into twe.statement_batch (batch_no, month)
select batch_no, case when decided_on >= $1::date or not is_first_time then $1::date end
from twe.batch_decision
cross join (
  select not exists (
    select from twe.run
    where job = 'monthly-statement' and state = 'DONE' and twe.statement_month(business_date) < $1::date) as is_first_time
) ever
where decision = 'APPROVED' and decided_on < $1::date + interval '1 month'
  and batch_no not in (select batch_no from twe.statement_batch)
