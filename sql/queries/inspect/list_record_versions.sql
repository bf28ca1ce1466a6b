-- Every version, known on the evening $2, of the records that the WEO $1 rests on: the agreement, the employments and
-- categories of its client, the contracts that name it, its decisions, the payments that name it and, when $4, the
-- budgets of its OCMW $5. Grain: one version; versions of a record in their order. The client is $3 with all numbers
-- that lead to it; no national number is read.
with recursive link as (
  select distinct on (person_id) person_id, replaced_by_person_id, withdrawn
  from twe.replacement_version
  where registered_on <= $2::date and counted_on <= $2::date
  order by person_id, registered_at desc, delivery_id desc, line desc
),
client (person_id) as (
  select $3::bigint
  union
  select link.person_id
  from client
  join link on link.replaced_by_person_id = client.person_id and not link.withdrawn
),
version as (
  select
    'weo' as kind, weo_id as id, registered_at, registered_on, counted_on, delivery_id, line, withdrawn,
    json_build_object('ocmw_id', ocmw_id, 'start_date', start_date, 'end_date', end_date, 'end_reason', end_reason,
      'extended_for_rights', extended_for_rights) as fields
  from twe.weo_version
  where weo_id = $1::text
  union all
  select
    'employment', employment_id, registered_at, registered_on, counted_on, delivery_id, line, withdrawn,
    json_build_object('kind', kind, 'weo_id', weo_id, 'employer_id', employer_id, 'dimona_type', dimona_type,
      'start_date', start_date, 'end_date', end_date, 'fte', fte_permille / 1000.0, 'social_economy', social_economy,
      'nova_prima_ref', nova_prima_ref, 'increased_requested', increased_requested)
  from twe.employment_version
  where employment_id in (
    select employment_id from twe.employment_version where weo_id = $1::text
    union
    select employment_id from twe.employment_version where person_id in (select person_id from client)
  )
  union all
  select
    'category', category_id, registered_at, registered_on, counted_on, delivery_id, line, withdrawn,
    json_build_object('code', code, 'from_date', from_date, 'to_date', to_date)
  from twe.category_version
  where category_id in (
    select category_id from twe.category_version where person_id in (select person_id from client)
  )
  union all
  select
    'decision', decision_id, registered_at, registered_on, counted_on, delivery_id, line, withdrawn,
    json_build_object('measurement', measurement, 'outcome', outcome, 'decided_by', decided_by, 'reason', reason)
  from twe.decision_version
  where weo_id = $1::text
  union all
  select
    'payment', payment_id, registered_at, registered_on, counted_on, delivery_id, line, withdrawn,
    json_build_object('paid_on', paid_on, 'cents', cents, 'reference', reference, 'component', component,
      'month', to_char(month, 'YYYY-MM'))
  from twe.payment_version
  where weo_id = $1::text
  union all
  select
    'budget', budget_id, registered_at, registered_on, counted_on, delivery_id, line, withdrawn,
    json_build_object('year', year, 'fixed_cents', fixed_cents, 'flexible_cents', flexible_cents)
  from twe.budget_version
  where $4::boolean and ocmw_id = $5::text
)
select
  v.kind, v.id, to_char(v.registered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as registered_at,
  v.registered_on, v.counted_on, d.name as delivery, v.line, v.withdrawn, json_strip_nulls(v.fields) as fields
from version v
join twe.delivery d using (delivery_id)
where v.registered_on <= $2::date and v.counted_on <= $2::date
order by v.kind, v.id, v.registered_at, v.delivery_id, v.line
