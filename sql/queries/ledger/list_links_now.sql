-- The links that a head ($1) covers, with the digests of the link before each ('' for the first of a chain) and, where few
-- rows make a link, what these rows are now.
with link as (
  select * from twe.chain_link where head_no = $1
),
batch_part as (
  select batch.first_no, part.*
  from (select distinct first_no from link where kind = 'BATCH_PART') batch
  cross join lateral twe.batch_digests(batch.first_no::integer) part
)
select
  link.ocmw_id as "ocmwId",
  link.link_no as "linkNo",
  case when link.link_no = 1 then '' else before.digest end as "digestBefore",
  case when link.link_no = 1 then '' else before.seal end as "sealBefore",
  case link.kind when 'BATCH_PART' then coalesce(batch_part.fact_count, 0) else few.row_count end as "rowCount",
  case link.kind when 'BATCH_PART' then batch_part.digest else few.rows_digest end as "rowsDigest",
  coalesce(few.circumstances, '') as circumstances
from link
left join twe.chain_link before on before.ocmw_id = link.ocmw_id and before.link_no = link.link_no - 1
left join batch_part on link.kind = 'BATCH_PART' and (batch_part.first_no, batch_part.ocmw_id) = (link.first_no, link.ocmw_id)
left join lateral twe.sealed_rows(link.kind, link.ocmw_id, link.first_no, link.last_no) few
  on link.kind in ('BATCH', 'DECISION', 'HOLD', 'DELIVERIES', 'GUARDS')
