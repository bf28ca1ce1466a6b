-- Why: rejects.csv of a past evening is made again from these dates; a row that was closed before it came would never show.
select r.delivery_id, d.name, r.file, r.line, r.closed_on
from twe.rejected_row r
join twe.delivery d using (delivery_id)
where r.closed_on < d.counted_on
