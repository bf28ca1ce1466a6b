-- Facts of the trajectories with a positive measurement that pays nothing, in the temporary table chosen_facts.
drop table if exists chosen_facts;
create temporary table chosen_facts on commit drop as
with present as (
  select distinct on (weo_id, measurement) weo_id, outcome, cents, voided
  from twe.measurement_version
  order by weo_id, measurement, version_no desc
),
unpaid as (
  select distinct weo_id from present where outcome = 'POSITIVE' and cents = 0 and not voided
)
select facts.*
from twe.trajectory_facts facts
where facts.weo_id in (select weo_id from unpaid)
  -- By index.
  and facts.person_id in (select person_id from twe.weo_version where weo_id in (select weo_id from unpaid))
