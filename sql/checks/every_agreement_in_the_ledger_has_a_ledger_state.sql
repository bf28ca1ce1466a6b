-- Why: without its fingerprint an agreement is taken for one that was never posted, and all its money is posted again.
select posted.weo_id
from (
  select distinct weo_id
  from twe.ledger_entry
  -- night: where entry_no > :after_entry
) posted
where not exists (select from twe.ledger_state s where s.weo_id = posted.weo_id)
