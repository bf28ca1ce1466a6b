-- The day of the first finished night; null before it.
select min(business_date) as first_day
from twe.run
where job = 'nightly' and state = 'DONE'
