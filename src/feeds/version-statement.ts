/** The statements that write versions, the ones that carry the weight of an import. */
import type { RecordContract } from './contracts.js';

/**
 * Writes the versions of `accepted` (a select of delivery_id, line and the version columns) that differ from the one
 * before them with the same id and moment of registration: the row before in the same part when an id may be repeated
 * there, else the latest version in the table. An unchanged row writes nothing (110 MB of log with `on conflict`).
 *
 * `isUndated`: the source does not say when a row was registered, the day of its delivery stands for it. Then a row is
 * compared with the latest version of its id up to that day, or every delivery would make a version of every row.
 */
export function addVersions(
  contract: RecordContract,
  accepted: string,
  countedOn: string,
  { mayRepeat, isUndated = false }: { readonly mayRepeat: boolean; readonly isUndated?: boolean },
): string {
  const columns = contract.columns.map((column) => column.stored);
  const payload = columns.filter((column) => !contract.versionOf.includes(column));
  const row = (alias: string) => `row(${payload.map((column) => `${alias}.${column}`).join(', ')})`;
  const keyColumns = isUndated ? contract.id : contract.versionOf;
  const key = (alias: string) => keyColumns.map((column) => `${alias}.${column}`).join(', ');
  const sameKey = keyColumns.map((column) => `v.${column} = a.${column}`).join(' and ');
  const earlier = isUndated ? ' and v.registered_at <= a.registered_at' : '';
  const latestFirst = isUndated ? 'v.registered_at desc, ' : '';
  const table = `twe.${contract.name}_version`;
  const rowBefore = `lag(${row('a')}) over (partition by ${key('a')} order by a.delivery_id, a.line)`;
  return `
    with accepted as (${accepted}),
    latest as (
      select distinct on (${key('v')}) ${key('v')}, ${row('v')} as payload
      from accepted a
      join ${table} v on ${sameKey}${earlier}
      order by ${key('v')}, ${latestFirst}v.delivery_id desc, v.line desc
    ),
    compared as (
      select a.*, ${row('a')} as payload, ${mayRepeat ? `coalesce(${rowBefore}, latest.payload)` : 'latest.payload'} as previous
      from accepted a
      left join latest using (${keyColumns.join(', ')})
    )
    insert into ${table} (delivery_id, line, counted_on, ${columns.join(', ')})
    select c.delivery_id, c.line, ${countedOn}, ${columns.map((column) => `c.${column}`).join(', ')}
    from compared c
    where c.previous is distinct from c.payload`;
}

/** Writes all of `accepted`: there is nothing that they could repeat. */
export function addFirstVersions(contract: RecordContract, accepted: string, countedOn: string): string {
  const columns = contract.columns.map((column) => column.stored);
  return `
    insert into twe.${contract.name}_version (delivery_id, line, counted_on, ${columns.join(', ')})
    select a.delivery_id, a.line, ${countedOn}, ${columns.map((column) => `a.${column}`).join(', ')}
    from (${accepted}) a`;
}
