-- Notes the key ($1: its fingerprint) that the pseudonyms are made with.
insert into twe.pseudonym_key (fingerprint) values ($1)
on conflict (is_only) do update set fingerprint = excluded.fingerprint
