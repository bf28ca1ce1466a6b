-- Measurements that wait for a decision or for data (R-F-10): without it there is no final settlement.
select agreement.ocmw_id, agreement.weo_id, measurement, measured_on, :evening - measured_on as days
from finding_measurement
join finding_agreement as agreement using (weo_id)
where outcome = 'PENDING'
