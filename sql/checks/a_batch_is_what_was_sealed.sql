-- Why: a batch is signed for by its digest. Whoever changes a cent in it, past the rules of the database, is found out.
-- Looked at: batches that wait for a decision and the newest ones; older ones were looked at in their time.
select b.batch_id, b.digest, twe.batch_digest(b.batch_no) as present_digest
from twe.batch b
where b.digest <> twe.batch_digest(b.batch_no)
  and (
    not exists (select from twe.batch_decision d where d.batch_no = b.batch_no)
    or b.batch_no > (select max(batch_no) - 8 from twe.batch)
  )
