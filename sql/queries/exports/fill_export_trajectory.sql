-- Numbers every trajectory of the ledger and of ordered_line; when only changed lines are wanted, those that have any. Sorting two million lines by this number is four times as
-- fast as by two texts that begin alike.
insert into export_trajectory (ocmw_id, weo_id, trajectory_no, payee_id)
with changed as (
  select weo_id from twe.ledger_entry join export_run on changed_by_run = run_no
  union
  select weo_id from changed_order
),
with_money as (
  select ocmw_id, weo_id from twe.ledger_entry
  union
  select ocmw_id, weo_id from ordered_line
  union
  select ocmw_id, weo_id from changed_order
),
paid_to as (
  select with_money.ocmw_id, with_money.weo_id, coalesce(payee.payee_id, with_money.ocmw_id) as payee_id
  from with_money
  left join payee on payee.ocmw_id = with_money.ocmw_id
  where (select changed_by_run from export_run) is null
    or with_money.weo_id in (select weo_id from changed)
)
select ocmw_id, weo_id, dense_rank() over (order by payee_id, weo_id), payee_id
from paid_to;
