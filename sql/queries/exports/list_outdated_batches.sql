-- Batches of which the documents do not show the last word (a decision, an OCMW that was held out) yet: whoever said it could
-- not write them. One row for each batch that has documents.
select batch.batch_id
from twe.batch
join (
  select batch_no, max(said_at) as said_at
  from (
    select batch_no, decided_at as said_at from twe.batch_decision
    union all
    select batch_no, held_at from twe.batch_hold
  ) word
  group by batch_no
) last_word using (batch_no)
where said_at > (select max(written_at) from twe.batch_document document where document.batch_no = batch.batch_no)
order by batch.batch_no
