-- Why: a bank refuses a structured communication whose last two digits are not the first ten modulo 97 (97 for 0).
with numbered as (
  select batch_no, ocmw_id, direction, reference, regexp_replace(reference, '[^0-9]', '', 'g') as digits
  from twe.batch_claim
)
select batch_no, ocmw_id, direction, reference
from numbered
where case
  when reference ~ '^\+\+\+[0-9]{3}/[0-9]{4}/[0-9]{5}\+\+\+$'
    then coalesce(nullif(left(digits, 10)::bigint % 97, 0), 97) <> right(digits, 2)::integer
  else true
end
