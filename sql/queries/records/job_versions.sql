-- All versions of every employment, for each client that any of them named: what `m.recheck_until = NONE` needs to see
-- the records as they stood on the evening of a measurement. A version that names another client counts as withdrawn.
(
  select
    v.employment_id, v.person_id, owner.canonical_id, v.employer_id, v.kind, v.dimona_type, v.start_date,
    coalesce(v.end_date, date '9999-12-31') as end_date, v.fte_permille,
    v.withdrawn or v.canonical_id <> owner.canonical_id as withdrawn,
    greatest(v.registered_on, v.counted_on) as known_on,
    row_number() over (
      partition by v.employment_id, owner.canonical_id order by v.registered_at, v.delivery_id, v.line
    ) as version_rank
  from (
    select e.*, coalesce(p.canonical_id, e.person_id) as canonical_id
    from twe.employment_version e
    left join known_person p using (person_id)
    where registered_on <= :registered_until and counted_on <= :delivered_until :scoped_employment
  ) v
  join (
    select distinct e.employment_id, coalesce(p.canonical_id, e.person_id) as canonical_id
    from twe.employment_version e
    left join known_person p using (person_id)
    where registered_on <= :registered_until and counted_on <= :delivered_until :scoped_employment
  ) owner using (employment_id)
)
