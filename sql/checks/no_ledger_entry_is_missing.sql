-- Why: entries are numbered from 1 without a gap, each night going on where the last one stopped; a gap is an entry that
-- was removed by hand.
select count(*) as entries, max(entry_no) as last_entry_no
from twe.ledger_entry
-- night: where entry_no > :after_entry
having count(*) <> coalesce(
  max(entry_no)
  -- night: - :after_entry
  , 0)
