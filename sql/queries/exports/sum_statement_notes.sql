-- What the lines of all batches in the statements about the month that begins on $1 come to, in cents, for OCMWs that were
-- not held out: from the parts.
select coalesce(sum(positive_cents + negative_cents), 0)::bigint as cents
from twe.standing_batch_part
where batch_no in (select batch_no from twe.statement_batch where month = $1::date)
