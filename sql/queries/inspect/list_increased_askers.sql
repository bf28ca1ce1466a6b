-- WEOs with a contract that asked the increased allowance in any version: those of the OCMW $1, or all when it is null. With
-- $2, an evening before the one of trajectory_facts, also those that were of the OCMW then and were corrected since.
-- By index: the facts of an OCMW, then the contracts of each.
with candidate as (
  select weo_id from twe.trajectory_facts where $1::text is null or ocmw_id = $1::text
  union
  select later.weo_id
  from twe.weo_version later
  where $2::date is not null and greatest(later.registered_on, later.counted_on) > $2::date
    and exists (select from twe.weo_version earlier where earlier.weo_id = later.weo_id and earlier.ocmw_id = $1::text)
)
select distinct candidate.weo_id
from candidate
join twe.employment_version e on e.weo_id = candidate.weo_id
where e.social_economy and e.increased_requested and e.nova_prima_ref is not null
