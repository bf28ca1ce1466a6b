-- How many agreements run on a day ($2) by what was known on an evening ($1). One row.
select count(*)::integer as open
from (
  select distinct on (weo_id) withdrawn, start_date, end_date
  from twe.weo_version
  where registered_on <= $1 and counted_on <= $1
  order by weo_id, registered_at desc, delivery_id desc, line desc
) known
where not withdrawn and start_date <= $2 and coalesce(end_date, 'infinity') >= $2
