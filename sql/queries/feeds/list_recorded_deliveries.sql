-- What is known of earlier deliveries, one row for each.
select name, digest, whole_digest as "wholeDigest", state, source, sequence
from twe.delivery
order by delivery_id
