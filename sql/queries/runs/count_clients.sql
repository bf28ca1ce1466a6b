-- How many clients would go with what is older than $1, and how many of the others stay only for kept_for. Grain: kept_for,
-- null for those who go. Needs fill_clients.sql.
select kept_for as "keptFor", count(*)::integer as clients
from client_state
where last_day is null or last_day < $1::date
group by kept_for
order by kept_for
