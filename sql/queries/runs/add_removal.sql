-- Writes down that $4 items of kind $2 went in run $1 with what is older than $3.
insert into twe.removal (run_id, kind, removed_on, older_than, item_count)
select $1, $2, business_date, $3, $4 from twe.run where run_id = $1
returning removal_no as "removalNo"
