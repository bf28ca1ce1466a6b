-- Everything that makes up the position, one trajectory after the other. Grain: for each trajectory one row that opens
-- it (payee, WEO, first and last day of the WEO as days since 1970), its ledger entries in order of posting, its
-- ordered lines. The months of an entry are unfolded by the reader: a fifth of the rows to sort and to send.
-- kind 0: start, end (2932896 when open); kind 1: component, first month, last month, cents, rule, reason, changed;
-- kind 2: component, month, month, ordered, paid, changed. changed is 1 for a row that is wanted for itself, 0 when only
-- changed lines are wanted and this row is there to complete the sum of its line.
select trajectory_no, 0 as kind, 0 as entry_no, coalesce(span.first_day, 0) as a,
  coalesce(span.last_day, 2932896) as b, 0 as c, 0 as d, 0 as e, 0 as f, 0 as g,
  trajectory.payee_id, trajectory.weo_id
from (select distinct trajectory_no, payee_id, weo_id from export_trajectory) as trajectory
cross join export_run
left join lateral (
  select start_date - date '1970-01-01' as first_day, end_date - date '1970-01-01' as last_day
  from twe.weo_version as version
  where version.weo_id = trajectory.weo_id
    and version.registered_on <= export_run.business_date
    and version.counted_on <= export_run.business_date
  order by version.registered_at desc, version.delivery_id desc, version.line desc
  limit 1
) as span on true
union all
select trajectory_no, 1, entry_no, component, first_month, last_month, cents, rule, reason,
  (run_no = coalesce(changed_by_run, run_no))::integer, null, null
from twe.ledger_entry
join export_trajectory using (ocmw_id, weo_id)
cross join export_run
union all
select trajectory_no, 2, 0, component, month, month, ordered_cents, paid_cents, 0,
  (changed_by_run is null)::integer, null, null
from ordered_line
join export_trajectory using (ocmw_id, weo_id)
cross join export_run
union all
select trajectory_no, 2, 0, component, month, month, 0, 0, 0, 1, null, null
from changed_order
join export_trajectory using (ocmw_id, weo_id)
order by 1, 2, 3
