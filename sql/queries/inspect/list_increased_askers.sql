-- WEOs with a contract that asked the increased allowance in any version: those of the OCMW $1, or all when it is null.
-- By index: the facts of an OCMW, then the contracts of each.
select distinct f.weo_id
from twe.trajectory_facts f
join twe.employment_version e on e.weo_id = f.weo_id
where ($1::text is null or f.ocmw_id = $1::text)
  and e.social_economy and e.increased_requested
  and e.nova_prima_ref is not null
