-- What stands in none of the chains: each batch, decision, hold, delivery and accepted guard is linked when it is written.
select 'BATCH' as kind, '' as ocmw_id, batch_id as about
from twe.batch
where not exists (select from twe.chain_link where kind = 'BATCH' and last_no = batch_no)
union all
select 'DECISION', '', batch_id
from twe.batch_decision
join twe.batch using (batch_no)
where not exists (select from twe.chain_link where kind = 'DECISION' and last_no = batch_no)
union all
select 'HOLD', ocmw_id, batch_id
from twe.batch_hold hold
join twe.batch using (batch_no)
where not exists (select from twe.chain_link where kind = 'HOLD' and last_no = batch_no and chain_link.ocmw_id = hold.ocmw_id)
union all
select 'DELIVERIES', '', run_id
from twe.delivery
where delivery_id > (select coalesce(max(last_no), 0) from twe.chain_link where kind = 'DELIVERIES')
union all
select 'GUARDS', '', run_id
from twe.guard_acceptance
where acceptance_no > (select coalesce(max(last_no), 0) from twe.chain_link where kind = 'GUARDS')
