-- The versions in batch_record (fill_batch_record.sql), newest first within a record. Grain: version. known_on: the first
-- evening on which it counts. A decision made by hand stands in no file: line is null.
select
  known.weo_id, known.kind, known.record_id, known.said,
  known.registered_on, greatest(known.registered_on, known.counted_on) as known_on, known.counted_on,
  delivery.name as delivery,
  case when delivery.name not like '% by hand %' then known.line end as line
from batch_record as known
join twe.delivery as delivery using (delivery_id)
order by known.weo_id, known.kind, known.record_id, known.newness
