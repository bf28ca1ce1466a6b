-- Why: what an OCMW is paid or asked in a batch is the sum of its lines, not a cent more.
with line as (
  select
    batch_no, ocmw_id, coalesce(sum(cents) filter (where cents > 0), 0) as positive_cents,
    coalesce(sum(cents) filter (where cents < 0), 0) as negative_cents
  from twe.batch_line
  group by batch_no, ocmw_id
)
select
  batch_no, ocmw_id, line.positive_cents as lines_positive_cents, part.positive_cents as part_positive_cents,
  line.negative_cents as lines_negative_cents, part.negative_cents as part_negative_cents
from line
full join twe.batch_part part using (batch_no, ocmw_id)
where (line.positive_cents, line.negative_cents) is distinct from (part.positive_cents, part.negative_cents)
