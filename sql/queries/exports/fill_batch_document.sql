-- batch_before: what was ordered before the batch in export_batch, and what of it payment.csv confirmed by its run day, by
-- who is paid on that day. last_batch: number of the last batch that ordered the line, null for an opening balance alone.
-- A yearly batch: every line; else those of its trajectories. Needs ordered_entry (fill_orders.sql) and payee of the run day.
drop table if exists batch_before;
create temporary table batch_before on commit drop as
select
  coalesce(payee.payee_id, entry.ocmw_id) as ocmw_id, entry.weo_id, entry.component, entry.month,
  sum(entry.ordered_cents)::bigint as ordered_cents, sum(entry.paid_cents)::bigint as paid_cents,
  max(entry.batch_no) as last_batch
from export_batch
join twe.batch using (batch_no)
join ordered_entry as entry on entry.batch_no is null or entry.batch_no < batch.batch_no
left join payee on payee.ocmw_id = entry.ocmw_id
where batch.job = 'yearly-settlement'
  or entry.weo_id in (select weo_id from twe.batch_line join export_batch using (batch_no))
  or entry.weo_id in (select weo_id from twe.batch_left_out join export_batch using (batch_no))
group by 1, 2, 3, 4;
analyze batch_before;
