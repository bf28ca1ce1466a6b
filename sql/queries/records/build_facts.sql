-- Fills the temporary table built_facts: one row for each WEO that is known under the knowledge K, with everything the
-- law needs of it packed as text (form: src/records/packed.ts).
-- K (rulebook 15.1): versions registered up to :registered_until and delivered up to :delivered_until.
-- :scoped_* are empty for all trajectories, or restrict to wanted_weo, wanted_person, wanted_employment, wanted_category.
-- The other places are filled by src/records/build.ts: histories that only some policies look at.

drop table if exists built_facts, known_person, known_link, known_weo, known_weo_number, weo_link, known_employment, known_category, weo_contracts, weo_jobs,
  weo_categories, weo_category_versions, weo_decisions, weo_ends, weo_sections, weo_sections_of_several;

-- Persons whose number was replaced, with the number that stands now; a circle stops at its smallest member.
create temporary table known_person on commit drop as
with recursive present as (
  select distinct on (person_id) person_id, replaced_by_person_id, withdrawn
  from twe.replacement_version
  where registered_on <= :registered_until and counted_on <= :delivered_until
  order by person_id, registered_at desc, delivery_id desc, line desc
),
step (person_id, reached, path) as (
  select person_id, replaced_by_person_id, array[person_id, replaced_by_person_id] from present where not withdrawn
  union all
  select s.person_id, p.replaced_by_person_id, s.path || p.replaced_by_person_id
  from step s
  join present p on p.person_id = s.reached and not p.withdrawn
  where not p.replaced_by_person_id = any (s.path)
),
ending as (
  select distinct on (person_id) person_id, reached, path from step order by person_id, cardinality(path) desc
)
select
  e.person_id,
  case
    when exists (select from present p where p.person_id = e.reached and not p.withdrawn)
      then (select min(member) from unnest(e.path) member)
    else e.reached
  end as canonical_id
from ending e;
analyze known_person;

-- Since when a record under one number of a client is also one of another number (rulebook 15.6, "as known on the day"):
-- of the ways from number to number the one that was complete first. Only for policies that look back.
create temporary table known_link on commit drop as
with recursive present as (
  select distinct on (person_id) person_id, replaced_by_person_id, withdrawn
  from twe.replacement_version
  where (:carry_category_versions or :carry_job_versions)
    and registered_on <= :registered_until and counted_on <= :delivered_until
  order by person_id, registered_at desc, delivery_id desc, line desc
),
told as (
  select person_id, replaced_by_person_id, min(v.registered_on) as registered_on, min(v.counted_on) as counted_on
  from present p
  join twe.replacement_version v using (person_id, replaced_by_person_id)
  where not p.withdrawn and not v.withdrawn
    and v.registered_on <= :registered_until and v.counted_on <= :delivered_until
  group by person_id, replaced_by_person_id
),
edge as (
  select person_id as one, replaced_by_person_id as other, registered_on, counted_on from told
  union all
  select replaced_by_person_id, person_id, registered_on, counted_on from told
),
way (one, other, path, registered_on, counted_on) as (
  select one, other, array[one, other], registered_on, counted_on from edge
  union all
  select
    way.one, edge.other, way.path || edge.other, greatest(way.registered_on, edge.registered_on),
    greatest(way.counted_on, edge.counted_on)
  from way
  join edge on edge.one = way.other and edge.other <> all (way.path)
)
select distinct on (one, other) one, other, registered_on, counted_on
from way
order by one, other, greatest(registered_on, counted_on), registered_on;
create index on known_link (one);
analyze known_link;

create temporary table known_weo on commit drop as
select
  v.*,
  coalesce(p.canonical_id, v.person_id) as canonical_id,
  row_number() over (
    partition by coalesce(p.canonical_id, v.person_id)
    order by v.first_registered_at, v.first_delivery_id, v.first_line, v.weo_id
  ) as registration_rank,
  count(*) over (partition by coalesce(p.canonical_id, v.person_id)) as weo_count
from (
  select distinct on (weo_id)
    weo_id, ocmw_id, person_id, start_date, coalesce(end_date, date '9999-12-31') as end_date, extended_for_rights,
    withdrawn,
    last_value(registered_at) over past as first_registered_at,
    last_value(delivery_id) over past as first_delivery_id,
    last_value(line) over past as first_line,
    count(*) over past as version_count
  from twe.weo_version
  where registered_on <= :registered_until and counted_on <= :delivered_until :scoped_weo
  window past as (
    partition by weo_id order by registered_at desc, delivery_id desc, line desc
    rows between unbounded preceding and unbounded following
  )
  order by weo_id, registered_at desc, delivery_id desc, line desc
) v
left join known_person p using (person_id);
create index on known_weo (canonical_id);
analyze known_weo;

-- The numbers under which each WEO of such a client was registered, and since when; the first counts from the beginning.
create temporary table known_weo_number on commit drop as
select
  weo_id, person_id,
  case when rank() over (partition by weo_id order by first_registered_at, person_id) > 1 then registered_on end
    as registered_on,
  case when rank() over (partition by weo_id order by first_registered_at, person_id) > 1 then counted_on end
    as counted_on
from (
  select
    v.weo_id, v.person_id, min(v.registered_at) as first_registered_at, min(v.registered_on) as registered_on,
    min(v.counted_on) as counted_on
  from twe.weo_version v
  join known_weo w using (weo_id)
  left join known_person p on p.person_id = v.person_id
  where (v.person_id in (select one from known_link))
    and coalesce(p.canonical_id, v.person_id) = w.canonical_id
    and v.registered_on <= :registered_until and v.counted_on <= :delivered_until
  group by v.weo_id, v.person_id
) version;
create index on known_weo_number (weo_id);
analyze known_weo_number;

-- Since when a record under a number is one of the client of a WEO; no row: from the beginning.
create temporary table weo_link on commit drop as
select distinct on (weo_id, person_id) weo_id, person_id, registered_on, counted_on
from (
  select weo_id, person_id, registered_on, counted_on from known_weo_number
  union all
  select n.weo_id, l.other, greatest(n.registered_on, l.registered_on), greatest(n.counted_on, l.counted_on)
  from known_weo_number n
  join known_link l on l.one = n.person_id
) linked
order by weo_id, person_id, greatest(registered_on, counted_on) nulls first;
create index on weo_link (weo_id, person_id);
analyze weo_link;

create temporary table known_employment on commit drop as
select v.*, coalesce(p.canonical_id, v.person_id) as canonical_id
from (
  select distinct on (employment_id)
    employment_id, person_id, weo_id, employer_id, kind, dimona_type, start_date,
    coalesce(end_date, date '9999-12-31') as end_date, fte_permille, social_economy, nova_prima_ref,
    increased_requested, withdrawn, greatest(registered_on, counted_on) as known_on, 1::bigint as version_rank
  from twe.employment_version
  where registered_on <= :registered_until and counted_on <= :delivered_until :scoped_employment
  order by employment_id, registered_at desc, delivery_id desc, line desc
) v
left join known_person p using (person_id)
where not v.withdrawn;
analyze known_employment;

create temporary table weo_contracts on commit drop as
select
  weo_id,
  count(*) as amount,
  string_agg(
    employment_id || E'\x1f' || (start_date - date '1970-01-01') || E'\x1f' || (end_date - date '1970-01-01') || E'\x1f'
      || coalesce(social_economy, false)::int + 2 * coalesce(increased_requested, false)::int
      + 4 * (nova_prima_ref is not null)::int || E'\x1f',
    '' order by start_date, employment_id
  ) as packed
from known_employment
where kind = 'ART60'
group by weo_id;

-- Only employments that touch the days on which a measurement can fall: from the day after the end to 3 months and 1 day.
create temporary table weo_jobs on commit drop as
select
  w.weo_id,
  count(*) as amount,
  string_agg(
    e.employment_id || E'\x1f' || e.kind || E'\x1f' || coalesce(e.dimona_type, '') || E'\x1f'
      || (e.start_date - date '1970-01-01') || E'\x1f' || (e.end_date - date '1970-01-01') || E'\x1f'
      || coalesce(e.fte_permille, -1) || E'\x1f' || (o.ocmw_id is not null)::int || E'\x1f'
      || (greatest(e.known_on, l.registered_on, l.counted_on) - date '1970-01-01') || E'\x1f' || e.withdrawn::int || E'\x1f',
    '' order by e.employment_id, e.version_rank
  ) as packed
from known_weo w
join :job_source e
  on e.canonical_id = w.canonical_id
  and e.kind <> 'ART60'
  and :job_window
left join (select distinct ocmw_id from twe.ocmw_version where counted_on <= :delivered_until) o
  on o.ocmw_id = e.employer_id
left join weo_link l on l.weo_id = w.weo_id and l.person_id = e.person_id and :carry_job_versions
where w.end_date < date '9999-12-31'
group by w.weo_id;

create temporary table known_category on commit drop as
select v.*, coalesce(p.canonical_id, v.person_id) as canonical_id
from (
  select distinct on (category_id)
    category_id, person_id, code, from_date, coalesce(to_date, date '9999-12-31') as to_date, registered_at, delivery_id,
    line, withdrawn
  from twe.category_version
  where registered_on <= :registered_until and counted_on <= :delivered_until :scoped_category
  order by category_id, registered_at desc, delivery_id desc, line desc
) v
left join known_person p using (person_id)
where not v.withdrawn;
analyze known_category;

create temporary table weo_categories on commit drop as
select
  w.weo_id,
  count(*) as amount,
  string_agg(
    c.category_id || E'\x1f' || c.code || E'\x1f' || (c.from_date - date '1970-01-01') || E'\x1f'
      || (c.to_date - date '1970-01-01') || E'\x1f',
    '' order by c.from_date desc, c.registered_at desc, c.delivery_id desc, c.line desc
  ) as packed
from known_weo w
join known_category c
  on c.canonical_id = w.canonical_id
  and c.to_date >= w.start_date
  and (w.end_date = date '9999-12-31' or c.from_date <= w.end_date + 100)
group by w.weo_id;

create temporary table weo_category_versions on commit drop as
select
  w.weo_id,
  count(*) as amount,
  string_agg(
    c.category_id || E'\x1f' || c.code || E'\x1f' || (c.from_date - date '1970-01-01') || E'\x1f'
      || (coalesce(c.to_date, date '9999-12-31') - date '1970-01-01') || E'\x1f'
      || (greatest(c.registered_on, l.registered_on) - date '1970-01-01') || E'\x1f'
      || (greatest(c.counted_on, l.counted_on) - date '1970-01-01') || E'\x1f'
      || c.withdrawn::int || E'\x1f',
    '' order by c.registered_at, c.delivery_id, c.line
  ) as packed
from known_weo w
join (
  select v.*, coalesce(p.canonical_id, v.person_id) as canonical_id
  from twe.category_version v
  left join known_person p using (person_id)
  where :carry_category_versions and registered_on <= :registered_until and counted_on <= :delivered_until
    :scoped_category
) c using (canonical_id)
left join weo_link l on l.weo_id = w.weo_id and l.person_id = c.person_id
group by w.weo_id;

create temporary table weo_decisions on commit drop as
select
  weo_id,
  count(*) as amount,
  string_agg(
    decision_id || E'\x1f' || measurement || E'\x1f' || outcome || E'\x1f'
      || (extract(epoch from registered_at) * 1000000)::bigint || E'\x1f',
    '' order by registered_at, delivery_id, line
  ) as packed
from (
  select distinct on (decision_id) *
  from twe.decision_version
  where registered_on <= :registered_until and counted_on <= :delivered_until :scoped_weo
  order by decision_id, registered_at desc, delivery_id desc, line desc
) d
where not withdrawn
group by weo_id;

-- The end of the WEO as its versions had it, where it moved more than once or a decision must know which end held.
create temporary table weo_ends on commit drop as
with version as (
  select
    weo_id, registered_at, delivery_id, line, greatest(registered_on, counted_on) as known_on,
    coalesce(end_date, date '9999-12-31') as end_date,
    lag(coalesce(end_date, date '9999-12-31')) over (
      partition by weo_id order by registered_at, delivery_id, line
    ) as end_before
  from twe.weo_version
  where registered_on <= :registered_until and counted_on <= :delivered_until and not withdrawn
    -- all others have one version or two, and no decision: most of a million never get here
    and weo_id in (
      select weo_id from known_weo where version_count > 2
      union
      select weo_id from weo_decisions
    )
)
select
  weo_id,
  count(*) as amount,
  string_agg(
    (extract(epoch from registered_at) * 1000000)::bigint || E'\x1f' || (known_on - date '1970-01-01') || E'\x1f'
      || (end_date - date '1970-01-01') || E'\x1f',
    '' order by registered_at, delivery_id, line
  ) as packed
from version
group by weo_id
having count(*) filter (where end_before is distinct from end_date) > 2
  or bool_or(weo_id in (select weo_id from weo_decisions));

-- Mostly empty: without knowing that, the server would hash a million agreements once for each of them.
analyze weo_category_versions, weo_decisions, weo_ends;

create temporary table weo_sections on commit drop as
select
  w.weo_id, w.ocmw_id, w.canonical_id, w.withdrawn, w.weo_count,
  w.withdrawn::int || E'\x1f' || (w.start_date - date '1970-01-01') || E'\x1f' || (w.end_date - date '1970-01-01')
    || E'\x1f' || coalesce(w.extended_for_rights::int::text, '') || E'\x1f' || w.registration_rank || E'\x1f'
    || coalesce(a.amount, 0) || E'\x1f' || coalesce(a.packed, '')
    || coalesce(j.amount, 0) || E'\x1f' || coalesce(j.packed, '')
    || coalesce(c.amount, 0) || E'\x1f' || coalesce(c.packed, '')
    || coalesce(v.amount, 0) || E'\x1f' || coalesce(v.packed, '')
    || coalesce(d.amount, 0) || E'\x1f' || coalesce(d.packed, '')
    || coalesce(e.amount, 0) || E'\x1f' || coalesce(e.packed, '') as section
from known_weo w
left join weo_contracts a using (weo_id)
left join weo_jobs j using (weo_id)
left join weo_categories c using (weo_id)
left join weo_category_versions v using (weo_id)
left join weo_decisions d using (weo_id)
left join weo_ends e using (weo_id);

-- Clients with several agreements: each carries the others, for overlaps and for caps counted per person.
create temporary table weo_sections_of_several on commit drop as
select canonical_id, ocmw_id, weo_id, section from weo_sections where weo_count > 1 and not withdrawn;
create index on weo_sections_of_several (canonical_id);
analyze weo_sections_of_several;

create temporary table built_facts on commit drop as
select
  s.ocmw_id, s.weo_id, s.canonical_id as person_id,
  s.section || coalesce(
    case when s.weo_count > 1 then (
      select count(*) || E'\x1f' || coalesce(
        string_agg(o.ocmw_id || E'\x1f' || o.weo_id || E'\x1f' || o.section, '' order by o.weo_id), '')
      from weo_sections_of_several o
      where o.canonical_id = s.canonical_id and o.weo_id <> s.weo_id
    ) end,
    '0' || E'\x1f'
  ) as facts
from weo_sections s;
