-- Marks waiting rows as coming back. $1 and $2: delivery and line of each.
insert into returning_row (delivery_id, line)
select delivery_id, line
from unnest($1::integer[], $2::integer[]) as chosen (delivery_id, line)
