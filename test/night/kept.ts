/**
 * Everything that a database keeps, as text that two databases of the same history share: numbers that a server gives
 * out (and that an interrupted transaction uses up) are replaced by what they stand for, clock times are left out.
 */
import type { Database } from '../../src/db/database.js';
import { CONTRACTS } from '../../src/feeds/contracts.js';

/** Rows by name of what they are; equal objects mean the same history. */
export type Kept = Readonly<Record<string, readonly string[]>>;

/** Whole rows as JSON, with these columns left out and these put in. */
function rowsOf(table: string, leftOut: readonly string[], putIn: string, joins: string): string {
  const without = leftOut.map((column) => ` - '${column}'`).join('');
  return `select (to_jsonb(t)${without} || jsonb_build_object(${putIn}))::text as row from twe.${table} t ${joins}`;
}

const ofBatch = (table: string) =>
  rowsOf(table, ['batch_no', 'decided_at', 'held_at'], `'batch', b.batch_id`, 'join twe.batch b using (batch_no)');

const STATEMENTS: Readonly<Record<string, string>> = {
  runs: rowsOf(
    'run',
    ['run_no', 'started_at', 'finished_at'],
    `'steps', (
    select jsonb_agg(step order by step) from twe.run_step s where s.run_id = t.run_id)`,
    '',
  ),
  deliveries: rowsOf('delivery', ['delivery_id'], '', ''),
  'rejected rows': rowsOf(
    'rejected_row',
    ['delivery_id', 'waiting'],
    `'delivery', d.name`,
    'join twe.delivery d using (delivery_id)',
  ),
  ...Object.fromEntries(CONTRACTS.map(({ name }) => [`versions of ${name}`, versionsOf(name)])),
  // entry_no is counted on from the ledger itself, so it belongs to what must be the same
  ledger: rowsOf('ledger_entry', ['run_no'], `'run', r.run_id`, 'join twe.run r using (run_no)'),
  'ledger state': rowsOf('ledger_state', [], '', ''),
  measurements: rowsOf(
    'measurement_version',
    ['version_no', 'run_no'],
    `'run', r.run_id, 'version', (select count(*) from twe.measurement_version e
      where e.weo_id = t.weo_id and e.measurement = t.measurement and e.version_no <= t.version_no)`,
    'join twe.run r using (run_no)',
  ),
  batches: rowsOf('batch', ['batch_no', 'booked_at'], '', ''),
  'batch lines': ofBatch('batch_line'),
  'lines left out': ofBatch('batch_left_out'),
  'batch parts': ofBatch('batch_part'),
  'payments and claims': ofBatch('batch_claim'),
  'batch decisions': ofBatch('batch_decision'),
  'frozen measurements': ofBatch('measurement_freeze'),
  'OCMWs held out': ofBatch('batch_hold'),
  'chain links': rowsOf('chain_link', ['first_no', 'last_no', 'seal'], '', ''),
  'chain heads': rowsOf('chain_head', ['last_version_no'], '', ''),
};

function versionsOf(name: string): string {
  const person = ['weo', 'employment', 'category', 'replacement'].includes(name);
  const putIn = [
    `'delivery', d.name`,
    ...(person ? [`'insz', i.insz`] : []),
    ...(name === 'replacement' ? [`'replaced_by', n.insz`] : []),
  ].join(', ');
  const joins = [
    'join twe.delivery d using (delivery_id)',
    ...(person ? ['join twe.identity i using (person_id)'] : []),
    ...(name === 'replacement' ? ['join twe.identity n on n.person_id = replaced_by_person_id'] : []),
  ].join(' ');
  return rowsOf(`${name}_version`, ['delivery_id', 'person_id', 'replaced_by_person_id'], putIn, joins);
}

/** Reads everything. */
export async function everythingKept(database: Database): Promise<Kept> {
  const kept: Record<string, string[]> = {};
  for (const [name, statement] of Object.entries(STATEMENTS)) {
    const rows = await database.rows<{ row: string }>(`${statement} order by 1`);
    kept[name] = rows.map(({ row }) => row);
  }
  return kept;
}

/** Sum of the ledger per line (agreement, component, month as a number) and OCMW, in cents; lines of nothing left out. */
export async function ledgerLines(database: Database): Promise<Record<string, number>> {
  const rows = await database.rows<{ line: string; cents: number }>(
    `select concat_ws(' ', ocmw_id, weo_id, component, month) as line, sum(cents) as cents
     from twe.ledger_entry cross join generate_series(first_month, last_month) as month
     group by 1 having sum(cents) <> 0 order by 1`,
  );
  return Object.fromEntries(rows.map(({ line, cents }) => [line, cents]));
}

/** Measurements that are not voided: what measurements.csv says of them. */
export async function presentMeasurements(database: Database): Promise<Record<string, unknown>[]> {
  return database.rows(
    `select * from (
       select distinct on (weo_id, measurement)
         weo_id, measurement, measured_on, outcome, employment_id, cents, voided
       from twe.measurement_version order by weo_id, measurement, version_no desc
     ) latest where not voided order by weo_id, measurement`,
  );
}
