-- The lines of the payment notes in note_batch, in the order of list_note_heads.sql. guidance_start as in note_start
-- (fill_note_start.sql).
select
  line.ocmw_id,
  note_batch.place,
  line.weo_id,
  note_start.guidance_start,
  line.component,
  line.month,
  line.kind,
  line.due_cents,
  line.before_cents,
  line.cents,
  line.reason
from note_batch
join twe.standing_batch_line as line using (batch_no)
join note_start using (batch_no, weo_id)
order by line.ocmw_id, note_batch.place, line.weo_id, line.component, line.month, line.kind
