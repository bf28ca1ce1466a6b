-- Fills client_state: one row for each client that was not removed, with the last day on which anything was to be done or
-- came to be known of him, and why he cannot go whatever that day (null when nothing stands in the way). All numbers that
-- lead to one another are one client. client_number and client_agreement say which numbers and WEOs are whose.
-- :evening: as known then. :grace_days: `m.grace_days`. Needs ordered_line and line_direction of that evening, and open_claim.

drop table if exists client_number, client_agreement, client_state;

create temporary table client_number on commit drop as
with recursive edge (one, other) as (
  select person_id, replaced_by_person_id from twe.replacement_version
  union
  select replaced_by_person_id, person_id from twe.replacement_version
),
reach (person_id, reached) as (
  select one, one from edge
  union
  select reach.person_id, edge.other from reach join edge on edge.one = reach.reached
)
select i.person_id, coalesce(linked.client_no, i.person_id) as client_no
from twe.identity i
left join (select person_id, min(reached) as client_no from reach group by person_id) linked using (person_id)
where i.removed_on is null;
create index on client_number (person_id);
analyze client_number;

create temporary table client_agreement on commit drop as
select distinct v.weo_id, n.client_no
from twe.weo_version v
join client_number n using (person_id);
create index on client_agreement (weo_id);
analyze client_agreement;

create temporary table client_state on commit drop as
with agreement as (
  select distinct on (weo_id) *
  from twe.weo_version
  order by weo_id, registered_at desc, delivery_id desc, line desc
),
contract as (
  select *
  from (
    select distinct on (employment_id) *
    from twe.employment_version
    order by employment_id, registered_at desc, delivery_id desc, line desc
  ) present
  where kind = 'ART60' and not withdrawn
),
measured as (
  select distinct on (weo_id, measurement) weo_id, outcome = 'PENDING' and not voided as is_pending
  from twe.measurement_version
  order by weo_id, measurement, version_no desc
),
-- what is known by the number
of_number (person_id, last_day, kept_for) as (
  select person_id, max(greatest(registered_on, counted_on)), null from twe.weo_version group by person_id
  union all
  select person_id, max(greatest(registered_on, counted_on)), null from twe.employment_version group by person_id
  union all
  select person_id, max(greatest(registered_on, counted_on)), null from twe.category_version group by person_id
  union all
  select person_id, max(greatest(registered_on, counted_on)), null from twe.replacement_version group by person_id
  union all
  select e.person_id, max(greatest(w.registered_on, w.counted_on)), null
  from twe.wage_version w
  join twe.employment_version e using (employment_id)
  group by e.person_id
  union all
  select (waiting ->> 'person_id')::bigint, max(counted_on), null
  from twe.rejected_row
  join twe.delivery using (delivery_id)
  where closed_on is null and waiting ? 'person_id'
  group by 1
  union all
  select person_id, end_date, case when end_date is null then 'OPEN' end from contract
),
-- what is known by the agreement
of_agreement (weo_id, last_day, kept_for) as (
  -- the second measurement comes three months after the first, each as late as is allowed
  select
    weo_id,
    case when not withdrawn then (end_date + interval '3 months')::date + 1 + 2 * :grace_days end,
    case when not withdrawn and end_date is null then 'OPEN' end
  from agreement
  union all
  select weo_id, end_date, case when end_date is null then 'OPEN' end from contract
  union all
  select weo_id, max(greatest(registered_on, counted_on)), null from twe.evaluation_version group by weo_id
  union all
  select weo_id, max(greatest(registered_on, counted_on)), null from twe.decision_version group by weo_id
  union all
  select weo_id, max(greatest(registered_on, counted_on, paid_on)), null
  from twe.payment_version
  where weo_id is not null
  group by weo_id
  union all
  select weo_id, max(business_date), null from twe.ledger_entry join twe.run using (run_no) group by weo_id
  union all
  select weo_id, max(business_date), null from twe.measurement_version join twe.run using (run_no) group by weo_id
  union all
  select weo_id, null, 'PENDING' from measured where is_pending
  union all
  select
    line.weo_id, greatest(batch.run_day, decision.decided_on),
    case when decision.batch_no is null then 'UNDECIDED' end
  from (select distinct batch_no, weo_id from twe.batch_line) line
  join twe.batch using (batch_no)
  left join twe.batch_decision decision using (batch_no)
  union all
  select line.weo_id, hold.held_on, 'HELD'
  from twe.open_hold hold
  join twe.batch_line line using (batch_no, ocmw_id)
  union all
  select line.weo_id, claim.approved_on, 'NOT_CONFIRMED'
  from open_claim claim
  join twe.batch using (batch_id)
  join line_direction line
    on line.batch_no = batch.batch_no and line.ocmw_id = claim.ocmw_id and line.direction = claim.direction
)
select client_no, max(last_day) as last_day, min(kept_for) as kept_for
from (
  select client_no, null::date as last_day, null as kept_for from client_number
  union all
  select client_no, last_day, kept_for from client_number join of_number using (person_id)
  union all
  select client_no, last_day, kept_for from client_agreement join of_agreement using (weo_id)
) said
group by client_no;

-- Money is the dearest to ask for: only of those who would go.
with leaving as (
  select weo_id, client_no
  from client_state
  join client_agreement using (client_no)
  where kept_for is null and (last_day is null or last_day < :older_than)
),
due as (
  select weo_id, component, month, sum(cents) as cents
  from (select distinct weo_id from leaving) wanted
  join twe.ledger_entry using (weo_id)
  cross join generate_series(first_month, last_month) as month
  where component = any (:ordered_components)
  group by weo_id, component, month
),
ordered as (
  select weo_id, component, month, sum(ordered_cents) as cents
  from (select distinct weo_id from leaving) wanted
  join ordered_line using (weo_id)
  where component = any (:ordered_components)
  group by weo_id, component, month
)
update client_state state
set kept_for = 'NOT_ORDERED'
from (
  select distinct leaving.client_no
  from due
  full join ordered using (weo_id, component, month)
  join leaving using (weo_id)
  where coalesce(due.cents, 0) <> coalesce(ordered.cents, 0)
) open_money
where state.client_no = open_money.client_no;
