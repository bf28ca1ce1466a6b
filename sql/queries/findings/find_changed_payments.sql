-- Payments whose id was sent again with another amount, OCMW or reference, not taken back in between: the later one counts.
-- Only while the change is news: 100 days.
select
  present.ocmw_id, present.payment_id, present.cents, previous.cents as previous_cents,
  present_delivery.name || ', payment.csv line ' || present.line as place,
  previous_delivery.name || ', payment.csv line ' || previous.line as previous_place
from (
  select distinct on (payment_id) *
  from twe.payment_version
  where registered_on <= :evening and counted_on <= :evening
  order by payment_id, registered_at desc, delivery_id desc, line desc
) present
join twe.delivery present_delivery on present_delivery.delivery_id = present.delivery_id
join lateral (
  select *
  from twe.payment_version earlier
  where earlier.payment_id = present.payment_id
    and (earlier.registered_at, earlier.delivery_id, earlier.line)
      < (present.registered_at, present.delivery_id, present.line)
    and earlier.registered_on <= :evening and earlier.counted_on <= :evening
  order by registered_at desc, delivery_id desc, line desc
  limit 1
) previous on true
join twe.delivery previous_delivery on previous_delivery.delivery_id = previous.delivery_id
where not present.withdrawn
  and not previous.withdrawn
  and greatest(present.registered_on, present.counted_on) > :evening - 100
  and (previous.cents, previous.ocmw_id, coalesce(previous.reference, ''))
    <> (present.cents, present.ocmw_id, coalesce(present.reference, ''))
