-- Batches chosen for the statements of another month than the one that begins on $1, which then were never finished.
delete from twe.statement_batch chosen
where month <> $1::date
  and not exists (
    select from twe.run
    where job = 'monthly-statement' and state = 'DONE' and twe.statement_month(business_date) = chosen.month)
