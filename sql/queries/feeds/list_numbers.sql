-- Every client that was not removed, with the national number.
select person_id as "personId", insz from twe.identity where insz is not null order by person_id
