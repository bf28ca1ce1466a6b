-- Rows of ocmw.csv in hand, of delivery $1, that have no fault of their own: one row for each.
select $1::integer as "deliveryId", line, ocmw_id as "ocmwId", successor_id as "successorId"
from staged_ocmw
where good
order by line
