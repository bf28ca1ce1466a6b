-- batch.csv: the lines of the batches of this export.
select
  batch.batch_id,
  line.kind,
  batch.period,
  line.ocmw_id,
  line.weo_id,
  export_component.name as component,
  (line.month / 12)::text || '-' || lpad((line.month % 12 + 1)::text, 2, '0') as month,
  line.due_cents * 0.01 as due,
  line.before_cents * 0.01 as before,
  line.cents * 0.01 as amount,
  export_reason.name as reason
from export_batch
join twe.batch using (batch_no)
join twe.standing_batch_line as line using (batch_no)
join export_component using (component)
join export_reason using (reason)
order by 1, 2, 3, 4, 5, 6, 7
