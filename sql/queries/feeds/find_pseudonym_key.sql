-- The fingerprint of the key that pseudonyms were made with (null: none yet), and whether nobody is known yet.
select (select fingerprint from twe.pseudonym_key) as fingerprint, not exists (select from twe.identity) as "isEmpty"
