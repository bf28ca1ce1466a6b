-- The pseudonyms $2 of the clients $1.
update twe.identity i
set pseudonym = made.pseudonym
from unnest($1::bigint[], $2::uuid[]) as made (person_id, pseudonym)
where i.person_id = made.person_id
