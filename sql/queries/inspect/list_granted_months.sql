-- Months for which the ledger holds an allowance on the evening $2, of all WEOs of the clients whom the OCMWs $1 have or had,
-- whoever is paid for them. Grain: WEO, OCMW of the entry, component (6 ORD, 7 INC), month. person_id: the client.
with client as (
  select distinct person_id from twe.trajectory_facts where ocmw_id = any ($1)
),
entry as (
  select f.weo_id, f.person_id, e.ocmw_id, e.component, e.first_month, e.last_month, e.cents
  from twe.trajectory_facts f
  join client using (person_id)
  join twe.ledger_entry e on e.weo_id = f.weo_id and e.component in (6, 7)
  join twe.run r using (run_no)
  where r.business_date <= $2
)
select weo_id, person_id, ocmw_id, component, month, sum(cents)::bigint as cents
from entry
cross join lateral generate_series(first_month, last_month) as month
group by weo_id, person_id, ocmw_id, component, month
having sum(cents) <> 0
order by weo_id, ocmw_id, component, month
