-- The batch in export_batch added up in plain SQL, in cents, for its control sheets. nettedCents: what its payments and
-- claims come to, before what was offset with earlier or later batches.
select
  (select coalesce(sum(due_cents), 0)::bigint from twe.standing_batch_line join export_batch using (batch_no)) as "dueCents",
  (select coalesce(sum(before_cents), 0)::bigint from twe.standing_batch_line join export_batch using (batch_no))
    as "orderedCents",
  0::bigint as "paidCents",
  (select coalesce(sum(least(cents, 0)), 0)::bigint from twe.standing_batch_line join export_batch using (batch_no))
    as "reclaimCents",
  (
    select coalesce(sum(case direction when 'PAY' then cents else -cents end), 0)::bigint
    from twe.standing_batch_claim
    join export_batch using (batch_no)
  ) - (
    select coalesce(sum(offset_cents - carried_cents), 0)::bigint
    from twe.standing_batch_part
    join export_batch using (batch_no)
  ) as "nettedCents"
