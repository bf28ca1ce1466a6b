/** Simulations over real nights: hand-computed differences, equality with nights under the other law, no trace left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMonth } from '../../src/calendar.js';
import type { Database } from '../../src/db/database.js';
import { COMPONENTS } from '../../src/law/codes.js';
import { art60, category, changed, job, ocmw, weo, writeFeed, type Story } from '../night/feed.js';
import { everythingKept, ledgerLines } from '../night/kept.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { writeRandomFeed } from '../support/random-feed.js';
import { numbers, OCMW, OCMW_2, simulated, STORY, table, type Overrides } from './simulate-story.js';

const EVENING = '2024-04-16';

let folder: string;
const databases: TestDatabase[] = [];
let made = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twe-simulate-'));
});

afterAll(async () => {
  for (const test of databases) await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

function feedOf(story: Story): string {
  const feedsDir = join(folder, `feeds-${(made += 1)}`);
  writeFeed(feedsDir, story);
  return feedsDir;
}

/** A database in which these nights ran under a law. */
async function afterNights(feedsDir: string, law: Overrides, ...dates: readonly string[]): Promise<Database> {
  const test = await createTestDatabase();
  databases.push(test);
  const out = join(folder, `out-${(made += 1)}`);
  for (const date of dates) await runNight(test.database, { feedsDir, out, date, law, documents: 'BATCHES' });
  return test.database;
}

/** Every row of every table, facts included. */
async function everyRow(database: Database): Promise<unknown> {
  const facts = await database.rows(`select f::text from twe.trajectory_facts f order by 1`);
  const tables = await database.rows<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema !~ '^pg_' and table_schema <> 'information_schema' order by 1`,
  );
  const counts = await Promise.all(
    tables.map(async ({ name }) => [name, await database.rows(`select count(*)::int as rows from ${name}`)]),
  );
  return { kept: await everythingKept(database), facts, counts };
}

/** What the ledger holds per component in some months, in cents. */
async function ledgerOf(database: Database, from: string, to: string): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const [line, cents] of Object.entries(await ledgerLines(database))) {
    const [, , component, month] = line.split(' ').map(Number);
    if (month! < parseMonth(from)! || month! > parseMonth(to)!) continue;
    const name = COMPONENTS[component!]!;
    sums[name] = (sums[name] ?? 0) + cents;
  }
  return sums;
}

function centsBy(components: readonly { component: string; presentCents: number; otherCents: number }[]) {
  const side = (which: 'presentCents' | 'otherCents') =>
    Object.fromEntries(
      components.filter((each) => each[which] !== 0).map((each) => [each.component, each[which]] as const),
    );
  return { present: side('presentCents'), other: side('otherCents') };
}

describe('a simulation of a small quarter', () => {
  let database: Database;
  beforeAll(async () => {
    database = await afterNights(feedOf(STORY), {}, EVENING);
  });

  it('finds no difference under the same law', async () => {
    const same = await simulated(database, {}, {}, '2024-Q1');
    expect(numbers(same.total)).toEqual([1645, 1645, 0, 0]);
    expect(same.parameters).toEqual([]);
    expect([same.trajectories, same.night.businessDate]).toEqual([3, EVENING]);
    const written = await simulated(database, {}, { 'amount.EFF': [{ from: '2017-01-01', value: 250 }] }, '2024-Q1');
    expect(written.parameters).toEqual([]);
    expect(written.total).toEqual(same.total);
  });

  it('shows what ten euro more from February on cost, for W1 alone', async () => {
    const EFF = [
      { from: '2017-01-01', value: 250 },
      { from: '2024-02-01', value: 260 },
    ];
    const result = await simulated(database, {}, { 'amount.EFF': EFF }, '2024-Q1');
    expect(table(result)).toEqual({
      [OCMW]: { EFF: [750, 770, 20, 1], C1: [150, 150, 0, 0] },
      [OCMW_2]: { EFF: [250, 250, 0, 0], C1: [150, 150, 0, 0], C2: [45, 45, 0, 0], M1: [300, 300, 0, 0] },
    });
    expect(numbers(result.total)).toEqual([1645, 1665, 20, 1]);
    expect(result.parameters.map(({ present, other }) => [present.key, present.values, other.values])).toEqual([
      [
        'amount.EFF',
        [{ from: '2017-01-01', value: '250.00', cents: 25000 }],
        [
          { from: '2017-01-01', value: '250.00', cents: 25000 },
          { from: '2024-02-01', value: '260.00', cents: 26000 },
        ],
      ],
    ]);
  });

  it('counts months and measurements in their month only', async () => {
    const file = { 'amount.EFF': 260, 'result.scheme': 'M1_600_M2_300' };
    const january = await simulated(database, {}, file, '2024-01');
    expect(numbers(january.total)).toEqual([695, 715, 20, 2]);
    const february = await simulated(database, {}, file, '2024-02', '2024-02');
    expect(numbers(february.total)).toEqual([550, 860, 310, 2]);
    // The amounts that the scheme gives stand among the parameters that change.
    expect(february.parameters.map(({ present }) => present.key).sort()).toEqual([
      'amount.EFF',
      'amount.M1',
      'amount.M2',
      'result.scheme',
    ]);
  });

  it('gives what changes to the one who is paid on that evening: the successor', async () => {
    const late = await simulated(database, {}, { 'a60.late_policy': 'PAY_FROM_START' }, '2024-03');
    expect(table(late)).toEqual({
      [OCMW]: { EFF: [250, 250, 0, 0], C1: [150, 150, 0, 0] },
      [OCMW_2]: { EFF: [0, 250, 250, 1], C1: [0, 150, 150, 1] },
    });
    expect(late.ocmws.map(({ name }) => name)).toEqual(['OCMW', 'OCMW Twee']);
  });

  it('shows a law that costs less, and one that costs nothing', async () => {
    expect(numbers((await simulated(database, {}, { 'pos.agency': false }, '2024-Q1')).total)).toEqual([
      1645, 1345, -300, 1,
    ]);
    expect(table(await simulated(database, {}, { 'amount.C1': 0 }, '2024-03'))).toEqual({
      [OCMW]: { EFF: [250, 250, 0, 0], C1: [150, 0, -150, 1] },
    });
  });

  it('includes allowances once they have an amount, and says when they have none', async () => {
    const none = await simulated(database, {}, {}, '2024-03');
    expect(none.notes.map(({ en }) => en)).toEqual([
      'No amount is given for the ordinary allowance (amount.ORD): it is left out on both sides.',
      'No amount is given for the increased allowance (amount.INC): it is left out on both sides.',
    ]);
    const given = await simulated(
      database,
      { 'amount.ORD': 1000, 'amount.INC': 1500 },
      { 'amount.ORD': 1100 },
      '2024-03',
    );
    // W1 the whole month, W3 twelve days of 31: 387.10 and 425.81.
    expect(given.components.find(({ component }) => component === 'ORD')).toMatchObject({
      presentCents: 138710,
      otherCents: 152581,
      changedTrajectories: 2,
    });
    expect(given.notes.map(({ en }) => en)).toEqual([
      'The law of the configuration is another than the one with which the last night computed: the present amounts are those of the configuration.',
    ]);
    const onlyOther = await simulated(database, {}, { 'amount.ORD': 1000, 'amount.INC': 1500 }, '2024-03');
    expect(onlyOther.notes.map(({ en }) => en)).toContain(
      'The configuration gives no amount for the ordinary allowance (amount.ORD): it stands under the other law only.',
    );
  });

  it('says which keys cannot show', async () => {
    const { notes, total } = await simulated(database, {}, { 'clawback.threshold': 5, 'run.day': 20 }, '2024-Q1');
    expect(total.differenceCents).toBe(0);
    expect(notes.at(-1)?.en).toBe(
      'Without effect on these amounts, as it only says when and how is paid or claimed back: clawback.threshold, run.day.',
    );
    const forfeits = await simulated(database, {}, { 'category.policy': 'FORFEIT', 'run.day': 20 }, '2024-Q1');
    expect(forfeits.notes.some(({ en }) => en.includes('run.day'))).toBe(false);
  });

  it('leaves no trace in the database, also when it builds histories', async () => {
    const before = await everyRow(database);
    await simulated(database, {}, { 'category.policy': 'FORFEIT', 'm.recheck_until': 'NONE' }, '2024-Q1');
    await simulated(database, { 'm.recheck_until': 'NONE' }, { 'category.policy': 'FORFEIT' }, '2024-Q1');
    expect(await everyRow(database)).toEqual(before);
  });

  it('refuses an other law without an amount for a month that needs one', async () => {
    const file = { 'amount.EFF': [{ from: '2024-02-01', value: 260 }] };
    await expect(simulated(database, {}, file, '2024-Q1')).rejects.toMatchObject({
      exitCode: 2,
      message:
        'The other law is not complete: amount.EFF has no value for 2024-01-31 (its first value holds from 2024-02-01). ' +
        'Add a value that holds on 2024-01-01 to the file with the other law; nothing was booked.',
    });
  });

  it('refuses months that were not over on that evening', async () => {
    await expect(simulated(database, {}, {}, '2024')).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('The last complete month is 2024-03') as string,
    });
  });
});

/** A category that was set right late, a job and an end that came late: what was known earlier decides. */
const LATE: Story = {
  '2024-01-02': [ocmw(), weo('2023-06-01', '2024-02-10', { weo_id: 'W' }), art60('2023-07-01', '2024-02-10')],
  '2024-02-20': [category('2023-11-01')],
  '2024-05-20': [category('2023-07-01', { to_date: '2023-10-31' }), job('2024-02-11', '')],
};

describe('a policy that looks back', () => {
  const HISTORIES: readonly Overrides[] = [
    { 'category.policy': 'FORFEIT' },
    { 'm.recheck_until': 'NONE' },
    { 'category.policy': 'FORFEIT', 'm.recheck_until': 'NONE' },
  ];
  const [from, to] = ['2023-06', '2024-05'];

  it('gives what a night under that law gives, in both directions', async () => {
    const feedsDir = feedOf(LATE);
    const day = '2024-06-03';
    const presently = await afterNights(feedsDir, {}, day);
    for (const law of HISTORIES) {
      const otherwise = await afterNights(feedsDir, law, day);
      const forth = centsBy((await simulated(presently, {}, law, from, to)).components);
      expect(forth, JSON.stringify(law)).toEqual({
        present: await ledgerOf(presently, from, to),
        other: await ledgerOf(otherwise, from, to),
      });
      expect(forth.other).not.toEqual(forth.present);
      // From a database whose facts carry those histories back to the law that must not see them.
      const back = { 'category.policy': 'WITHHOLD', 'm.recheck_until': 'FINAL' };
      expect(centsBy((await simulated(otherwise, law, back, from, to)).components)).toEqual({
        present: forth.other,
        other: forth.present,
      });
    }
  });

  it('judges anew what is finally settled where the law differs, and there alone', async () => {
    const feedsDir = feedOf({
      ...LATE,
      // After the final settlement of 15 July froze a negative second measurement.
      '2024-08-01': [changed(job('2024-05-11', '', { employment_id: 'J2' }), {})],
    });
    const database = await afterNights(feedsDir, {}, '2024-06-03', '2024-07-15', '2024-08-02');
    const [{ count }] = (await database.rows<{ count: number }>(
      'select count(*)::int as count from twe.measurement_freeze',
    )) as [{ count: number }];
    expect(count).toBe(1);
    const same = await simulated(database, {}, { 'pos.student': true }, '2024-02', '2024-07');
    expect(same.total.differenceCents).toBe(0);
    expect(same.notes.some(({ en }) => en.includes('finally settled'))).toBe(false);
    const strict = await simulated(database, {}, { 'm.recheck_until': 'NONE' }, '2024-02', '2024-07');
    expect(centsBy(strict.components).present).toMatchObject({ M1: 30000 });
    expect(centsBy(strict.components).other).not.toHaveProperty('M1');
    expect(strict.notes.some(({ en }) => en.includes('otherwise: 1; there the records'))).toBe(true);
  });
});

describe('random feeds', () => {
  const LAWS: readonly Overrides[] = [
    { 'a60.late_policy': 'PAY_FROM_START', 'category.policy': 'FORFEIT', 'comp.presence': 'ANY_DAY' },
    {
      'inc.scope': 'PERSON',
      'inc.mode': 'TOP_UP',
      'eff.cap_scope': 'PERSON',
      'eff.cap_counts': 'PAID',
      'amount.C2': 50,
    },
  ];
  const CONFIGURED = { 'amount.ORD': 1000, 'amount.INC': 1500 };

  for (const seed of process.env['TWE_LONG'] ? [1, 2, 3, 4, 5, 6] : [1]) {
    it(`give what a night under the other law gives (seed ${seed})`, async () => {
      const feedsDir = join(folder, `random-${seed}`);
      const { lastDelivery } = writeRandomFeed({ seed, dir: feedsDir });
      const presently = await afterNights(feedsDir, CONFIGURED, lastDelivery);
      const [from, to] = ['2016-01', lastDelivery.slice(0, 7)] as const;
      const until = `${Number(to.slice(0, 4)) - 1}-12`;
      for (const law of LAWS) {
        const otherwise = await afterNights(feedsDir, { ...CONFIGURED, ...law }, lastDelivery);
        expect(centsBy((await simulated(presently, CONFIGURED, law, from, until)).components)).toEqual({
          present: await ledgerOf(presently, from, until),
          other: await ledgerOf(otherwise, from, until),
        });
      }
    });
  }
});
