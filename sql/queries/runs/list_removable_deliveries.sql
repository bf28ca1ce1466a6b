-- Names of deliveries that were met (taken in, known or passed over) and count from before $1.
select name from twe.delivery group by name having max(counted_on) < $1::date
