-- What the senders must hear: each row of `answered` (fill_answers.sql), with the OCMW it is about on the evening of $1 where
-- that can be known. "deliveryName", file, line, "column", code, message, raw, "recordId" (null: could not be read, or is no
-- id of the sender), waits (its only fault is a reference that may still be delivered), "ocmwId", "ocmwName". In order of
-- delivery, OCMW (unknown last), file and line.
with
-- The order of the columns of a file is free, so every field may be the one that names the OCMW, the WEO or the employment.
field as materialized (
  select distinct no, file, btrim(text, '"') as text
  from answered
  cross join lateral unnest(fields) as text
  where file in ('weo.csv', 'employment.csv', 'evaluation.csv', 'decision.csv', 'budget.csv', 'payment.csv', 'wage.csv')
),
-- What a row names, with the surest way to an OCMW first: the OCMW, the WEO, the client, the employer.
ocmw_named as (
  select 1 as rank, no, waiting->>'ocmw_id' as ocmw_id from answered where waiting ? 'ocmw_id'
  union all
  select 1, no, split_part(record_id, '/', 1) from answered where file = 'ocmw.csv' and record_id is not null
  union all
  -- under art. 60 the OCMW is the employer (rulebook 1.1)
  select case when field.file = 'employment.csv' then 5 else 2 end, no, field.text
  from field
  join answered using (no)
  where field.file in ('weo.csv', 'budget.csv', 'payment.csv')
    or field.file = 'employment.csv' and 'ART60' = any (fields)
),
weo_named as materialized (
  select no, record_id as weo_id from answered where file = 'weo.csv' and record_id is not null
  union all
  select no, text from field where file in ('employment.csv', 'evaluation.csv', 'decision.csv', 'payment.csv')
),
person_named as materialized (
  select no, (waiting->>'person_id')::bigint as person_id from answered where waiting ? 'person_id'
  union
  select no, known.person_id
  from answered join twe.category_version as known on category_id = record_id
  where file = 'category.csv'
  union
  select no, known.person_id
  from answered join twe.employment_version as known on employment_id = record_id
  where file = 'employment.csv'
  union
  select no, known.person_id
  from field join twe.employment_version as known on employment_id = text
  where file = 'wage.csv'
  union
  -- the id of a replacement is the client
  select no, record_id::bigint from answered where file = 'replacement.csv' and record_id is not null
),
-- A WEO or a client that was at two OCMWs leads to none.
ocmw_of_weo as materialized (
  select weo_id, min(ocmw_id) as ocmw_id
  from twe.weo_version
  where weo_id in (select weo_id from weo_named)
  group by weo_id
  having count(distinct ocmw_id) = 1
),
ocmw_of_person as materialized (
  select person_id, min(ocmw_id) as ocmw_id
  from twe.weo_version
  where person_id in (select person_id from person_named)
  group by person_id
  having count(distinct ocmw_id) = 1
),
candidate as (
  select rank, no, ocmw_id from ocmw_named where rank = 1 or ocmw_id in (select ocmw_id from twe.ocmw_version)
  union all
  select 3, no, ocmw_id from weo_named join ocmw_of_weo using (weo_id)
  union all
  select 4, no, ocmw_id from person_named join ocmw_of_person using (person_id)
),
belongs as (
  select distinct on (no) no, ocmw_id
  from (
    select rank, no, min(ocmw_id) as ocmw_id
    from candidate
    group by rank, no
    having count(distinct ocmw_id) = 1
  ) as clear
  order by no, rank
),
named as (
  select distinct on (ocmw_id) ocmw_id, name
  from twe.ocmw_version
  where name is not null and counted_on <= $1::date
  order by ocmw_id, valid_from desc, delivery_id desc, line desc
)
select
  delivery_name as "deliveryName", file, line, column_name as "column", code, message, raw,
  case when file <> 'replacement.csv' then record_id end as "recordId", waiting is not null as waits,
  coalesce(belongs.ocmw_id, '') as "ocmwId", coalesce(named.name, '') as "ocmwName"
from answered
left join belongs using (no)
left join named on named.ocmw_id = belongs.ocmw_id
order by delivery_id, belongs.ocmw_id nulls last, file, line
