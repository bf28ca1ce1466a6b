-- How many rows empty_set_aside.sql would empty. $1 what they say then, $2 closed, $3 open: older than that day; null: none.
select count(*)::integer as rows
from twe.rejected_row r
join twe.delivery d using (delivery_id)
where r.message <> $1
  and d.counted_on < case when r.closed_on is null then $3::date else $2::date end
