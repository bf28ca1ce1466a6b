-- Name and NIS code of everyone who is paid.
select distinct payee_id as "ocmwId", coalesce(name, '') as name, nis_code as "nisCode"
from payee
order by 1
