-- Why: what is due for a month is zero or more, so what is taken back can never be more than what was posted before.
-- Only lines that anything was ever taken back from can break it; the others are not unfolded into months.
select e.ocmw_id, e.weo_id, e.component, month, sum(e.cents) as cents
from twe.ledger_entry e
join (select distinct ocmw_id, weo_id, component from twe.ledger_entry where cents < 0) taken_back
  using (ocmw_id, weo_id, component)
cross join lateral generate_series(e.first_month, e.last_month) as month
group by e.ocmw_id, e.weo_id, e.component, month
having sum(e.cents) < 0
