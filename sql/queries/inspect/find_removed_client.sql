-- The day on which the client of the WEO $1 was removed. One row, or none when he was not.
select removed.removed_on as "removedOn"
from (
  select person_id
  from twe.weo_version
  where weo_id = $1
  order by registered_at desc, delivery_id desc, line desc
  limit 1
) agreement
join twe.removed_client removed using (person_id)
