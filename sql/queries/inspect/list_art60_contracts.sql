-- Art. 60 contracts of the WEOs of the OCMWs $1, as known on the evening $2. Grain: one contract. client: the last five
-- digits of the national number of the agreement (list_statement_clients.sql says why no more). wages: month and gross wage
-- cost in cents, where it was supplied.
with contract as (
  select distinct on (employment_id) *
  from twe.employment_version
  where employment_id in (
      select e.employment_id
      from twe.employment_version e
      join twe.trajectory_facts f using (weo_id)
      where f.ocmw_id = any ($1)
    )
    and registered_on <= $2 and counted_on <= $2
  order by employment_id, registered_at desc, delivery_id desc, line desc
),
wage as (
  select distinct on (wage_id) *
  from twe.wage_version
  where wage_id in (select wage_id from twe.wage_version w join contract using (employment_id))
    and registered_on <= $2 and counted_on <= $2
  order by wage_id, registered_at desc, delivery_id desc, line desc
)
select
  f.weo_id, f.ocmw_id, f.person_id,
  '**.**.**-' || substr(identity.insz, 7, 3) || '.' || substr(identity.insz, 10, 2) as client,
  c.employment_id, c.start_date, c.end_date, coalesce(c.social_economy, false) as social_economy,
  coalesce(c.increased_requested, false) as increased_requested, c.nova_prima_ref, c.employer_id,
  coalesce((
    select json_object_agg(to_char(w.month, 'YYYY-MM'), w.cents)
    from (
      select month, sum(gross_wage_cents)::bigint as cents
      from wage
      where not withdrawn and employment_id = c.employment_id
      group by month
    ) w
  ), '{}') as wages
from twe.trajectory_facts f
join twe.identity using (person_id)
left join contract c on c.weo_id = f.weo_id and c.kind = 'ART60' and not c.withdrawn
where f.ocmw_id = any ($1)
order by f.weo_id, c.start_date, c.employment_id
