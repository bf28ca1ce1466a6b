-- The deliveries that runs of the business date took in or passed over, in order. Grain: delivery.
select
  delivery.name,
  delivery.state,
  delivery.mode,
  delivery.row_count as "rowCount",
  coalesce(files.count, 0)::integer as "fileCount",
  coalesce(files.set_aside, 0)::integer as "setAside"
from twe.delivery
join twe.run using (run_id)
join export_run using (business_date)
left join lateral (
  select count(*) as count, sum(set_aside_count) as set_aside
  from twe.delivery_file
  where delivery_file.delivery_id = delivery.delivery_id
) as files on true
order by delivery.delivery_id
