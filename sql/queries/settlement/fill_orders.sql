-- What counts as ordered on one evening (rulebook 15.2), in the temporary table ordered_entry: a row for each batch line
-- that still counts (batch_no) and for each opening balance (batch_no null), under the OCMW that it was ordered for;
-- paid_cents is what payment.csv confirmed of it or brought in. released_line holds the batch lines that count no more:
-- the batch was rejected, its OCMW was held out of it, or the payment of the part (or of the line) failed or came back; released_on says when.
-- :evening: orders and payments count up to this day. :components: names of components in order of their numbers.

drop table if exists
  known_payment, matched_payment, line_direction, returned_part, returned_line, released_line, confirmed_part, ordered_entry;

create temporary table known_payment on commit drop as
select
  payment_id, ocmw_id, paid_on, cents, regexp_replace(reference, '[^0-9]', '', 'g') as reference_digits,
  reference is not null as has_reference, weo_id,
  (array_position(:components, component::text) - 1)::smallint as component,
  (extract(year from month) * 12 + extract(month from month) - 1)::integer as month,
  known_on
from (
  select distinct on (payment_id) *, greatest(registered_on, counted_on) as known_on
  from twe.payment_version
  where registered_on <= :evening and counted_on <= :evening
  order by payment_id, registered_at desc, delivery_id desc, line desc
) present
where not withdrawn;

create temporary table matched_payment on commit drop as
select p.*, c.batch_no, c.direction, c.cents as claim_cents, p.weo_id is not null as names_line
from known_payment p
join twe.standing_batch_claim c
  on regexp_replace(c.reference, '[^0-9]', '', 'g') = p.reference_digits and c.ocmw_id = p.ocmw_id
join twe.batch_decision d on d.batch_no = c.batch_no and d.decision = 'APPROVED' and d.decided_on <= :evening
where p.has_reference;

-- Which payment or claim a line belongs to: without netting each trajectory goes by its own sign.
create temporary table line_direction on commit drop as
select
  l.batch_no, l.ocmw_id, l.weo_id,
  case
    when count(*) filter (where c.direction = 'PAY') > 0 and count(*) filter (where c.direction = 'CLAIM') > 0
      then case when sum(l.cents) >= 0 then 'PAY' else 'CLAIM' end
    else coalesce(min(c.direction), 'NONE')
  end as direction
from twe.batch_line l
left join twe.batch_claim c using (batch_no, ocmw_id)
join twe.batch b using (batch_no)
where b.run_day <= :evening
group by l.batch_no, l.ocmw_id, l.weo_id;

-- Payments that failed or came back: by one row of the amount that was paid, or by several that add up to it. Anything else
-- matches nothing and counts for nothing.
create temporary table returned_part on commit drop as
select
  batch_no, ocmw_id,
  coalesce(min(known_on) filter (where -cents = claim_cents), max(known_on)) as returned_on
from matched_payment
where not names_line and direction = 'PAY' and cents < 0
group by batch_no, ocmw_id, claim_cents
having -sum(cents) = claim_cents or bool_or(-cents = claim_cents);

create temporary table returned_line on commit drop as
select
  p.batch_no, p.ocmw_id, p.weo_id, p.component, p.month, l.cents as line_cents,
  coalesce(min(p.known_on) filter (where -p.cents = l.cents), max(p.known_on)) as returned_on
from matched_payment p
join twe.batch_line l using (batch_no, ocmw_id, weo_id, component, month)
join line_direction g on (g.batch_no, g.ocmw_id, g.weo_id) = (l.batch_no, l.ocmw_id, l.weo_id)
where p.names_line and p.direction = 'PAY' and g.direction = 'PAY' and p.cents < 0
group by p.batch_no, p.ocmw_id, p.weo_id, p.component, p.month, l.cents
having -sum(p.cents) = l.cents or bool_or(-p.cents = l.cents);

create temporary table released_line on commit drop as
select
  batch_no, kind, ocmw_id, weo_id, component, month, min(released_on) as released_on, min(released_at) as released_at
from (
  select
    l.batch_no, l.kind, l.ocmw_id, l.weo_id, l.component, l.month, part.released_on, part.released_at
  from twe.batch_line l
  join twe.released_part part using (batch_no, ocmw_id)
  where part.released_on <= :evening
  union all
  select l.batch_no, l.kind, l.ocmw_id, l.weo_id, l.component, l.month, p.returned_on, null
  from returned_part p
  join line_direction g on g.batch_no = p.batch_no and g.ocmw_id = p.ocmw_id and g.direction = 'PAY'
  join twe.batch_line l on l.batch_no = g.batch_no and l.ocmw_id = g.ocmw_id and l.weo_id = g.weo_id
  union all
  select l.batch_no, l.kind, l.ocmw_id, l.weo_id, l.component, l.month, p.returned_on, null
  from returned_line p
  join twe.batch_line l using (batch_no, ocmw_id, weo_id, component, month)
  where l.cents = p.line_cents
) release
group by batch_no, kind, ocmw_id, weo_id, component, month;

-- Parts whose net amount is confirmed: by one payment, or by several that add up to it.
create temporary table confirmed_part on commit drop as
select batch_no, ocmw_id, direction
from matched_payment
where not names_line and (cents > 0) = (direction = 'PAY')
group by batch_no, ocmw_id, direction, claim_cents
having sum(abs(cents)) = claim_cents or bool_or(abs(cents) = claim_cents);

create temporary table ordered_entry on commit drop as
select
  l.batch_no, l.ocmw_id, l.weo_id, l.component, l.month, l.cents::bigint as ordered_cents,
  case
    when exists (
      select from confirmed_part c
      where c.batch_no = l.batch_no and c.ocmw_id = l.ocmw_id and c.direction = g.direction
    ) then l.cents::bigint
    else coalesce((
      select sum(p.cents) from matched_payment p
      where p.names_line and p.batch_no = l.batch_no and p.ocmw_id = l.ocmw_id
        and (p.cents > 0) = (p.direction = 'PAY')
        and (p.weo_id, p.component, p.month) = (l.weo_id, l.component, l.month)
    ), 0)
  end as paid_cents
from twe.batch_line l
join line_direction g using (batch_no, ocmw_id, weo_id)
where not exists (
  select from released_line r
  where (r.batch_no, r.kind, r.ocmw_id, r.weo_id, r.component, r.month)
    = (l.batch_no, l.kind, l.ocmw_id, l.weo_id, l.component, l.month)
)
union all
select null, ocmw_id, weo_id, component, month, cents, cents
from known_payment
where not has_reference and weo_id is not null and component is not null and month is not null;
