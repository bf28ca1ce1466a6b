-- Waiting rows whose first unknown reference changed: the column, code and sentence that hold now. $1 file; $2 to $6
-- delivery, line, column, code and message of each.
update twe.rejected_row r
set column_name = moved.column_name, code = moved.code, message = moved.message
from unnest($2::integer[], $3::integer[], $4::text[], $5::text[], $6::text[])
  as moved (delivery_id, line, column_name, code, message)
where r.file = $1
  and r.delivery_id = moved.delivery_id
  and r.line = moved.line
