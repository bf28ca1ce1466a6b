-- A delivery that was taken, was there already or is passed over. Returns its number.
insert into twe.delivery
  (name, digest, mode, delivered_on, counted_on, state, run_id, whole_digest, source, sequence)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
returning delivery_id as id
