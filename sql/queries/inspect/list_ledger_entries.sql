-- Ledger entries of the WEO $1 that runs up to the evening $2 posted, in order of posting.
select
  e.entry_no, r.run_id, e.ocmw_id, e.component, e.first_month, e.last_month, e.cents, e.rule, e.reason
from twe.ledger_entry e
join twe.run r using (run_no)
where e.weo_id = $1 and r.business_date <= $2
order by e.entry_no
