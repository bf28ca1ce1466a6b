-- Closes the waiting rows that came back. $1 file, $2 day from which they count.
update twe.rejected_row r
set closed_on = $2
from returning_row c
where r.delivery_id = c.delivery_id
  and r.file = $1
  and r.line = c.line
