-- Digests that were kept of the files that the run $1 wrote into the folder $2: its receipt; for a run of before there were receipts, and
-- for a batch of another run, those of the documents of the batch up to the moment $3. Grain: file.
with receipt as (
  select name, sha256 from twe.exported_file where run_id = $1 and folder = $2
),
document as (
  select distinct on (name) name, sha256
  from twe.batch_document
  join twe.batch using (batch_no)
  where batch_id = $2 and written_at <= $3::timestamptz
  order by name, document_no desc
)
select name, sha256 from receipt
union all
select name, sha256 from document where name not in (select name from receipt)
