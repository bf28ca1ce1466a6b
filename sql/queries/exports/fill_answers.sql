-- Fills `answered` with the rows of the deliveries that run $1 took in and that are set aside on the evening of $2.
insert into answered (
  delivery_id, file, line, column_name, code, message, raw, record_id, waiting, closed_on, delivery_name, no, fields
)
select
  rejected.delivery_id, file, line, column_name, code, message, raw, record_id, waiting, closed_on, delivery.name,
  row_number() over (), string_to_array(raw, ',')
from twe.rejected_row as rejected
join twe.delivery using (delivery_id)
where delivery.run_id = $1
  and (rejected.closed_on is null or rejected.closed_on > $2::date)
