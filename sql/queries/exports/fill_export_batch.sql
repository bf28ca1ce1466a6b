-- The batches $1 (batch ids) that this export shows.
insert into export_batch (batch_no)
select batch_no from twe.batch where batch_id = any ($1::text[]);
