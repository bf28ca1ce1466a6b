-- What changed in what is due since the night of statement_since (the evening of the last day of the month before). Grain:
-- payee, WEO, component, month whose amount is another now; by who is paid today. reason: of the newest entry that moved the
-- amount the way it went. Needs the tables of prepareExport.
with entry as (
  select
    trajectory.payee_id, entry.weo_id, entry.component, entry.first_month, entry.last_month, entry.cents, entry.reason,
    entry.entry_no, run.business_date > statement_since.day as is_new
  from twe.ledger_entry as entry
  join export_trajectory as trajectory using (ocmw_id, weo_id)
  join twe.run using (run_no)
  cross join statement_since
),
touched as (
  select distinct payee_id, weo_id, component from entry where is_new
),
line as (
  select
    entry.payee_id, entry.weo_id, entry.component, month,
    coalesce(sum(entry.cents) filter (where not entry.is_new), 0)::bigint as before_cents,
    sum(entry.cents)::bigint as now_cents,
    (array_agg(entry.reason order by entry.entry_no desc) filter (where entry.is_new and entry.cents > 0))[1] as given,
    (array_agg(entry.reason order by entry.entry_no desc) filter (where entry.is_new and entry.cents < 0))[1] as taken
  from touched
  join entry using (payee_id, weo_id, component)
  cross join lateral generate_series(entry.first_month, entry.last_month) as month
  group by entry.payee_id, entry.weo_id, entry.component, month
)
select
  payee_id, weo_id, component, month, before_cents, now_cents,
  case when now_cents > before_cents then coalesce(given, taken) else coalesce(taken, given) end as reason
from line
where before_cents <> now_cents
order by payee_id, weo_id, component, month
