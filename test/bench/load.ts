/** Generated trajectories into a database: straight into the versions, as if they had been taken in over the years. */
import { formatDay, OPEN_END, type Day } from '../../src/calendar.js';
import { copyIn, copyRow } from '../../src/db/copy.js';
import type { Database, Session } from '../../src/db/database.js';
import { KEY_BYTES, Pseudonyms } from '../../src/feeds/pseudonyms.js';
import { FIRST_NIGHT } from './nights.js';
import { BUDGET_COLUMNS, budgetRows, ocmws } from './ocmws.js';
import { nationalNumber, trajectory, type Trajectory } from './trajectories.js';

/** Under a key of the benchmark. */
export const PSEUDONYMS = new Pseudonyms(Buffer.alloc(KEY_BYTES, 'key'));

type Row = (string | number | boolean | null)[];

/** The one delivery that everything generated stands in, at the line with the number of its trajectory. */
const DELIVERY = 1;
const PLACE = 'registered_at, withdrawn, counted_on, delivery_id, line';

/** Columns and rows of each version table. */
const TABLES: readonly { readonly target: string; readonly rows: (trajectories: number) => Iterable<Row> }[] = [
  { target: 'twe.identity (person_id, insz, pseudonym)', rows: identityRows },
  { target: 'twe.pseudonym_key (fingerprint)', rows: () => [[PSEUDONYMS.fingerprint]] },
  {
    target: 'twe.ocmw_version (ocmw_id, nis_code, iban, valid_from, counted_on, delivery_id, line)',
    rows: ocmwRows,
  },
  { target: `twe.budget_version (${BUDGET_COLUMNS}, delivery_id, line)`, rows: budgets },
  {
    target: `twe.weo_version (weo_id, ocmw_id, person_id, start_date, end_date, ${PLACE})`,
    rows: (trajectories) => each(trajectories, weoRows),
  },
  {
    target: `twe.employment_version (employment_id, person_id, weo_id, employer_id, kind, dimona_type, start_date,
      end_date, fte_permille, social_economy, nova_prima_ref, ${PLACE})`,
    rows: (trajectories) => each(trajectories, employmentRows),
  },
  {
    target: `twe.category_version (category_id, person_id, code, from_date, to_date, ${PLACE})`,
    rows: (trajectories) => each(trajectories, categoryRows),
  },
];

/** Fills a migrated, empty database; leaves it vacuumed and with statistics. Returns the number of rows. */
export async function loadVersions(database: Database, trajectories: number): Promise<number> {
  const rows = await database.transaction(async (session) => {
    await session.rows(
      `insert into twe.delivery (name, digest, delivered_on, counted_on, state, run_id)
       values ($1, repeat('0', 64), $2, $2, 'TAKEN', 'bench')`,
      ['generated', formatDay(FIRST_NIGHT)],
    );
    let copied = 0;
    for (const table of TABLES) copied += await copy(session, table.target, table.rows(trajectories));
    return copied;
  });
  await settle(database);
  return rows;
}

/**
 * What the server does by itself between two nights: cleaning up, statistics, writing out. Like the server it leaves
 * tables alone that were never written to. Never part of a measure.
 */
export async function settle(database: Database): Promise<void> {
  const [written] = await database.rows<{ tables: string | null }>(
    `select string_agg(oid::regclass::text, ', ') as tables
     from pg_class
     where relnamespace = 'twe'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0`,
  );
  await database.rows(`vacuum (analyze) ${written!.tables ?? ''}`);
  await database.rows('checkpoint');
}

async function copy(session: Session, target: string, rows: Iterable<Row>): Promise<number> {
  const writer = copyIn(session, target);
  for (const row of rows) {
    const wait = writer.write(copyRow(row));
    if (wait) await wait;
  }
  return writer.end();
}

function* each(trajectories: number, rowsOf: (of: Trajectory) => Row[]): Generator<Row> {
  for (let n = 0; n < trajectories; n++) {
    for (const row of rowsOf(trajectory(n))) yield [...row, DELIVERY, n + 2];
  }
}

function* identityRows(trajectories: number): Generator<Row> {
  for (let n = 0; n < trajectories; n++) {
    const number = nationalNumber(n);
    yield [n, number, PSEUDONYMS.of([Number(number)])[0]!];
  }
}

function* ocmwRows(): Generator<Row> {
  for (const [rank, { ocmwId, nisCode, iban }] of ocmws.entries()) {
    yield [ocmwId, nisCode, iban, '2017-01-01', '2017-01-01', DELIVERY, rank + 2];
  }
}

function* budgets(trajectories: number): Generator<Row> {
  let line = 2;
  for (const row of budgetRows(trajectories)) yield [...row, DELIVERY, line++];
}

function weoRows({ weoId, ocmw, person, start, versions }: Trajectory): Row[] {
  return versions.map(({ registeredOn, end }) => [
    weoId,
    ocmw.ocmwId,
    person,
    formatDay(start),
    endOrNull(end),
    ...registered(registeredOn),
  ]);
}

function employmentRows({ weoId, person, employments }: Trajectory): Row[] {
  return employments.map(({ employmentId, kind, employerId, start, end, registeredOn, ...contract }) => [
    employmentId,
    person,
    kind === 'ART60' ? weoId : null,
    employerId,
    kind,
    kind === 'STUDENT' ? 'STU' : 'OTH',
    formatDay(start),
    endOrNull(end),
    1000,
    kind === 'ART60' ? contract.socialEconomy : null,
    contract.novaPrimaReference ? `NP-${employmentId}` : null,
    ...registered(registeredOn),
  ]);
}

function categoryRows({ person, categories }: Trajectory): Row[] {
  return categories.map(({ categoryId, code, from, to, registeredOn }) => [
    categoryId,
    person,
    code,
    formatDay(from),
    endOrNull(to),
    ...registered(registeredOn),
  ]);
}

function endOrNull(end: Day): string | null {
  return end === OPEN_END ? null : formatDay(end);
}

/** Registered in the morning, delivered the same day. */
function registered(on: Day): Row {
  return [`${formatDay(on)}T09:00:00Z`, false, formatDay(on)];
}
