-- The lines of the batch in export_batch, one trajectory after the other, for its workbooks. first_day and last_day: the
-- WEO as known on the run day, as days since 1970 (2932896 when open). paid_cents: what payment.csv confirmed of before_cents.
-- Needs batch_before (fill_batch_document.sql).
select
  line.ocmw_id,
  line.weo_id,
  coalesce(span.first_day, 0) as first_day,
  coalesce(span.last_day, 2932896) as last_day,
  line.component,
  line.month,
  line.due_cents,
  line.before_cents,
  coalesce(before.paid_cents, 0) as paid_cents,
  line.reason
from export_batch
join twe.batch using (batch_no)
join twe.standing_batch_line as line using (batch_no)
join export_component using (component)
left join batch_before as before using (ocmw_id, weo_id, component, month)
left join lateral (
  select start_date - date '1970-01-01' as first_day, end_date - date '1970-01-01' as last_day
  from twe.weo_version as version
  where version.weo_id = line.weo_id
    and version.registered_on <= batch.run_day
    and version.counted_on <= batch.run_day
  order by version.registered_at desc, version.delivery_id desc, version.line desc
  limit 1
) as span on true
order by line.ocmw_id, line.weo_id, export_component.name, line.month, line.kind
