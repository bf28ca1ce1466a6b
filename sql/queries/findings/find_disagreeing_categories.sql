-- Measurements of the last 180 days whose outcome disagrees with the category of that day (rulebook 4.2): positive while not
-- working, negative while working. Without a category nothing is compared.
select
  agreement.ocmw_id, agreement.weo_id, present.measurement, present.measured_on, present.outcome, category.code
from finding_measurement as present
join finding_agreement as agreement using (weo_id)
cross join lateral (
  select code
  from finding_category
  where client_id = agreement.client_id and present.measured_on between from_date and to_date
  order by from_date desc, registered_at desc, delivery_id desc, line desc
  limit 1
) category
where present.measured_on >= :evening - 180
  and not present.decided
  and (
    present.outcome = 'POSITIVE' and category.code in ('00', '02', '05', '11', '14')
    or present.outcome = 'NEGATIVE' and category.code in ('10', '78', '80', '82', '90', '93')
  )
