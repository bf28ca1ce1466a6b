-- Due, ordered before and confirmed of the batch in export_batch, by OCMW, year and quarter of performance and component.
-- booked_cents: in the batch; open_cents: not in it (held out, left out below the threshold). due_cents: what the lines say;
-- where the batch has no line, what is due is what was ordered.
-- A yearly batch: everything of its year, and of the years before what it corrects; else the lines of the batch.
-- Needs batch_before (fill_batch_document.sql).
with this_batch as (
  select batch.*, case when job = 'yearly-settlement' then period::integer end as year
  from export_batch join twe.batch using (batch_no)
),
line as (
  select line.ocmw_id, line.weo_id, line.component, line.month, line.due_cents, line.before_cents, line.cents,
    hold.ocmw_id is not null as held
  from export_batch
  join twe.batch_line as line using (batch_no)
  left join twe.batch_hold as hold using (batch_no, ocmw_id)
),
left_out as (
  select ocmw_id, weo_id, component, month, cents from export_batch join twe.batch_left_out using (batch_no)
)
select
  ocmw_id,
  month / 12 as year,
  month % 12 / 3 + 1 as quarter,
  component,
  sum(coalesce(line.due_cents, coalesce(before.ordered_cents, 0) + coalesce(left_out.cents, 0)))::bigint as due_cents,
  sum(coalesce(line.before_cents, before.ordered_cents, 0))::bigint as ordered_cents,
  sum(coalesce(before.paid_cents, 0))::bigint as paid_cents,
  sum(case when line.held then 0 else coalesce(line.cents, 0) end)::bigint as booked_cents,
  sum(coalesce(left_out.cents, 0) + case when line.held then line.cents else 0 end)::bigint as open_cents
from batch_before as before
full join line using (ocmw_id, weo_id, component, month)
full join left_out using (ocmw_id, weo_id, component, month)
join export_component using (component)
where line.cents is not null
  or left_out.cents is not null
  or month / 12 = (select year from this_batch)
group by ocmw_id, month / 12, month % 12 / 3, component, export_component.name
having bool_or(coalesce(line.before_cents, before.ordered_cents, 0) <> 0
  or before.paid_cents <> 0 or line.cents is not null or left_out.cents is not null)
order by ocmw_id, year, quarter, export_component.name
