-- Facts of the WEOs $2 and of all others of their clients, each with the outcomes that a final settlement had frozen by the
-- evening $1 (fields separated like the facts; null when none had). In the order in which a night computes them.
-- :source: twe.trajectory_facts, or built_facts (build_facts.sql) for another knowledge. By index: one trajectory costs
-- the same among a million.
select
  f.ocmw_id, f.weo_id, f.person_id, f.facts,
  (
    select
      concat_ws(E'\x1f', z.frozen_on - date '1970-01-01', z.weo_end - date '1970-01-01', z.outcome1, z.evidence1,
        z.decision1, z.outcome2, z.evidence2, z.decision2)
    from twe.measurement_freeze z
    join twe.batch b using (batch_no)
    left join twe.run booked on booked.run_id = b.booked_run_id
    where z.weo_id = f.weo_id and z.frozen_on <= $1
      -- A batch may be booked by a night after its run day.
      and coalesce(booked.business_date, b.run_day) <= $1
      and not exists (
        -- By the lines of the WEO: a batch has as many as there are trajectories.
        select from twe.batch_hold h
        join twe.batch_line l using (batch_no, ocmw_id)
        where h.batch_no = z.batch_no and l.weo_id = z.weo_id and h.held_on <= $1
      )
      and not exists (
        select from twe.batch_decision d
        where d.batch_no = z.batch_no and d.decision = 'REJECTED' and d.decided_on <= $1
      )
    order by z.frozen_on desc, z.batch_no desc
    limit 1
  ) as frozen
from :source f
where f.person_id in (select own.person_id from :source own where own.weo_id = any ($2))
order by f.ocmw_id, f.weo_id
