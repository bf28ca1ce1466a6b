-- What each OCMW with lines of the WEO $1 was to get or to pay back in the batches booked up to the evening $2, and what
-- payment.csv said of it by then, in order of batch. Grain: one OCMW of one batch. claims: its payment, its claim, both
-- (without netting) or none; payments: those that carry the reference, for the whole part or for a line of this WEO.
with part as (
  select distinct l.batch_no, l.ocmw_id
  from twe.batch_line l
  join twe.batch b using (batch_no)
  left join twe.run booked on booked.run_id = b.booked_run_id
  where l.weo_id = $1 and coalesce(booked.business_date, b.run_day) <= $2
),
known_payment as (
  select distinct on (payment_id) *
  from twe.payment_version
  where payment_id in (
      select p.payment_id
      from twe.payment_version p
      -- By index: an opening balance has a row for each line of each trajectory, and names it.
      where (p.weo_id is null or p.weo_id = $1) and p.reference is not null and p.ocmw_id in (select ocmw_id from part)
    )
    and registered_on <= $2 and counted_on <= $2
  order by payment_id, registered_at desc, delivery_id desc, line desc
),
claim as (
  select
    c.batch_no, c.ocmw_id, c.direction, c.cents, c.reference,
    coalesce((
      select json_agg(
        json_build_object('paymentId', p.payment_id, 'paidOn', p.paid_on, 'cents', p.cents, 'forLine', p.weo_id is not null)
        order by p.paid_on, p.payment_id
      )
      from known_payment p
      where not p.withdrawn and p.ocmw_id = c.ocmw_id and coalesce(p.weo_id, $1) = $1
        and regexp_replace(p.reference, '[^0-9]', '', 'g') = regexp_replace(c.reference, '[^0-9]', '', 'g')
    ), '[]') as payments
  from part
  join twe.batch_claim c using (batch_no, ocmw_id)
)
select
  b.batch_id, part.ocmw_id,
  (
    select o.name from twe.ocmw_version o
    where o.ocmw_id = part.ocmw_id and o.counted_on <= $2
    order by o.valid_from desc, o.delivery_id desc, o.line desc
    limit 1
  ) as ocmw_name,
  coalesce((
    select json_agg(
      json_build_object('direction', c.direction, 'cents', c.cents, 'reference', c.reference, 'payments', c.payments)
      order by c.direction desc
    )
    from claim c
    where c.batch_no = part.batch_no and c.ocmw_id = part.ocmw_id
  ), '[]') as claims
from part
join twe.batch b using (batch_no)
order by b.run_day, b.batch_no, part.ocmw_id
