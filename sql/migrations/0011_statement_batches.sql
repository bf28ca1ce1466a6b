-- Why: the payment notes of a batch stand in the statement about the month of its approval. An approval that is recorded
-- after that statement was made, or counts from an earlier day, would stand in none: so it is remembered which do.
create table twe.statement_batch (
  batch_no integer primary key references twe.batch (batch_no),
  -- first day of the month of the statement; null: approved before statements were made for the first time
  month date check (extract(day from month) = 1)
);

-- The month that a statement made on a day is about: the last one that is over on its evening.
create function twe.statement_month(made_on date) returns date immutable language sql as $$
  select (date_trunc('month', made_on + 1) - interval '1 month')::date
$$;

-- What the statements of before hold: what was decided when they were made.
insert into twe.statement_batch (batch_no, month)
select
  d.batch_no,
  min(twe.statement_month(r.business_date))
    filter (where twe.statement_month(r.business_date) = date_trunc('month', d.decided_on)::date)
from twe.batch_decision d
join twe.run r on r.finished_at > d.decided_at
where d.decision = 'APPROVED' and r.job = 'monthly-statement' and r.state = 'DONE'
  and twe.statement_month(r.business_date) >= date_trunc('month', d.decided_on)::date
group by d.batch_no;
