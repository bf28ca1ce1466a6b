-- What the deliveries of the business date held, by file: rows read, rows set aside when they came in, and versions of records
-- that stand there now because of them. Grain: file. A file that did not come tonight is not looked for: its branch is
-- never run.
with tonight as materialized (
  select delivery_id
  from twe.delivery
  join twe.run using (run_id)
  join export_run using (business_date)
  where delivery.state = 'TAKEN'
),
came as materialized (
  select file, sum(row_count) as row_count, sum(set_aside_count) as set_aside
  from tonight
  join twe.delivery_file using (delivery_id)
  group by file
),
brought (file, count) as (
  select 'ocmw.csv', count(*)
  from twe.ocmw_version
  where (select exists (select from came where file = 'ocmw.csv'))
    and delivery_id >= (select min(delivery_id) from tonight)
    and delivery_id in (select delivery_id from tonight)
  union all
  select 'weo.csv', count(*)
  from twe.weo_version
  where (select exists (select from came where file = 'weo.csv'))
    and delivery_id >= (select min(delivery_id) from tonight)
    and delivery_id in (select delivery_id from tonight)
  union all
  select 'employment.csv', count(*)
  from twe.employment_version
  where (select exists (select from came where file = 'employment.csv'))
    and delivery_id >= (select min(delivery_id) from tonight)
    and delivery_id in (select delivery_id from tonight)
  union all
  select 'category.csv', count(*)
  from twe.category_version
  where (select exists (select from came where file = 'category.csv'))
    and delivery_id >= (select min(delivery_id) from tonight)
    and delivery_id in (select delivery_id from tonight)
  union all
  select 'evaluation.csv', count(*)
  from twe.evaluation_version
  where (select exists (select from came where file = 'evaluation.csv'))
    and delivery_id >= (select min(delivery_id) from tonight)
    and delivery_id in (select delivery_id from tonight)
  union all
  select 'decision.csv', count(*)
  from twe.decision_version
  where (select exists (select from came where file = 'decision.csv'))
    and delivery_id >= (select min(delivery_id) from tonight)
    and delivery_id in (select delivery_id from tonight)
  union all
  select 'budget.csv', count(*)
  from twe.budget_version
  where (select exists (select from came where file = 'budget.csv'))
    and delivery_id >= (select min(delivery_id) from tonight)
    and delivery_id in (select delivery_id from tonight)
  union all
  select 'payment.csv', count(*)
  from twe.payment_version
  where (select exists (select from came where file = 'payment.csv'))
    and delivery_id >= (select min(delivery_id) from tonight)
    and delivery_id in (select delivery_id from tonight)
  union all
  select 'replacement.csv', count(*)
  from twe.replacement_version
  where (select exists (select from came where file = 'replacement.csv'))
    and delivery_id >= (select min(delivery_id) from tonight)
    and delivery_id in (select delivery_id from tonight)
  union all
  select 'wage.csv', count(*)
  from twe.wage_version
  where (select exists (select from came where file = 'wage.csv'))
    and delivery_id >= (select min(delivery_id) from tonight)
    and delivery_id in (select delivery_id from tonight)
)
select
  file,
  row_count::integer as "rowCount",
  set_aside::integer as "setAside",
  brought.count::integer as "newVersions"
from came
left join brought using (file)
order by file
