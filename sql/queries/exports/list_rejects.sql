-- rejects.csv: the rows that are set aside on the evening of the business date; when only changes are wanted, those that
-- were set aside since the night before.
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
  and (export_run.changed_by_run is null or delivery.run_id = (
    select run_id from twe.run where run_no = export_run.changed_by_run
  ))
  and (rejected.closed_on is null or rejected.closed_on > export_run.business_date)
order by 1, 2, 3
