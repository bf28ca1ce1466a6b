-- A second computation of what is due on the evening :evening, in plain SQL over the versions of the records, with the
-- default policies. Written from the rules alone: set-based, no part of it is shared with the program. Only which final
-- settlement froze a measurement, and when, is taken from the program; the frozen outcome is computed again.
-- Fills the temporary table second_due: ocmw_id, weo_id, component, month (its first day), cents; and second_outcome.
-- :ordinary_cents, :increased_cents: monthly amounts of the allowances.

drop table if exists second_due, second_outcome, second_client, second_agreement, second_contract, second_category,
  second_allowance_month;

create temporary table second_outcome as
with recursive agreement_version as (
  select v.*
  from twe.weo_version v
  where v.registered_on <= :evening and v.counted_on <= :evening
),
agreement as (
  select distinct on (weo_id) weo_id, person_id, coalesce(end_date, 'infinity') as end_date, withdrawn
  from agreement_version
  order by weo_id, registered_at desc, delivery_id desc, line desc
),
-- 4.1: measurement 1 on the day after the end, measurement 2 three months after measurement 1
measurement as (
  select weo_id, person_id, end_date, 1 as measurement, end_date + 1 as measured_on
  from agreement
  where not withdrawn and end_date < :evening
  union all
  select weo_id, person_id, end_date, 2, ((end_date + 1) + interval '3 months')::date
  from agreement
  where not withdrawn and end_date < :evening and (end_date + 1) + interval '3 months' <= :evening
),
-- 4.3: the first final settlement freezes what its evening knew, until the end of the agreement moves or a decision comes,
-- changes or is withdrawn
frozen as (
  select z.weo_id, m.measurement, max(z.frozen_on) as frozen_on
  from twe.measurement_freeze z
  join measurement m using (weo_id)
  where z.weo_end = m.end_date
    and z.batch_no not in (select batch_no from twe.batch_decision where decision = 'REJECTED')
    and not exists (
      select
      from agreement_version moved
      where moved.weo_id = z.weo_id
        and not moved.withdrawn
        and greatest(moved.registered_on, moved.counted_on) > z.frozen_on
        and coalesce(moved.end_date, 'infinity') <> z.weo_end
    )
    and not exists (
      select
      from twe.decision_version told
      where told.weo_id = z.weo_id
        and told.measurement = m.measurement
        and told.registered_on <= :evening
        and told.counted_on <= :evening
        and greatest(told.registered_on, told.counted_on) > z.frozen_on
    )
  group by z.weo_id, m.measurement
),
knowing as (
  select m.*, coalesce(f.frozen_on, :evening) as known_until, f.frozen_on is not null as is_frozen
  from measurement m
  left join frozen f using (weo_id, measurement)
),
moment as (
  select distinct known_until from knowing
),
replacement as (
  select known_until, person_id, replaced_by_person_id
  from (
    select distinct on (known_until, person_id) known_until, person_id, replaced_by_person_id, withdrawn
    from moment
    join twe.replacement_version on registered_on <= known_until and counted_on <= known_until
    order by known_until, person_id, registered_at desc, delivery_id desc, line desc
  ) latest
  where not withdrawn
),
-- each number with the number that stands in the end (10: circles do not occur in what this is used for)
walk as (
  select known_until, person_id, replaced_by_person_id as client_id, 1 as steps from replacement
  union all
  select w.known_until, w.person_id, r.replaced_by_person_id, w.steps + 1
  from walk w
  join replacement r on r.known_until = w.known_until and r.person_id = w.client_id
  where w.steps < 10
),
client as (
  select distinct on (known_until, person_id) known_until, person_id, client_id
  from walk
  order by known_until, person_id, steps desc
),
job as (
  select latest.*, coalesce(c.client_id, latest.person_id) as client_id
  from (
    select distinct on (known_until, employment_id) known_until, employment_id, person_id, kind, dimona_type, start_date,
      end_date, withdrawn
    from moment
    join twe.employment_version on registered_on <= known_until and counted_on <= known_until
    order by known_until, employment_id, registered_at desc, delivery_id desc, line desc
  ) latest
  left join client c using (known_until, person_id)
  where not withdrawn
),
-- 4.2 with its defaults
by_records as (
  select
    k.weo_id, k.measurement, k.measured_on, k.end_date, k.is_frozen,
    case
      when bool_or(
        j.kind in ('AGENCY', 'ART61')
        or j.kind = 'REGULAR' and coalesce(j.dimona_type, 'OTH') in ('OTH', 'BCW', 'EXT')
      ) then 'POSITIVE'
      when bool_or(j.kind = 'SELF_EMPLOYED') then 'PENDING'
      else 'NEGATIVE'
    end as outcome
  from knowing k
  left join client c using (known_until, person_id)
  left join job j
    on j.known_until = k.known_until
    and j.client_id = coalesce(c.client_id, k.person_id)
    and k.measured_on between j.start_date and coalesce(j.end_date, 'infinity')
  group by k.weo_id, k.measurement, k.measured_on, k.end_date, k.is_frozen
),
-- 15.4: a decision holds for the end that was known when it was registered, as long as that end does not move
decision as (
  select distinct on (d.weo_id, d.measurement) d.weo_id, d.measurement, d.outcome
  from (
    select distinct on (decision_id) *
    from twe.decision_version
    where registered_on <= :evening and counted_on <= :evening
    order by decision_id, registered_at desc, delivery_id desc, line desc
  ) d
  join by_records r using (weo_id, measurement)
  where not d.withdrawn
    and r.end_date = (
      select v.end_date
      from agreement_version v
      where v.weo_id = d.weo_id and not v.withdrawn and v.registered_at <= d.registered_at
      order by v.registered_at desc, v.delivery_id desc, v.line desc
      limit 1
    )
    and not exists (
      select
      from agreement_version moved
      where moved.weo_id = d.weo_id
        and not moved.withdrawn
        and moved.registered_at > d.registered_at
        and moved.end_date is distinct from r.end_date
    )
  order by d.weo_id, d.measurement, d.registered_at desc, d.delivery_id desc, d.line desc
)
select r.weo_id, r.measurement, r.measured_on, coalesce(d.outcome, r.outcome) as outcome, r.is_frozen
from by_records r
left join decision d using (weo_id, measurement);

-- Persons whose number was replaced, with the one that stands in the end.
create temporary table second_client as
with recursive replacement as (
  select person_id, replaced_by_person_id
  from (
    select distinct on (person_id) *
    from twe.replacement_version
    where registered_on <= :evening and counted_on <= :evening
    order by person_id, registered_at desc, delivery_id desc, line desc
  ) latest
  where not withdrawn
),
walk as (
  select person_id, replaced_by_person_id as client_id, 1 as steps from replacement
  union all
  select w.person_id, r.replaced_by_person_id, w.steps + 1
  from walk w
  join replacement r on r.person_id = w.client_id
  where w.steps < 10
)
select distinct on (person_id) person_id, client_id from walk order by person_id, steps desc;

-- Agreements that count: not withdrawn, not held.
create temporary table second_agreement as
with recursive latest_agreement as (
  select distinct on (weo_id) weo_id, ocmw_id, person_id, start_date, coalesce(end_date, 'infinity') as end_date,
    extended_for_rights, withdrawn
  from twe.weo_version
  where registered_on <= :evening and counted_on <= :evening
  order by weo_id, registered_at desc, delivery_id desc, line desc
),
first_version as (
  select distinct on (weo_id) weo_id, registered_at, delivery_id, line
  from twe.weo_version
  where registered_on <= :evening and counted_on <= :evening
  order by weo_id, registered_at, delivery_id, line
),
ranked as (
  select
    a.*, coalesce(c.client_id, a.person_id) as client_id,
    row_number() over (
      partition by coalesce(c.client_id, a.person_id) order by f.registered_at, f.delivery_id, f.line
    ) as place
  from latest_agreement a
  join first_version f using (weo_id)
  left join second_client c using (person_id)
  where not a.withdrawn
),
-- E-WEO-OVERLAP: one after the other as they were registered; one that touches what counts already is held
overlap as (
  select client_id, place, weo_id, true as counts, datemultirange(daterange(start_date, end_date, '[]')) as taken
  from ranked
  where place = 1
  union all
  select
    r.client_id, r.place, r.weo_id, not o.taken && daterange(r.start_date, r.end_date, '[]'),
    case
      when o.taken && daterange(r.start_date, r.end_date, '[]') then o.taken
      else o.taken + datemultirange(daterange(r.start_date, r.end_date, '[]'))
    end
  from overlap o
  join ranked r on r.client_id = o.client_id and r.place = o.place + 1
)
select r.*
from ranked r
join overlap o using (weo_id)
where o.counts;

create temporary table second_contract as
with latest_employment as (
  select distinct on (employment_id) *
  from twe.employment_version
  where registered_on <= :evening and counted_on <= :evening
  order by employment_id, registered_at desc, delivery_id desc, line desc
),
contract as (
  select
    e.employment_id, e.weo_id, e.start_date, coalesce(e.end_date, 'infinity') as end_date, e.nova_prima_ref,
    coalesce(e.social_economy, false) and coalesce(e.increased_requested, false) as asks_increased,
    -- R-TR-3
    e.start_date < '2017-01-01' and coalesce(e.end_date, 'infinity') >= '2019-01-01' and a.start_date = '2019-01-01'
      as is_transitional,
    a.ocmw_id, a.start_date as weo_start
  from latest_employment e
  join second_agreement a using (weo_id)
  where e.kind = 'ART60' and not e.withdrawn
)
select *
from contract
-- E-A60-BEFORE-WEO
where start_date >= weo_start or is_transitional;
create index on second_contract (weo_id);
analyze second_contract;

create temporary table second_category as
select coalesce(c.client_id, v.person_id) as client_id, v.code, v.from_date, coalesce(v.to_date, 'infinity') as to_date,
  v.registered_at, v.delivery_id, v.line
from (
  select distinct on (category_id) *
  from twe.category_version
  where registered_on <= :evening and counted_on <= :evening
  order by category_id, registered_at desc, delivery_id desc, line desc
) v
left join second_client c using (person_id)
where not v.withdrawn;
create index on second_category (client_id);
analyze second_category;

-- 3.5: months of contracts that were requested, in the order in which a budget is used.
create temporary table second_allowance_month as
with contract_month as (
  select
    c.ocmw_id, c.weo_id, c.employment_id, c.asks_increased, month::date as month,
    (
      least(c.end_date, (month + interval '1 month' - interval '1 day')::date)
        - greatest(c.start_date, month::date, case when c.is_transitional then date '2019-01-01' end) + 1
    )::numeric / extract(day from month + interval '1 month' - interval '1 day') as part,
    row_number() over (partition by c.ocmw_id, c.asks_increased order by month, c.start_date, c.employment_id) as place
  from second_contract c
  cross join lateral generate_series(
    date_trunc('month', case when c.is_transitional then date '2019-01-01' else c.start_date end::timestamp),
    least(c.end_date, :evening)::timestamp, interval '1 month'
  ) as month
  where c.nova_prima_ref is not null
    and month + interval '1 month' - interval '1 day' <= :evening
),
budget as (
  select ocmw_id, year, sum(fixed_cents + flexible_cents) as cents
  from (
    select distinct on (budget_id) *
    from twe.budget_version
    where registered_on <= :evening and counted_on <= :evening
    order by budget_id, registered_at desc, delivery_id desc, line desc
  ) latest
  where not withdrawn
  group by ocmw_id, year
)
select m.*, round(m.part * :increased_cents)::bigint as increased_cents, b.cents as budget_cents
from contract_month m
left join budget b on b.ocmw_id = m.ocmw_id and b.year = extract(year from m.month);
create index on second_allowance_month (ocmw_id, place);
analyze second_allowance_month;

create temporary table second_due as
with recursive standing as (
  select
    a.weo_id,
    coalesce(min(c.start_date) <= a.start_date + interval '2 months', false) as timely,
    count(c.employment_id) = 0 and :evening <= a.start_date + interval '2 months' as pending
  from second_agreement a
  left join second_contract c using (weo_id)
  group by a.weo_id, a.start_date
),
-- R-M-1: months on whose last day the agreement runs
active as (
  select
    a.*, month::date as month, (month + interval '1 month' - interval '1 day')::date as last_day,
    row_number() over (partition by a.weo_id order by month) as seq
  from second_agreement a
  cross join lateral generate_series(
    date_trunc('month', a.start_date::timestamp), least(a.end_date, :evening)::timestamp, interval '1 month'
  ) as month
  where month + interval '1 month' - interval '1 day' <= least(a.end_date, :evening)
),
looked_at as (
  select
    m.*, s.timely, s.pending,
    exists (
      select from second_contract c where c.weo_id = m.weo_id and m.last_day between c.start_date and c.end_date
    ) as on60,
    (
      select k.code
      from second_category k
      where k.client_id = m.client_id and m.last_day between k.from_date and k.to_date
      order by k.from_date desc, k.registered_at desc, k.delivery_id desc, k.line desc
      limit 1
    ) as category
  from active m
  join standing s using (weo_id)
),
tested as (
  select
    *, (timely or pending) and (not on60 or coalesce(category in ('90', '93'), false)) as payable,
    seq > 24 and coalesce(extended_for_rights, true) and last_day >= '2019-01-01' as past_24
  from looked_at
),
monthly as (
  select ocmw_id, weo_id, 'EFF' as component, month, 25000 as cents from tested where payable and seq <= 24
  union all
  select ocmw_id, weo_id, 'C1', month, 15000 from tested where payable and on60 and (seq <= 24 or past_24)
  union all
  select ocmw_id, weo_id, 'C2', month, 4500
  from tested
  where payable and on60 and (seq <= 24 or past_24) and end_date <= :evening
  union all
  select ocmw_id, weo_id, 'C3', month, 25000 from tested where payable and on60 and past_24
),
result as (
  select
    a.ocmw_id, a.weo_id, 'M' || o.measurement as component,
    date_trunc('month', o.measured_on::timestamp)::date as month, case o.measurement when 1 then 30000 else 60000 end as cents
  from second_outcome o
  join second_agreement a using (weo_id)
  join standing s using (weo_id)
  where o.outcome = 'POSITIVE' and s.timely
),
-- One asked month after the other per OCMW. grants: months granted so far for each agreement; used: of the budget this year.
granting as (
  select ocmw_id, 0::bigint as place, null::text collate "C" as employment_id, null::date as month, false as granted,
    jsonb '{}' as grants, 0::numeric as used
  from (select distinct ocmw_id from second_allowance_month where asks_increased) each_ocmw
  union all
  select
    a.ocmw_id, a.place, a.employment_id, a.month, d.granted,
    case
      when d.granted and not d.granted_this_month
        then g.grants || jsonb_build_object(a.weo_id, coalesce(g.grants -> a.weo_id, '[]') || to_jsonb(a.month))
      else g.grants
    end,
    d.used + case when d.granted then a.increased_cents else 0 end
  from granting g
  join second_allowance_month a on a.ocmw_id = g.ocmw_id and a.place = g.place + 1
    and a.asks_increased
  cross join lateral (
    select
      coalesce(g.grants -> a.weo_id, '[]') @> to_jsonb(a.month) as granted_this_month,
      case when date_trunc('year', g.month::timestamp) = date_trunc('year', a.month::timestamp) then g.used else 0 end as used
  ) before
  cross join lateral (
    select
      before.granted_this_month, before.used,
      (before.granted_this_month or jsonb_array_length(coalesce(g.grants -> a.weo_id, '[]')) < 12)
        and (a.budget_cents is null or before.used + a.increased_cents <= a.budget_cents) as granted
  ) d
),
allowance as (
  select
    m.ocmw_id, m.weo_id, case when coalesce(g.granted, false) then 'INC' else 'ORD' end as component, m.month,
    round(m.part * case when coalesce(g.granted, false) then :increased_cents else :ordinary_cents end)::bigint as cents
  from second_allowance_month m
  left join granting g using (ocmw_id, employment_id, month)
)
select ocmw_id, weo_id, component, month, sum(cents)::bigint as cents
from (
  select * from monthly
  union all
  select * from result
  union all
  select * from allowance
) due
group by ocmw_id, weo_id, component, month
having sum(cents) <> 0;
