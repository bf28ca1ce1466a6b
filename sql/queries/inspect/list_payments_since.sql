-- Versions of payments that became known after the evening $1 and concern the lines of the WEOs $2, newest first: those that
-- name a line, and those that carry the reference of a batch in which a line stands. Grain: version and line. withdrawn
-- and corrected ones too. component and month as in the ledger.
with line as (
  select distinct batch_no, ocmw_id, weo_id, component, month from twe.batch_line where weo_id = any ($2::text[])
),
fresh as (
  select *, regexp_replace(reference, '[^0-9]', '', 'g') as digits, greatest(registered_on, counted_on) as known_on
  from twe.payment_version
  where greatest(registered_on, counted_on) > $1::date
)
select
  line.weo_id, line.component, line.month, fresh.payment_id, fresh.known_on, fresh.withdrawn,
  true as has_reference, delivery.name as delivery, fresh.line
from fresh
join twe.batch_claim as claim on regexp_replace(claim.reference, '[^0-9]', '', 'g') = fresh.digits
join line using (batch_no)
join twe.delivery as delivery using (delivery_id)
where line.ocmw_id = claim.ocmw_id
  and coalesce(fresh.weo_id, line.weo_id) = line.weo_id
union all
select
  fresh.weo_id, (array_position($3::text[], fresh.component::text) - 1)::smallint,
  (extract(year from fresh.month) * 12 + extract(month from fresh.month) - 1)::integer,
  fresh.payment_id, fresh.known_on, fresh.withdrawn, false, delivery.name, fresh.line
from fresh
join twe.delivery as delivery using (delivery_id)
where fresh.reference is null
  and fresh.weo_id = any ($2::text[])
  and fresh.component is not null
  and fresh.month is not null
order by 5 desc, 4
