-- The lines of batch_difference, one trajectory after the other. 0 stands for no batch.
select
  difference.ocmw_id, difference.weo_id, difference.component, difference.month, difference.cents, difference.reason,
  coalesce(difference.compared_batch, 0) as compared_batch,
  coalesce(again.batch_id, '') as again_batch
from batch_difference as difference
join export_component using (component)
left join twe.batch as again on again.batch_no = difference.again_batch
order by difference.ocmw_id, difference.weo_id, export_component.name, difference.month
