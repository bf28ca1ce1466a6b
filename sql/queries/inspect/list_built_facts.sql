-- Facts in the temporary table built_facts (build_facts.sql), each with the outcomes that a final settlement had frozen
-- by the evening $1 (fields separated like the facts; null when none had). By index, also with a million frozen ones.
select
  f.ocmw_id, f.weo_id, f.person_id, f.facts,
  (
    select
      concat_ws(E'\x1f', z.frozen_on - date '1970-01-01', z.weo_end - date '1970-01-01', z.outcome1, z.evidence1,
        z.decision1, z.outcome2, z.evidence2, z.decision2)
    from twe.measurement_freeze z
    where z.weo_id = f.weo_id and z.frozen_on <= $1
      and not exists (
        select from twe.batch_decision d
        where d.batch_no = z.batch_no and d.decision = 'REJECTED' and d.decided_on <= $1
      )
    order by z.frozen_on desc, z.batch_no desc
    limit 1
  ) as frozen
from built_facts f
order by f.ocmw_id, f.weo_id
