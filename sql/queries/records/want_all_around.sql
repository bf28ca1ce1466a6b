-- Fills wanted_person, wanted_weo, wanted_employment and wanted_category from the clients that a query finds. Clients are
-- taken with all numbers they ever had, and agreements with all clients they were ever registered for, so that nothing
-- old is left standing.

drop table if exists wanted_person, wanted_weo, wanted_employment, wanted_category;

create temporary table wanted_person on commit drop as
with recursive changed (person_id) as (
:start
),
alias (one, other) as (
  select person_id, replaced_by_person_id from twe.replacement_version
  union
  select replaced_by_person_id, person_id from twe.replacement_version
),
reached (person_id) as (
  select person_id from changed
  union
  select link.other
  from reached r
  cross join lateral (
    select a.other from alias a where a.one = r.person_id
    union all
    select other_version.person_id
    from twe.weo_version own
    join twe.weo_version other_version using (weo_id)
    where own.person_id = r.person_id and other_version.person_id <> r.person_id
  ) link
)
select person_id from reached;
analyze wanted_person;

create temporary table wanted_weo on commit drop as
select distinct weo_id from twe.weo_version where person_id in (select person_id from wanted_person);
analyze wanted_weo;

create temporary table wanted_employment on commit drop as
select employment_id from twe.employment_version where person_id in (select person_id from wanted_person)
union
select employment_id from twe.employment_version where weo_id in (select weo_id from wanted_weo);
analyze wanted_employment;

create temporary table wanted_category on commit drop as
select distinct category_id from twe.category_version where person_id in (select person_id from wanted_person);
analyze wanted_category;
