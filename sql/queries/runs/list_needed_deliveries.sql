-- Names of deliveries that something undecided rests on: an agreement in a batch without a decision, in a part that was held
-- and not taken up since, or in a claim that the OCMW has not paid. Needs line_direction and open_claim.
with disputed as (
  select line.weo_id
  from twe.batch_line line
  where not exists (select from twe.batch_decision decision where decision.batch_no = line.batch_no)
  union
  select line.weo_id
  from twe.open_hold
  join twe.batch_line line using (batch_no, ocmw_id)
  union
  select line.weo_id
  from open_claim claim
  join twe.batch using (batch_id)
  join line_direction line
    on line.batch_no = batch.batch_no and line.ocmw_id = claim.ocmw_id and line.direction = claim.direction
  where claim.direction = 'CLAIM'
),
person as (
  select distinct person_id from disputed join twe.weo_version using (weo_id)
),
needed (delivery_id) as (
  select delivery_id from disputed join twe.weo_version using (weo_id)
  union
  select delivery_id from disputed join twe.employment_version using (weo_id)
  union
  select delivery_id from disputed join twe.evaluation_version using (weo_id)
  union
  select delivery_id from disputed join twe.decision_version using (weo_id)
  union
  select delivery_id from disputed join twe.payment_version using (weo_id)
  union
  select delivery_id from person join twe.employment_version using (person_id)
  union
  select delivery_id from person join twe.category_version using (person_id)
)
select distinct name from needed join twe.delivery using (delivery_id)
