/**
 * The statements of a record type, made from its contract: ten record types, one mechanism. `staged_<name>` holds the
 * rows of a part of a file, `set_aside` those of them that were refused, `returning_row` the waiting rows that come
 * back. Each statement finds the difference first and writes only that.
 */
import { RowOrder } from './client-rows.js';
import type { ColumnContract, RecordContract } from './contracts.js';
import { prose } from './kinds.js';
import { addFirstVersions, addVersions } from './version-statement.js';

export interface Statements {
  /** Staging table and its COPY target. */
  readonly createStaged: string;
  readonly staged: string;
  readonly copyTarget: string;
  /** COPY target of rows that are versions as they come (`FirstVersions`). */
  readonly firstTarget: string;
  /** line, at: rows that refer to something unknown, with the place of the first such column. */
  readonly findUnknown: string | undefined;
  /** $1 delivery_id, $2 file: keeps what was set aside. */
  readonly keepSetAside: string;
  /** $1 delivery_id, $2 counted_on: staged rows that differ from the latest version become versions. */
  readonly addVersions: string;
  /** The same when no version was known before and no id came before: all of them. */
  readonly addFirstVersions: string;
  /** The same when an id may stand twice in the part. */
  readonly addRepeatedVersions: string;
  /** The same for rows that carry the day of their delivery as moment of registration; undefined for ocmw.csv. */
  readonly addUndatedVersions: string | undefined;
  /** $1 counted_on: waiting rows in `returning_row` become versions. */
  readonly returnVersions: string;
  /** $1 delivery_id, $2 file, $3 counted_on: closes rows set aside earlier, of which a right one came now. */
  readonly closeReplaced: string;
  /** $1 file: waiting rows into `returning_row` whose references are all known now. */
  readonly findReturning: string | undefined;
  /** $1 file: deliveryId, line, at, value of waiting rows whose first unknown reference is no longer the reported one. */
  readonly findMoved: string | undefined;
  /** The record ids of the staged rows into `present_record`. */
  readonly notePresent: string;
  /** record_id of the records that are not in `present_record`, the first $1 of them. */
  readonly findVanished: string;
}

/** Source of references: where an id is known. */
const KNOWN_IN = {
  ocmw: { table: 'twe.ocmw_version', column: 'ocmw_id' },
  weo: { table: 'twe.weo_version', column: 'weo_id' },
} as const;

/** Makes the statements of a record type. */
export function statementsOf(contract: RecordContract): Statements {
  const order = new RowOrder(contract);
  return {
    createStaged: createStaged(contract),
    staged: staged(contract),
    copyTarget: `${staged(contract)} (line, good, fault_at, ${order.names(({ name }) => name)})`,
    firstTarget: `twe.${contract.name}_version (delivery_id, counted_on, line, ${order.names(({ stored }) => stored)})`,
    findUnknown: findUnknown(contract),
    keepSetAside: keepSetAside(contract),
    addVersions: addVersions(contract, acceptedRows(contract), '$2::date', { mayRepeat: false }),
    addFirstVersions: addFirstVersions(contract, acceptedRows(contract), '$2::date'),
    addRepeatedVersions: addVersions(contract, acceptedRows(contract), '$2::date', { mayRepeat: true }),
    addUndatedVersions: hasRegistration(contract)
      ? addVersions(contract, acceptedRows(contract), '$2::date', { mayRepeat: true, isUndated: true })
      : undefined,
    returnVersions: addVersions(contract, returningRows(contract), '$1::date', { mayRepeat: true }),
    closeReplaced: closeReplaced(contract),
    findReturning: findReturning(contract),
    findMoved: findMoved(contract),
    notePresent: notePresent(contract),
    findVanished: findVanished(contract),
  };
}

function hasRegistration(contract: RecordContract): boolean {
  return contract.versionOf.includes('registered_at');
}

function staged(contract: RecordContract): string {
  return `staged_${contract.name}`;
}

function createStaged(contract: RecordContract): string {
  // A client is staged under the number of ours.
  const columns = contract.columns.map(({ name, kind }) => `${name} ${kind.hidden ? 'bigint' : kind.type}`);
  // A sample of what people wrote would stay in the server's statistics.
  const unsampled = contract.columns
    .filter(({ kind }) => kind === prose)
    .map(({ name }) => `; alter table ${staged(contract)} alter column ${name} set statistics 0`);
  return `create temp table if not exists ${staged(contract)}
    (line integer not null, good boolean not null, fault_at smallint, ${columns.join(', ')}) on commit drop${unsampled.join('')}`;
}

/** Text of the record id over an alias of a version. */
function recordId(contract: RecordContract, prefix: string): string {
  return contract.id.map((column) => `${prefix}${column}::text`).join(` || '/' || `);
}

/** Record id of a staged row `s`, null when it could not be read. */
function stagedRecordId(contract: RecordContract): string {
  return contract.id
    .map((id) => `s.${contract.columns.find((column) => column.stored === id)!.name}::text`)
    .join(` || '/' || `);
}

function references(contract: RecordContract): readonly { column: ColumnContract; at: number }[] {
  return contract.columns.map((column, at) => ({ column, at })).filter(({ column }) => column.reference !== undefined);
}

function isKnown(column: ColumnContract, alias: string): string {
  const source = KNOWN_IN[column.reference!];
  return `exists (select from ${source.table} known where known.${source.column} = ${alias}.${column.name})`;
}

function findUnknown(contract: RecordContract): string | undefined {
  if (contract.name === 'ocmw' || references(contract).length === 0) return undefined;
  const unknown = references(contract).map(
    ({ column, at }) => `
      select s.line, ${at} as at
      from ${staged(contract)} s
      where s.${column.name} is not null and (s.good or s.fault_at > ${at}) and not ${isKnown(column, 's')}`,
  );
  return `select line, min(at) as at from (${unknown.join(' union all ')}) unknown group by line order by line`;
}

function keepSetAside(contract: RecordContract): string {
  const waiting = contract.columns.map((column) => `'${column.stored}', s.${column.name}`);
  return `
    insert into twe.rejected_row (delivery_id, file, line, column_name, code, message, raw, record_id, waiting)
    select $1, $2, a.line, a.column_name, a.code, a.message, a.raw, ${stagedRecordId(contract)},
      case when a.waits then jsonb_strip_nulls(jsonb_build_object(${waiting.join(', ')})) end
    from set_aside a
    join ${staged(contract)} s on s.line = a.line`;
}

/** Staged rows without a fault, as versions. */
function acceptedRows(contract: RecordContract): string {
  const columns = contract.columns.map((column) => `s.${column.name} as ${column.stored}`);
  return `
    select $1::integer as delivery_id, s.line, ${columns.join(', ')}
    from ${staged(contract)} s
    where s.good and not exists (select from set_aside a where a.line = s.line)`;
}

/** Rows that come back, as versions. */
function returningRows(contract: RecordContract): string {
  const columns = contract.columns.map((column) => `w.${column.stored}`);
  return `
    select r.delivery_id, r.line, ${columns.join(', ')}
    from returning_row c
    join twe.rejected_row r on r.delivery_id = c.delivery_id and r.file = '${contract.file}' and r.line = c.line
    cross join lateral jsonb_populate_record(null::twe.${contract.name}_version, r.waiting) w`;
}

function closeReplaced(contract: RecordContract): string {
  return `
    with accepted as (${acceptedRows(contract)})
    update twe.rejected_row r
    set closed_on = $3
    from (select distinct ${recordId(contract, 'accepted.')} as record_id from accepted) right_now
    where r.file = $2 and r.record_id = right_now.record_id and r.closed_on is null and r.delivery_id < $1`;
}

function findReturning(contract: RecordContract): string | undefined {
  if (contract.name === 'ocmw' || references(contract).length === 0) return undefined;
  const known = references(contract).map(({ column }) => `(w.${column.stored} is null or ${isKnown(column, 'w')})`);
  return `
    insert into returning_row (delivery_id, line)
    select r.delivery_id, r.line
    from twe.rejected_row r
    cross join lateral jsonb_populate_record(null::twe.${contract.name}_version, r.waiting) w
    where r.file = $1 and r.closed_on is null and r.waiting is not null and ${known.join(' and ')}`;
}

function findMoved(contract: RecordContract): string | undefined {
  if (references(contract).length < 2) return undefined;
  const firstUnknown = (result: (column: ColumnContract, at: number) => string) => {
    const cases = references(contract).map(
      ({ column, at }) =>
        `when w.${column.stored} is not null and not ${isKnown(column, 'w')} then ${result(column, at)}`,
    );
    return `case ${cases.join(' ')} end`;
  };
  const reported = references(contract).map(({ column, at }) => `when '${column.name}' then ${at}`);
  return `
    select *
    from (
      select r.delivery_id as "deliveryId", r.line, ${firstUnknown((_, at) => String(at))} as at,
        ${firstUnknown((column) => `w.${column.stored}`)} as value,
        case r.column_name ${reported.join(' ')} end as reported
      from twe.rejected_row r
      cross join lateral jsonb_populate_record(null::twe.${contract.name}_version, r.waiting) w
      where r.file = $1 and r.closed_on is null and r.waiting is not null
    ) still_waiting
    where at <> reported`;
}

function notePresent(contract: RecordContract): string {
  return `
    insert into present_record (record_id)
    select ${stagedRecordId(contract)}
    from ${staged(contract)} s`;
}

function findVanished(contract: RecordContract): string {
  const id = contract.id.join(', ');
  const isWithdrawn = contract.columns.some((column) => column.stored === 'withdrawn') ? 'withdrawn' : 'false';
  const order = contract.versionOf.filter((column) => !contract.id.includes(column)).map((column) => `${column} desc`);
  return `
    with present_version as (
      select distinct on (${id}) ${recordId(contract, '')} as record_id, ${isWithdrawn} as withdrawn
      from twe.${contract.name}_version
      order by ${[id, ...order, 'delivery_id desc', 'line desc'].join(', ')}
    )
    select v.record_id
    from present_version v
    where not v.withdrawn and not exists (select from present_record p where p.record_id = v.record_id)
    order by v.record_id collate "C"
    limit $1`;
}
