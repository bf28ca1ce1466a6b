-- note_start: first month of guidance (year * 12 + month - 1) of each trajectory in the batches of note_batch, as the batch
-- knew it; -1 when its WEO was withdrawn or not known.
-- A table with statistics, not a step of list_note_lines.sql: without them the join with the lines went trajectory by
-- trajectory, 1.3 s instead of 0.05 for 37,668 lines.
drop table if exists note_start;
create temporary table note_start on commit drop as
with trajectory as (
  select distinct batch_no, weo_id
  from note_batch
  join twe.standing_batch_line using (batch_no)
)
select trajectory.batch_no, trajectory.weo_id, coalesce(span.guidance_start, -1) as guidance_start
from trajectory
join twe.batch using (batch_no)
left join lateral (
  select
    case when version.withdrawn then -1
      else extract(year from version.start_date)::integer * 12 + extract(month from version.start_date)::integer - 1
    end as guidance_start
  from twe.weo_version as version
  where version.weo_id = trajectory.weo_id
    and version.registered_on <= batch.registered_until
    and version.counted_on <= batch.delivered_until
  order by version.registered_at desc, version.delivery_id desc, version.line desc
  limit 1
) as span on true;
analyze note_start;
