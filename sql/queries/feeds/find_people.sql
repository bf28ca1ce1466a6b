-- Place (from 1) and person_id of those of the pseudonyms $1 that are known.
select asked.at::integer, i.person_id
from unnest($1::uuid[]) with ordinality as asked (pseudonym, at)
join twe.identity i using (pseudonym)
