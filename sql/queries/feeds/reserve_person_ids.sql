-- Takes $1 numbers in a row for new clients; returns the last one. One at a time: two would take the same.
select setval(sequence, nextval(sequence) + $1::bigint - 1) as last
from pg_get_serial_sequence('twe.identity', 'person_id') as sequence, pg_advisory_xact_lock(hashtext('twe.identity'))
