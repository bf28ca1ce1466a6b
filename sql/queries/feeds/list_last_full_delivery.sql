-- The last full delivery of a source ($1) before a delivery ($2): one row for each of its files. file and rows are null
-- when only the total was kept of it.
select last.name, last.row_count as "totalRows", f.file, f.row_count as rows
from (
  select delivery_id, name, row_count
  from twe.delivery
  where state = 'TAKEN' and mode = 'full' and source = $1 and delivery_id < $2
  order by delivery_id desc
  limit 1
) last
left join twe.delivery_file f using (delivery_id)
