-- Those of the names $2 of kind $1 that were not written down as removed before.
select asked.name
from unnest($2::text[]) as asked (name)
where not exists (select from twe.removed_item item where (item.kind, item.name) = ($1, asked.name))
