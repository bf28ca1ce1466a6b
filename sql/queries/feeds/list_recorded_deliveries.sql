-- What is known of earlier deliveries, one row for each.
select name, digest, state
from twe.delivery
order by delivery_id
