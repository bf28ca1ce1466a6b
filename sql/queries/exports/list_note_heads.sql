-- Payment notes of the batches in note_batch, without their lines: a row for each OCMW that is not held out, with name and
-- account as valid on the run day of the batch, as claims.csv shows them (list_claims.sql). Days count since 1970.
-- amounts: its payment and its claim, as JSON. In order of OCMW and batch.
select
  part.ocmw_id as "ocmwId",
  note_batch.place,
  batch.batch_id as "batchId",
  batch.job,
  batch.period,
  batch.run_day - date '1970-01-01' as "runDay",
  decision.decided_on - date '1970-01-01' as "approvedOn",
  coalesce(ocmw.name, '') as name,
  coalesce(ocmw.nis_code, '') as "nisCode",
  ocmw.iban,
  part.offset_cents as "offsetCents",
  part.carried_cents as "carriedCents",
  claim.amounts
from note_batch
join twe.batch using (batch_no)
join twe.standing_batch_part as part using (batch_no)
left join twe.batch_decision as decision using (batch_no)
left join lateral (
  select json_agg(
    json_build_object('direction', direction, 'cents', cents, 'reference', reference) order by direction desc
  ) as amounts
  from twe.standing_batch_claim as standing
  where standing.batch_no = part.batch_no
    and standing.ocmw_id = part.ocmw_id
    and standing.cents > 0
) as claim on true
left join lateral (
  select version.name, version.nis_code, version.iban
  from twe.ocmw_version as version
  where version.ocmw_id = part.ocmw_id
    and version.counted_on <= batch.run_day
  order by version.valid_from > batch.run_day, abs(version.valid_from - batch.run_day),
    version.delivery_id desc, version.line desc
  limit 1
) as ocmw on true
order by part.ocmw_id, note_batch.place
