-- Fills the temporary table payee, one row for each OCMW known on the day $2: who is paid for it on the day $1 (the
-- successor once valid_to has passed, followed to the end), with that one's name, NIS code and IBAN (rulebook 15.6).
-- Of the rows of one OCMW the newest that has begun counts, or the earliest when none has begun yet.
insert into payee (ocmw_id, payee_id, name, nis_code, iban)
with recursive latest_version as (
  select distinct on (ocmw_id, valid_from)
    ocmw_id, valid_from, valid_to, successor_id, name, nis_code, iban
  from twe.ocmw_version
  where counted_on <= $2::date
  order by ocmw_id, valid_from, delivery_id desc, line desc
),
present as (
  select distinct on (ocmw_id)
    ocmw_id, valid_to, successor_id, name, nis_code, iban
  from latest_version
  order by ocmw_id, valid_from > $1::date, abs(valid_from - $1::date)
),
-- one step to the successor; a successor that is not known yet cannot be paid
step as (
  select closed.ocmw_id, closed.successor_id
  from present as closed
  join present as successor on successor.ocmw_id = closed.successor_id
  where closed.valid_to < $1::date
    and closed.successor_id <> closed.ocmw_id
),
walk (ocmw_id, reached_id, steps) as (
  select ocmw_id, ocmw_id, 0
  from present
  union all
  select walk.ocmw_id, step.successor_id, walk.steps + 1
  from walk
  join step on step.ocmw_id = walk.reached_id
  -- successors in a circle would never end
  where walk.steps < 50
),
arrived as (
  select distinct on (ocmw_id) ocmw_id, reached_id
  from walk
  order by ocmw_id, steps desc
)
select arrived.ocmw_id, present.ocmw_id, present.name, present.nis_code, present.iban
from arrived
join present on present.ocmw_id = arrived.reached_id;
