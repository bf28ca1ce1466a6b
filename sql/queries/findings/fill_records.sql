-- The records as known on :evening, in temporary tables that all findings share: finding_agreement, finding_contract (art.
-- 60), finding_job (everything else), finding_category, finding_evaluation, finding_measurement, finding_payment. What was
-- withdrawn is left out; an open end is 'infinity'; ocmw_id is who is paid that day (needs payee). :deadline_months,
-- :deadline_inclusive: until when art. 60 is timely (R-LC-2).

drop table if exists finding_client, finding_agreement, finding_contract, finding_job, finding_category,
  finding_evaluation, finding_measurement, finding_payment;

-- Numbers that were replaced, with the number that stands now and the day on which that was registered.
create temporary table finding_client on commit drop as
with recursive replacement as (
  select *
  from (
    select distinct on (person_id) person_id, replaced_by_person_id, registered_on, withdrawn
    from twe.replacement_version
    where registered_on <= :evening and counted_on <= :evening
    order by person_id, registered_at desc, delivery_id desc, line desc
  ) present
  where not withdrawn
),
walk as (
  select person_id, replaced_by_person_id as client_id, registered_on, 1 as steps from replacement
  union all
  select walk.person_id, next.replaced_by_person_id, walk.registered_on, walk.steps + 1
  from walk
  join replacement as next on next.person_id = walk.client_id
  -- numbers in a circle would never end
  where walk.steps < 20
)
select distinct on (person_id) person_id, client_id, registered_on
from walk
order by person_id, steps desc;

create temporary table finding_agreement on commit drop as
select
  present.weo_id, coalesce(payee.payee_id, present.ocmw_id) as ocmw_id, present.ocmw_id as own_ocmw_id,
  present.person_id, coalesce(client.client_id, present.person_id) as client_id, present.start_date, present.end_date,
  present.first_registered_at, present.first_delivery_id, present.first_line,
  (present.start_date + make_interval(months => :deadline_months))::date
    - case when :deadline_inclusive then 0 else 1 end as last_timely_day
from (
  select distinct on (weo_id)
    weo_id, ocmw_id, person_id, start_date, coalesce(end_date, 'infinity') as end_date, withdrawn,
    last_value(registered_at) over past as first_registered_at,
    last_value(delivery_id) over past as first_delivery_id,
    last_value(line) over past as first_line
  from twe.weo_version
  where registered_on <= :evening and counted_on <= :evening
  window past as (
    partition by weo_id order by registered_at desc, delivery_id desc, line desc
    rows between unbounded preceding and unbounded following
  )
  order by weo_id, registered_at desc, delivery_id desc, line desc
) present
left join payee using (ocmw_id)
left join finding_client client using (person_id)
where not present.withdrawn;
create index on finding_agreement (weo_id);
create index on finding_agreement (client_id);
analyze finding_agreement;

create temporary table finding_job on commit drop as
select
  employment_id, coalesce(client.client_id, present.person_id) as client_id, weo_id, kind, dimona_type, start_date,
  coalesce(end_date, 'infinity') as end_date, coalesce(social_economy, false) and coalesce(increased_requested, false) as asks_increased,
  nova_prima_ref is not null as has_reference, employer_id,
  coalesce(increased_requested, false) and not coalesce(social_economy, false) as asks_without_social_economy
from (
  select distinct on (employment_id) *
  from twe.employment_version
  where registered_on <= :evening and counted_on <= :evening
  order by employment_id, registered_at desc, delivery_id desc, line desc
) present
left join finding_client client using (person_id)
where not withdrawn;

-- counts: it does not start before its agreement, but for contracts that were brought in on 1 January 2019 (R-TR-3).
create temporary table finding_contract on commit drop as
select
  job.employment_id, job.weo_id, job.client_id, job.start_date, job.end_date, job.asks_increased, job.has_reference,
  job.employer_id, job.asks_without_social_economy,
  transition.brought_in, transition.brought_in or job.start_date >= agreement.start_date as counts
from finding_job job
join finding_agreement agreement using (weo_id)
cross join lateral (
  select
    job.start_date < '2017-01-01' and job.end_date >= '2019-01-01' and agreement.start_date = '2019-01-01' as brought_in
) transition
where job.kind = 'ART60';
create index on finding_contract (weo_id);
analyze finding_contract;

delete from finding_job where kind = 'ART60';
create index on finding_job (client_id);
create index on finding_job (employment_id);
analyze finding_job;

create temporary table finding_category on commit drop as
select
  coalesce(client.client_id, present.person_id) as client_id, code, from_date,
  coalesce(to_date, 'infinity') as to_date, registered_at, delivery_id, line
from (
  select distinct on (category_id) *
  from twe.category_version
  where registered_on <= :evening and counted_on <= :evening
  order by category_id, registered_at desc, delivery_id desc, line desc
) present
left join finding_client client using (person_id)
where not withdrawn;
create index on finding_category (client_id);
analyze finding_category;

create temporary table finding_evaluation on commit drop as
select weo_id, evaluated_on, kind
from (
  select distinct on (evaluation_id) *
  from twe.evaluation_version
  where registered_on <= :evening and counted_on <= :evening
  order by evaluation_id, registered_at desc, delivery_id desc, line desc
) present
where not withdrawn;
create index on finding_evaluation (weo_id);
analyze finding_evaluation;

-- decided: a person did, before a final settlement froze it or since.
create temporary table finding_measurement on commit drop as
select
  present.weo_id, measurement, measured_on, outcome, frozen.weo_id is not null as is_frozen,
  source = 'DECISION'
    or source = 'FROZEN' and case measurement when 1 then frozen.decision1 else frozen.decision2 end <> '' as decided
from (
  select distinct on (weo_id, measurement) *
  from twe.measurement_version
  order by weo_id, measurement, version_no desc
) present
join finding_agreement agreement using (weo_id)
left join (
  select distinct on (weo_id) *
  from twe.freeze_in_force
  order by weo_id, frozen_on desc, batch_no desc
) frozen on frozen.weo_id = present.weo_id and frozen.weo_end = agreement.end_date
where not voided;
create index on finding_measurement (weo_id);
analyze finding_measurement;

create temporary table finding_payment on commit drop as
select
  payment_id, ocmw_id, paid_on, cents, reference, regexp_replace(reference, '[^0-9]', '', 'g') as digits, weo_id,
  component, month, greatest(registered_on, counted_on) as known_on
from (
  select distinct on (payment_id) *
  from twe.payment_version
  where registered_on <= :evening and counted_on <= :evening
  order by payment_id, registered_at desc, delivery_id desc, line desc
) present
where not withdrawn;
analyze finding_payment
