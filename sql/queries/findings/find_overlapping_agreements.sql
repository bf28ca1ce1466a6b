-- Agreements that are held because they overlap with one of the same client that was registered earlier and counts
-- (E-WEO-OVERLAP), with that one. Not limited in time: money is held until the overlap is gone.
with recursive several as (
  select
    agreement.*, daterange(start_date, end_date, '[]') as days,
    row_number() over (
      partition by client_id order by first_registered_at, first_delivery_id, first_line, weo_id
    ) as place
  from finding_agreement as agreement
  where client_id in (select client_id from finding_agreement group by client_id having count(*) > 1)
),
decided as (
  select client_id, place, weo_id, true as counts, datemultirange(days) as taken from several where place = 1
  union all
  select
    next.client_id, next.place, next.weo_id, not taken && next.days,
    case when taken && next.days then taken else taken + datemultirange(next.days) end
  from decided
  join several as next on next.client_id = decided.client_id and next.place = decided.place + 1
)
select distinct on (held.weo_id)
  held.ocmw_id, held.weo_id, other.weo_id as other_weo_id,
  (other.first_registered_at at time zone 'Europe/Brussels')::date as other_registered_on,
  greatest(held.start_date, other.start_date) as overlap_from,
  nullif(least(held.end_date, other.end_date), 'infinity') as overlap_to,
  (
    select delivery.name || ', weo.csv line ' || version.line
    from twe.weo_version version
    join twe.delivery using (delivery_id)
    where version.weo_id = held.weo_id and version.registered_on <= :evening and version.counted_on <= :evening
    order by version.registered_at desc, version.delivery_id desc, version.line desc
    limit 1
  ) as place
from decided
join several as held using (weo_id)
join decided as earlier on earlier.client_id = held.client_id and earlier.place < held.place and earlier.counts
join several as other on other.weo_id = earlier.weo_id and other.days && held.days
where not decided.counts
order by held.weo_id, other.place
