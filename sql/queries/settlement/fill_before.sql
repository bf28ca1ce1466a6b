-- before_packed: for each WEO everything ordered before a batch, packed as text: payee of the run day, component, month,
-- cents, number of the last batch that ordered it (0: opening balance), each ended by the unit separator.
-- Needs ordered_entry and payee, both of the run day.
drop table if exists before_packed;
create temporary table before_packed on commit drop as
select
  weo_id,
  string_agg(
    ocmw_id || E'\x1f' || component || E'\x1f' || month || E'\x1f' || cents || E'\x1f' || last_batch || E'\x1f', ''
    order by ocmw_id, component, month
  ) as packed
from (
  select
    coalesce(p.payee_id, o.ocmw_id) as ocmw_id, o.weo_id, o.component, o.month, sum(o.ordered_cents) as cents,
    coalesce(max(o.batch_no), 0) as last_batch
  from ordered_entry o
  left join payee p on p.ocmw_id = o.ocmw_id
  group by 1, 2, 3, 4
) line
group by weo_id;

-- come_again: lines that were released or left out and that no run could take up since. A run takes up what was released
-- on its run day or before, when it had been told before the run was booked.
drop table if exists come_again;
create temporary table come_again on commit drop as
select distinct coalesce(p.payee_id, l.ocmw_id) as ocmw_id, l.weo_id, l.component, l.month
from (
  select batch_no, ocmw_id, weo_id, component, month, released_on, released_at from released_line
  union all
  select o.batch_no, o.ocmw_id, o.weo_id, o.component, o.month, b.run_day, null
  from twe.batch_left_out o
  join twe.batch b using (batch_no)
) l
join twe.batch b using (batch_no)
left join payee p on p.ocmw_id = l.ocmw_id
where not exists (
  select from twe.batch later
  where later.run_day > b.run_day and later.run_day >= l.released_on
    and (l.released_at is null or later.booked_at > l.released_at)
    and later.job <> 'final-settlement'
);
