/**
 * The state of a past moment, in another database that was empty: only the rows that were there are copied, from one
 * snapshot of the real one, which goes on meanwhile. A million trajectories take about as long as a copy of the files.
 */
import { day, formatDay } from '../../calendar.js';
import { copyAcross } from '../../db/copy.js';
import type { Database, Session } from '../../db/database.js';
import { deferIndexes } from '../../db/deferred-indexes.js';
import { CONTRACTS } from '../../feeds/contracts.js';
import { restateWaiting } from '../../feeds/waiting.js';
import { carriedOf } from '../../ledger/carried.js';
import { refreshFacts } from '../../records/build.js';
import type { Moment } from './moment.js';
import { BATCH_TABLES, IDENTITY, TABLES, type TableRule } from './tables.js';

export interface LoadOptions {
  /** With clear national numbers. */
  readonly identities: boolean;
  /** Told what is done. */
  readonly progress?: (text: string) => void;
}

/**
 * Fills an empty database of this program with everything that was there at a moment, and builds the facts of that evening.
 * The ledger's fingerprints stay empty: no document needs them.
 */
export async function loadMoment(
  source: Database,
  target: Database,
  moment: Moment,
  { identities, progress }: LoadOptions,
): Promise<void> {
  const rules = [
    ...TABLES.filter(({ where }) => where !== undefined),
    ...BATCH_TABLES,
    ...(identities ? [IDENTITY] : []),
  ];
  await copyRows(source, target, rules, { ...moment, from: BEGINNING }, progress);
  await target.transaction(async (session) => {
    await restateSetAside(session);
    await buildFactsOf(session);
  });
  await target.session((session) => session.client.query('analyze'));
}

/** Earlier than any row. */
export const BEGINNING = '-infinity';

/** A moment, and from when on batches and what was said of them are wanted. */
export interface Window extends Moment {
  readonly from: string;
}

/** Copies the rows of some tables that were there. Needs tables that hold none of them. */
export async function copyRows(
  source: Database,
  target: Database,
  rules: readonly TableRule[],
  window: Window,
  progress?: (text: string) => void,
): Promise<void> {
  await source.transaction(async (from) => {
    await from.client.query('set transaction isolation level repeatable read, read only');
    await refuseUnknownTables(from);
    await target.transaction(async (to) => {
      // Else what refers to a batch waits for the end, and a table that something waits for cannot be changed.
      await to.client.query('set constraints all immediate');
      for (const rule of rules) {
        progress?.(`history: ${rule.table.replaceAll('_', ' ')}`);
        await copyTable(from, to, rule, window);
      }
      await continueNumbers(to);
    });
  });
}

/** Triggers keep a living ledger append-only and ask who decides; what is copied was asked then. */
async function copyTable(from: Session, to: Session, rule: TableRule, window: Window): Promise<void> {
  const table = `twe.${rule.table}`;
  const columns = await columnsOf(to, table);
  const values = columns.map((column) => rule.columns?.[column] ?? `t.${column}`);
  const select = filled(`select ${values.join(', ')} from ${table} t where ${rule.where!}`, window);
  await to.client.query(`alter table ${table} disable trigger user`);
  const bulk = rule.isBulk ? await deferIndexes(to, table, await bytesOf(from, table)) : undefined;
  await copyAcross(from, select, to, `${table} (${columns.join(', ')})`);
  await bulk?.make();
  await to.client.query(`alter table ${table} enable trigger user`);
}

async function columnsOf(session: Session, table: string): Promise<string[]> {
  const rows = await session.rows<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
     order by attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

async function bytesOf(session: Session, table: string): Promise<number> {
  const [row] = await session.rows<{ bytes: number }>('select pg_relation_size($1::regclass) as bytes', [table]);
  return row!.bytes;
}

/** COPY takes no parameters: these are days and moments that the database gave, and ids of runs. */
function filled(text: string, { evening, until, from, runId }: Window): string {
  return text
    .replaceAll(':evening', `date '${formatDay(evening)}'`)
    .replaceAll(':until', `timestamptz '${until}'`)
    .replaceAll(':from', `timestamptz '${from}'`)
    .replaceAll(':run', `'${runId.replaceAll("'", "''")}'`);
}

async function refuseUnknownTables(session: Session): Promise<void> {
  const known = new Set([...TABLES, ...BATCH_TABLES].map(({ table }) => table));
  const tables = await session.rows<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'twe'::regnamespace and relkind in ('r', 'p')`,
  );
  const unknown = tables.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(`nothing says what of twe.${unknown.join(', twe.')} was there on a past evening (as-of/tables.ts)`);
  }
}

/** Numbers that the server gives out go on behind the last one. */
async function continueNumbers(session: Session): Promise<void> {
  const columns = await session.rows<{ table: string; column: string }>(
    `select attrelid::regclass::text as table, attname as column
     from pg_attribute join pg_class on pg_class.oid = attrelid
     where relnamespace = 'twe'::regnamespace and relkind = 'r' and attidentity <> ''`,
  );
  for (const { table, column } of columns) {
    await session.rows(
      `select setval(pg_get_serial_sequence($1, $2), greatest(coalesce(max(${column}), 0), 1), max(${column}) is not null)
       from ${table}`,
      [table, column],
    );
  }
}

/** What a row waits for is said anew whenever a reference comes: here for the references that were known. */
export async function restateSetAside(session: Session): Promise<void> {
  for (const contract of CONTRACTS) await restateWaiting(session, contract);
}

/** The facts as the last step that built them left them. */
export async function buildFactsOf(session: Session): Promise<void> {
  const [last] = await session.rows<{ built_on: string; carried: number }>(
    `select run.business_date as built_on, (step.counts->>'carried')::int as carried
     from twe.run_step step join twe.run using (run_id)
     where step.step = 'facts'
     order by run.business_date desc, step.finished_at desc
     limit 1`,
  );
  if (last === undefined) return;
  await refreshFacts(session, undefined, day(last.built_on), carriedOf(last.carried));
}
