-- What rows set aside said, in the words of the sender, goes: rows that came back or were put right with what is older than
-- :closed_older_than, rows that still wait with what is older than :open_older_than (null: none). Place and code stay. The
-- table is written anew, as in remove_clients.sql.
update twe.rejected_row r
set raw = '', message = :message, record_id = null, waiting = null
from twe.delivery d
where d.delivery_id = r.delivery_id
  and r.message <> :message
  and d.counted_on < case when r.closed_on is null then :open_older_than else :closed_older_than end;

alter table twe.rejected_row
  alter column message type text using (message || '');
