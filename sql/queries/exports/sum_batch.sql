-- The batch in export_batch added up in plain SQL, in cents, for its control sheets. Sum of the lines = payments - claims +
-- carried over - taken over from earlier batches (both 0 or negative). Needs batch_before (fill_batch_document.sql).
with line as (
  select * from export_batch join twe.standing_batch_line using (batch_no)
),
claim as (
  select * from export_batch join twe.standing_batch_claim using (batch_no)
),
part as (
  select * from export_batch join twe.standing_batch_part using (batch_no)
)
select
  (select coalesce(sum(due_cents), 0)::bigint from line) as "dueCents",
  (select coalesce(sum(before_cents), 0)::bigint from line) as "orderedCents",
  (
    select coalesce(sum(paid_cents), 0)::bigint
    from line join batch_before using (ocmw_id, weo_id, component, month)
  ) as "paidCents",
  (select coalesce(sum(least(cents, 0)), 0)::bigint from line) as "reclaimCents",
  (select coalesce(sum(cents), 0)::bigint from claim where direction = 'PAY') as "payCents",
  (select coalesce(sum(cents), 0)::bigint from claim where direction = 'CLAIM') as "claimCents",
  (select coalesce(sum(offset_cents), 0)::bigint from part) as "offsetCents",
  (select coalesce(sum(carried_cents), 0)::bigint from part) as "carriedCents"
