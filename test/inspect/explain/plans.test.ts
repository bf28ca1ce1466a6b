/**
 * What an explanation costs among many trajectories: every statement that it sends is planned by the server itself, and none
 * may walk through a table that grows with the trajectories. `TWE_LONG=1` asks the same among more of them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../../src/inspect/explain/explain.js';
import type { TestDatabase } from '../../support/database.js';
import { createFixturesDatabase } from '../../support/fixtures-database.js';
import { lawOfFixtures } from './support.js';

const MANY = process.env['TWE_LONG'] ? 300_000 : 20_000;

/** Tables with rows for each trajectory. */
const BIG = [
  ...['weo_version', 'employment_version', 'category_version', 'payment_version', 'trajectory_facts'],
  ...['ledger_entry', 'batch_line', 'measurement_version', 'measurement_freeze'],
];

const law = lawOfFixtures();
let test: TestDatabase;

beforeAll(async () => {
  test = await createFixturesDatabase();
  const { database } = test;
  await database.session(async (session) => {
    // A sealed batch takes no line: its guards are of no concern here.
    await session.client.query(`set session_replication_role = replica`);
    for (const statement of manyTrajectories()) await session.rows(statement);
    await session.client.query('reset session_replication_role');
  });
  for (const table of BIG) await database.rows(`analyze twe.${table}`);
}, 300_000);

afterAll(() => test.drop());

/** Copies of one trajectory of the fixtures under other ids, with everything that hangs on it. */
function manyTrajectories(): string[] {
  const n = `generate_series(1, ${MANY}) n`;
  const at = `'2024-01-05T10:00:00Z', false, '2024-01-06', 1, n`;
  return [
    `insert into twe.weo_version (weo_id, ocmw_id, person_id, start_date, registered_at, withdrawn, counted_on, delivery_id, line)
     select 'B' || n, '09252' || lpad((n % 300)::text, 5, '0'), 1000000 + n, '2024-01-01', ${at} from ${n}`,
    `insert into twe.employment_version (employment_id, person_id, weo_id, kind, start_date, registered_at, withdrawn,
       counted_on, delivery_id, line)
     select 'B' || n, 1000000 + n, 'B' || n, 'ART60', '2024-01-01', ${at} from ${n}`,
    `insert into twe.category_version (category_id, person_id, code, from_date, registered_at, withdrawn, counted_on,
       delivery_id, line)
     select 'B' || n, 1000000 + n, '90', '2024-01-01', ${at} from ${n}`,
    `insert into twe.payment_version (payment_id, ocmw_id, paid_on, cents, weo_id, component, month, registered_at, withdrawn,
       counted_on, delivery_id, line)
     select 'B' || n, '0925370694', '2024-01-05', 25000, 'B' || n, 'EFF', '2024-01-01', ${at} from ${n}`,
    `insert into twe.trajectory_facts
     select '09252' || lpad((n % 300)::text, 5, '0'), 'B' || n, 1000000 + n, facts
     from ${n}, (select facts from twe.trajectory_facts where weo_id = 'X01') x`,
    `insert into twe.ledger_entry
     select 10000000 + n, (select min(run_no) from twe.run), '0925370694', 'B' || n, 0, 24288, 24290, 25000, 1, 0 from ${n}`,
    `insert into twe.batch_line
     select (select min(batch_no) from twe.batch), 'QUARTER', '0925370694', 'B' || n, 0, 24288, 25000, 0, 25000, 0 from ${n}`,
    `insert into twe.measurement_version (weo_id, measurement, measured_on, outcome, source, cents, run_no)
     select 'B' || n, 1, '2024-05-01', 'NEGATIVE', 'RECORDS', 0, (select min(run_no) from twe.run) from ${n}`,
    `insert into twe.measurement_freeze
     select (select min(batch_no) from twe.batch), 'B' || n, '2024-04-15', '2024-01-31', 'NEGATIVE', '', '', 'NEGATIVE', '', ''
     from ${n}`,
  ];
}

/** The plan of every statement that `work` sends, and their number. */
async function plansOf(work: () => Promise<unknown>): Promise<{ plans: string[]; seen: number }> {
  const plans: string[] = [];
  const listen = (notice: { message?: string | undefined }) => void plans.push(notice.message ?? '');
  // The pool has no other connection that is idle: the work gets this one.
  await test.database.session(async (session) => {
    await session.client.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0;
      set auto_explain.log_level = 'notice'; set client_min_messages = 'notice'`);
    session.client.on('notice', listen);
  });
  await work();
  await test.database.session(async (session) => {
    session.client.off('notice', listen);
    await session.client.query('set auto_explain.log_min_duration = -1');
  });
  return { plans, seen: plans.length };
}

const walked = (plans: readonly string[]): string[] =>
  plans.flatMap((plan) => BIG.filter((table) => new RegExp(`Seq Scan on (twe\\.)?${table}\\b`).test(plan)));

describe(`among ${MANY} other trajectories`, () => {
  it.each([
    ['what the last night knew', 'T13040052A'],
    ['a shared budget', 'X45'],
  ])('%s is read by index', async (_, id) => {
    const { plans, seen } = await plansOf(() => explain(test.database, id, law));
    expect(seen).toBeGreaterThan(8);
    expect(walked(plans)).toEqual([]);
  });
});
