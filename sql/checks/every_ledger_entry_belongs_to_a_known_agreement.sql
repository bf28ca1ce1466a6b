-- Why: money for an agreement that nobody delivered cannot be explained.
select posted.weo_id
from (
  select distinct weo_id
  from twe.ledger_entry
  -- night: where entry_no > :after_entry
) posted
where not exists (select from twe.weo_version v where v.weo_id = posted.weo_id)
