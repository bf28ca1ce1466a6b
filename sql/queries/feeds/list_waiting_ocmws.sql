-- Rows of ocmw.csv that wait for their successor, one row for each.
select
  delivery_id as "deliveryId",
  line,
  waiting ->> 'ocmw_id' as "ocmwId",
  waiting ->> 'successor_id' as "successorId"
from twe.rejected_row
where file = 'ocmw.csv'
  and closed_on is null
  and waiting is not null
order by delivery_id, line
