-- Payments and claims of the OCMW $1 in batches with a run day up to the evening $2, as its account should hold them.
-- Grain: one payment or claim. standing: what was decided by then; payments: what payment.csv said of it under its
-- reference (as a whole or for one of its lines); lines: what it is made of, with a payment and a claim in one batch (no
-- netting) the positive lines and the negative ones.
with known_payment as (
  select distinct on (payment_id) *
  from twe.payment_version
  where payment_id in (select payment_id from twe.payment_version where ocmw_id = $1 and reference is not null)
    and registered_on <= $2 and counted_on <= $2
  order by payment_id, registered_at desc, delivery_id desc, line desc
)
select
  b.batch_id, b.period, b.run_day, c.direction, c.cents, c.reference,
  case
    when h.batch_no is not null then 'HELD'
    when d.decision = 'APPROVED' then 'STANDS'
    when d.decision = 'REJECTED' then 'REJECTED'
    else 'WAITING'
  end as standing,
  coalesce((
    select json_agg(json_build_object('paidOn', p.paid_on, 'cents', p.cents) order by p.paid_on, p.payment_id)
    from known_payment p
    where not p.withdrawn and p.ocmw_id = $1
      and regexp_replace(p.reference, '[^0-9]', '', 'g') = regexp_replace(c.reference, '[^0-9]', '', 'g')
  ), '[]') as payments,
  coalesce((
    select json_agg(json_build_array(l.weo_id, l.component, l.month, l.cents) order by l.weo_id, l.component, l.month)
    from (
      select weo_id, component, month, sum(cents)::bigint as cents
      from twe.batch_line
      where batch_no = c.batch_no and ocmw_id = c.ocmw_id
        and (
          (cents > 0) = (c.direction = 'PAY')
          or 1 = (select count(*) from twe.batch_claim s where s.batch_no = c.batch_no and s.ocmw_id = c.ocmw_id)
        )
      group by weo_id, component, month
      having sum(cents) <> 0
    ) l
  ), '[]') as lines
from twe.batch_claim c
join twe.batch b using (batch_no)
left join twe.batch_decision d on d.batch_no = c.batch_no and d.decided_on <= $2
left join twe.batch_hold h on h.batch_no = c.batch_no and h.ocmw_id = c.ocmw_id and h.held_on <= $2
where c.ocmw_id = $1 and b.run_day <= $2 and c.cents > 0
order by b.run_day, b.batch_no, c.direction
