-- Why: a batch orders what was earned up to its run day; a later month cannot have been earned. (What was imported for a
-- later month may be taken back: nothing is due there.)
select b.batch_id, line.last_month
from (select batch_no, max(month) as last_month from twe.batch_line where due_cents <> 0 group by batch_no) line
join twe.batch b using (batch_no)
where line.last_month > extract(year from b.run_day) * 12 + extract(month from b.run_day) - 1
