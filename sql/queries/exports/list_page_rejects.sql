-- Rows set aside on the evening of the business date, commonest cause first. Grain: file, column and code. waits: of those,
-- rows whose only fault is a reference that may still be delivered; tonight: rows of deliveries of tonight.
select
  rejected.file,
  rejected.column_name as "column",
  rejected.code,
  count(*)::integer as rows,
  count(rejected.waiting)::integer as waits,
  (count(*) filter (where run.business_date = export_run.business_date))::integer as tonight
from twe.rejected_row as rejected
join twe.delivery using (delivery_id)
cross join export_run
left join twe.run using (run_id)
where delivery.counted_on <= export_run.business_date
  and (rejected.closed_on is null or rejected.closed_on > export_run.business_date)
group by rejected.file, rejected.column_name, rejected.code
order by count(*) desc, 1, 2, 3
