-- Agreements that still stand under a national number that was replaced; those that run or ended in the last 180 days.
select agreement.ocmw_id, agreement.weo_id, client.registered_on
from finding_agreement as agreement
join finding_client as client using (person_id)
where agreement.end_date >= :evening - 180
