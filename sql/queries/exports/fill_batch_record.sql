-- batch_record: what is known, by record_knowledge (registered_until, delivered_until), of the records around each
-- trajectory of batch_difference, a row for each version; newness counts the versions of a record from the newest, 1. said is JSON.
-- Kinds: WEO, OTHER_WEO (another agreement of the client), EMPLOYMENT, CATEGORY, DECISION. Never a national number.
-- A table with statistics, not a step of one statement: without them the comparison of list_batch_changes.sql took 17 s instead
-- of less than one for 3,300 trajectories.
drop table if exists batch_record;
create temporary table batch_record on commit drop as
with weo as (
  select distinct weo_id from batch_difference
),
client as (
  select distinct weo_id, person_id from twe.weo_version join weo using (weo_id)
),
-- A national number that was replaced by another: the records may stand under either.
person as (
  select weo_id, person_id from client
  union
  select client.weo_id, replaced.person_id
  from client join twe.replacement_version as replaced on replaced.replaced_by_person_id = client.person_id
  union
  select client.weo_id, replaced.replaced_by_person_id
  from client join twe.replacement_version as replaced using (person_id)
),
employment as (
  select person.weo_id, version.employment_id
  from person join twe.employment_version as version using (person_id)
  union
  select weo.weo_id, version.employment_id
  from weo join twe.employment_version as version using (weo_id)
),
agreement as (
  select weo_id, weo_id as record_id from weo
  union
  select person.weo_id, version.weo_id from person join twe.weo_version as version using (person_id)
),
version as (
  select
    agreement.weo_id, case when record_id = agreement.weo_id then 'WEO' else 'OTHER_WEO' end as kind, record_id,
    json_build_object('start', v.start_date, 'end', v.end_date, 'ocmw', v.ocmw_id, 'extended', v.extended_for_rights,
      'withdrawn', v.withdrawn)::text as said,
    v.registered_at, v.registered_on, v.counted_on, v.delivery_id, v.line
  from agreement join twe.weo_version as v on v.weo_id = agreement.record_id
  union all
  select employment.weo_id, 'EMPLOYMENT', v.employment_id,
    json_build_object('kind', v.kind, 'weo', v.weo_id, 'start', v.start_date, 'end', v.end_date,
      'withdrawn', v.withdrawn)::text,
    v.registered_at, v.registered_on, v.counted_on, v.delivery_id, v.line
  from employment join twe.employment_version as v using (employment_id)
  union all
  select person.weo_id, 'CATEGORY', v.category_id,
    json_build_object('code', v.code, 'start', v.from_date, 'end', v.to_date, 'withdrawn', v.withdrawn)::text,
    v.registered_at, v.registered_on, v.counted_on, v.delivery_id, v.line
  from person join twe.category_version as v using (person_id)
  union all
  select weo.weo_id, 'DECISION', v.decision_id,
    json_build_object('measurement', v.measurement, 'outcome', v.outcome, 'by', v.decided_by,
      'withdrawn', v.withdrawn)::text,
    v.registered_at, v.registered_on, v.counted_on, v.delivery_id, v.line
  from weo join twe.decision_version as v using (weo_id)
)
select version.*, row_number() over (
  partition by weo_id, kind, record_id order by registered_at desc, delivery_id desc, line desc
) as newness
from version
cross join record_knowledge
where registered_on <= registered_until and counted_on <= delivered_until;
analyze batch_record;
