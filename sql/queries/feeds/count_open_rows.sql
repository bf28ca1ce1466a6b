-- For each file, how many rows are set aside at present, and how many of those wait for a reference.
select file, count(*)::integer as open, count(waiting)::integer as waiting
from twe.rejected_row
where closed_on is null
group by file
