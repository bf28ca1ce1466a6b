-- claims.csv: one payment or claim for each OCMW and batch, with name and account as valid on the run day of the batch.
select
  batch.batch_id,
  claim.ocmw_id,
  -- a spreadsheet must not take a name for a formula
  case when ocmw.name ~ '^[=+@\t\r-]' then '''' || ocmw.name else ocmw.name end as name,
  ocmw.iban,
  claim.cents * 0.01 as amount,
  claim.reference,
  claim.direction
from export_batch
join twe.batch using (batch_no)
join twe.standing_batch_claim as claim using (batch_no)
left join lateral (
  select version.name, version.iban
  from twe.ocmw_version as version
  where version.ocmw_id = claim.ocmw_id
    and version.counted_on <= batch.run_day
  order by version.valid_from > batch.run_day, abs(version.valid_from - batch.run_day),
    version.delivery_id desc, version.line desc
  limit 1
) as ocmw on true
order by 1, 2, 6, 7
