-- The three commonest reasons for which rows of a delivery ($1) were set aside, one row for each file and code, and how many
-- there are in all. Rows that only wait for what they refer to are no fault of the delivery: they come back by themselves.
select file, code, count(*)::integer as rows, (sum(count(*)) over ())::integer as all_rows
from twe.rejected_row
where delivery_id = $1 and waiting is null
group by file, code
order by count(*) desc, file, code
limit 3
