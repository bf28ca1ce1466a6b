-- The first day on which the WEO $1 was known at all; one row, null when it was never delivered. A row of weo.csv with
-- this id that is still set aside stands beside it.
select
  (select min(greatest(registered_on, counted_on)) from twe.weo_version where weo_id = $1) as known_on,
  (
    select json_build_object('delivery', d.name, 'line', r.line, 'message', r.message)
    from twe.rejected_row r
    join twe.delivery d using (delivery_id)
    where r.file = 'weo.csv' and r.record_id = $1 and r.closed_on is null
    order by r.delivery_id desc, r.line desc
    limit 1
  ) as set_aside
