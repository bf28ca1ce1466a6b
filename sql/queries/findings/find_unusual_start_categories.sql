-- Running agreements of the last year whose client had, on the first day, a category other than those with which one enters
-- (R-IN-1, R-IN-2). Whoever comes from another agreement keeps the category that goes with its art. 60.
select agreement.ocmw_id, agreement.weo_id, agreement.start_date, category.code
from finding_agreement as agreement
cross join lateral (
  select code
  from finding_category
  where client_id = agreement.client_id and agreement.start_date between from_date and to_date
  order by from_date desc, registered_at desc, delivery_id desc, line desc
  limit 1
) category
where agreement.start_date between :evening - 365 and :evening
  and agreement.end_date > :evening
  and category.code not in ('05', '00', '02', '11', '14', '80', '82')
  and not exists (
    select from finding_agreement as earlier
    where earlier.client_id = agreement.client_id
      and earlier.end_date between agreement.start_date - 60 and agreement.start_date
  )
