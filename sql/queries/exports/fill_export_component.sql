-- Component numbers and names: $1 is the list of names in order of number.
insert into export_component (component, name)
select place - 1, name from unnest($1::text[]) with ordinality as listed (name, place);
