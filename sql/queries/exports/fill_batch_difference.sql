-- batch_difference: the lines of the batch in export_batch that are no first payment of their quarter (in a yearly settlement
-- all of them: there a first payment is of a quarter that this program never paid), with the batch whose knowledge each
-- is compared with: the last one that ordered it; for a line that was never ordered the one that paid its quarter. compared_batch
-- is null where there is none (opening balance, a quarter from before this program).
-- again_batch: the batch from which the line was released, or in which it was left out, before it came again.
-- Needs batch_before (fill_batch_document.sql) and released_line (fill_orders.sql).
drop table if exists batch_difference;
create temporary table batch_difference on commit drop as
with this_batch as (
  select batch.* from export_batch join twe.batch using (batch_no)
),
line as (
  select line.*
  from export_batch
  join twe.standing_batch_line as line using (batch_no)
  where line.kind = 'YEAR' or line.reason <> (select reason from export_reason where name = 'REGULAR')
),
again as (
  select came.ocmw_id, came.weo_id, came.component, came.month, max(came.batch_no) as batch_no
  from (
    select batch_no, ocmw_id, weo_id, component, month from released_line
    union all
    select batch_no, ocmw_id, weo_id, component, month from twe.batch_left_out
  ) as came
  where came.batch_no < (select batch_no from this_batch)
  group by 1, 2, 3, 4
),
quarter_of_line as (
  select line.*,
    case
      when component.name = 'C2' then (
        select extract(year from end_date) * 12 + extract(month from end_date) - 1
        from twe.weo_version as version
        where version.weo_id = line.weo_id
          and version.registered_on <= this_batch.registered_until
          and version.counted_on <= this_batch.delivered_until
        order by version.registered_at desc, version.delivery_id desc, version.line desc
        limit 1
      )
      else line.month
    end::integer as quarter_month
  from line
  cross join this_batch
  join export_component as component using (component)
)
select line.ocmw_id, line.weo_id, line.component, line.month, line.cents, line.reason,
  case
    when before.weo_id is not null then before.last_batch
    else (
      select quarter.batch_no
      from twe.batch as quarter
      where quarter.job = 'quarterly-payment'
        and quarter.period = (line.quarter_month / 12) || '-Q' || (line.quarter_month % 12 / 3 + 1)
        and quarter.batch_no < line.batch_no
    )
  end as compared_batch,
  again.batch_no as again_batch
from quarter_of_line as line
left join batch_before as before using (ocmw_id, weo_id, component, month)
left join again using (ocmw_id, weo_id, component, month);
analyze batch_difference;
