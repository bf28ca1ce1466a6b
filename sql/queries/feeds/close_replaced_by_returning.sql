-- Closes rows set aside of which a row of a later delivery came back. $1 file, $2 day from which it counts.
with returned as (
  select back.record_id, max(back.delivery_id) as delivery_id
  from returning_row c
  join twe.rejected_row back on back.delivery_id = c.delivery_id and back.file = $1 and back.line = c.line
  where back.record_id is not null
  group by back.record_id
)
update twe.rejected_row r
set closed_on = $2
from returned
where r.file = $1
  and r.record_id = returned.record_id
  and r.closed_on is null
  and r.delivery_id < returned.delivery_id
