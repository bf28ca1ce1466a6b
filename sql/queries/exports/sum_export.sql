-- What the machine files of an export must add up to, in cents, added up here in another way than they are written.
-- Grain: one row. Needs ordered_line of the evening and export_batch.
select
  (select coalesce(sum(cents::bigint * (last_month - first_month + 1)), 0) from twe.ledger_entry)::bigint as "entitlements.csv",
  (
    (select coalesce(sum(cents::bigint * (last_month - first_month + 1)), 0) from twe.ledger_entry)
    - (select coalesce(sum(ordered_cents), 0) from ordered_line)
  )::bigint as "position.csv",
  (
    select coalesce(sum(positive_cents + negative_cents), 0) from twe.standing_batch_part join export_batch using (batch_no)
  )::bigint as "batch.csv",
  (
    select coalesce(sum(abs(positive_cents + negative_cents + offset_cents - carried_cents)), 0)
    from twe.standing_batch_part
    join export_batch using (batch_no)
    -- a part with a payment and a claim of its own shows more than its balance
    where (
      select count(*) from twe.batch_claim claim
      where (claim.batch_no, claim.ocmw_id) = (standing_batch_part.batch_no, standing_batch_part.ocmw_id)
    ) < 2
  )::bigint + (
    select coalesce(sum(cents), 0)
    from twe.standing_batch_claim claim
    join export_batch using (batch_no)
    where (
      select count(*) from twe.batch_claim other
      where (other.batch_no, other.ocmw_id) = (claim.batch_no, claim.ocmw_id)
    ) > 1
  )::bigint as "claims.csv"
