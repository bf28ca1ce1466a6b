-- What was read of a file of a delivery.
insert into twe.delivery_file (delivery_id, file, name, row_count, set_aside_count)
values ($1, $2, $3, $4, $5)
