-- What the lines of all batches approved from $1 to $2 come to, in cents, for OCMWs that were not held out: from the parts.
select coalesce(sum(positive_cents + negative_cents), 0)::bigint as cents
from twe.standing_batch_part
join twe.batch_decision using (batch_no)
where decision = 'APPROVED' and decided_on between $1::date and $2::date
