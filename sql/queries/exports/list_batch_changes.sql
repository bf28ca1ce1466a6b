-- Which records of the trajectories in batch_difference say something else to the batch in export_batch than to the batch
-- that a line is compared with. Grain: trajectory, compared batch, record. said and said_before are JSON; said_before is
-- '' for a record that was not known then. Without a batch to compare with: the newest version against the one before it.
-- Kinds: fill_batch_record.sql, whose table it needs.
with pair as materialized (
  select distinct weo_id, coalesce(compared_batch, 0) as compared_batch from batch_difference
),
known_before as (
  select distinct on (pair.weo_id, pair.compared_batch, known.kind, known.record_id)
    pair.weo_id, pair.compared_batch, known.kind, known.record_id, known.said, known.newness
  from pair
  join batch_record as known using (weo_id)
  left join twe.batch as compared on compared.batch_no = pair.compared_batch
  where case
    when compared.batch_no is null then known.newness = 2
    else known.registered_on <= compared.registered_until and known.counted_on <= compared.delivered_until
  end
  order by pair.weo_id, pair.compared_batch, known.kind, known.record_id, known.newness
)
select
  pair.weo_id,
  pair.compared_batch,
  newest.kind,
  newest.record_id,
  coalesce(known_before.said, '') as said_before,
  newest.said,
  newest.registered_on - date '1970-01-01' as registered_on,
  delivery.name as delivery,
  newest.counted_on - date '1970-01-01' as delivered_on
from pair
join batch_record as newest on newest.weo_id = pair.weo_id and newest.newness = 1
join twe.delivery as delivery using (delivery_id)
left join known_before
  on known_before.weo_id = pair.weo_id and known_before.compared_batch = pair.compared_batch
  and known_before.kind = newest.kind and known_before.record_id = newest.record_id
where known_before.said is distinct from newest.said
order by pair.weo_id, 2, newest.registered_at desc, newest.kind, newest.record_id
