-- Every OCMW of which a version was accepted, one row for each.
select distinct ocmw_id as "ocmwId"
from twe.ocmw_version
