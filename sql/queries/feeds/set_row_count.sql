-- Rows read of a delivery ($1), known when its last file was read.
update twe.delivery
set row_count = $2
where delivery_id = $1
