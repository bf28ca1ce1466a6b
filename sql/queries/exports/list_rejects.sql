-- rejects.csv: the rows that are set aside on the evening of the business date.
select
  delivery.name as delivery,
  rejected.file,
  rejected.line,
  nullif(rejected.column_name, '') as "column",
  rejected.code,
  rejected.message,
  nullif(rejected.raw, '') as raw
from twe.rejected_row as rejected
join twe.delivery using (delivery_id)
cross join export_run
where delivery.counted_on <= export_run.business_date
  and (rejected.closed_on is null or rejected.closed_on > export_run.business_date)
order by 1, 2, 3
