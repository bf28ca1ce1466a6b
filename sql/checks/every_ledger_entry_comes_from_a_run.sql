-- Why: each euro must be followed back to the night that posted it.
select run_no, entries
from (
  select run_no, count(*) as entries
  from twe.ledger_entry
  -- night: where entry_no > :after_entry
  group by run_no
) posted
where not exists (select from twe.run r where r.run_no = posted.run_no)
