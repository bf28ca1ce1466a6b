/**
 * Explanations of the fixtures after one night: worked examples as golden texts, sums against the ledger, the schema of
 * the data, and the sentences for what cannot be explained. `TWE_GOLDEN=1` writes the golden texts again; read them.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMonth } from '../../../src/calendar.js';
import { packageRoot } from '../../../src/db/package-root.js';
import { explain } from '../../../src/inspect/explain/explain.js';
import type { Explanation } from '../../../src/inspect/explain/explanation.js';
import { EXPLANATION_SCHEMA } from '../../../src/inspect/explain/schema.js';
import { detail } from '../../../src/inspect/explain/text/detail.js';
import { overview } from '../../../src/inspect/explain/text/overview.js';
import { COMPONENTS, REASONS, type Component } from '../../../src/law/codes.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { createFixturesDatabase, EVENING } from '../../support/fixtures-database.js';
import { recomputed } from './recomputed.js';
import { allWeoIds, explainAs, GOLDEN, isReadable, lawOfFixtures, matchGolden, WIDE } from './support.js';

const SAMPLE = process.env['TWE_LONG'] ? 500 : 30;
const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(EXPLANATION_SCHEMA);

function faultsOfSchema(json: unknown): unknown {
  return validate(json) ? null : validate.errors;
}

const law = lawOfFixtures();
let test: TestDatabase;
let ids: string[];

beforeAll(async () => {
  test = await createFixturesDatabase();
  ids = await allWeoIds(test.database);
}, 300_000);

afterAll(() => test.drop());

describe('golden texts', () => {
  it.each([
    ...['X11', 'X15', 'X17', 'X22', 'X30', 'X36', 'X41', 'X45', 'F01'],
    ...['T11002019A', 'T11002069A', 'T12025040A', 'T13040052A', 'T36015006A'],
  ])('%s reads as it was read and mended', async (id) => {
    matchGolden(id, overview(WIDE, await explain(test.database, id, law), false));
  });

  it('one month in full: March 2024 of X22, withheld and released', async () => {
    matchGolden(
      'X22-2024-03',
      detail(WIDE, await explain(test.database, 'X22', law, { month: parseMonth('2024-03')! })),
    );
  });

  it('one component with its tests: the increased allowance of X45, whose budget runs out', async () => {
    matchGolden('X45-INC', overview(WIDE, await explain(test.database, 'X45', law, { component: 'INC' }), true));
  });
});

describe('the golden texts together', () => {
  const texts = readdirSync(GOLDEN)
    .filter((name) => name.startsWith('explain-'))
    .map((name) => readFileSync(join(GOLDEN, name), 'utf8'));

  it('show every reason of rulebook R-F-7', () => {
    expect(REASONS.filter((reason) => !texts.some((text) => text.includes(`\n  ${reason} `)))).toEqual([]);
  });

  it('show an amount due for every component', () => {
    const isDue = (component: string) => new RegExp(`^${component} .* [1-9]\\d*\\.\\d\\d$`, 'm');
    expect(COMPONENTS.filter((component) => !texts.some((text) => isDue(component).test(text)))).toEqual([]);
  });
});

describe('the explanation adds up', () => {
  it(
    'to the ledger and to itself: each amount comes out again, from the data of --json alone',
    { timeout: 1_200_000 },
    async () => {
      const step = Math.max(1, Math.floor(ids.length / SAMPLE));
      const sample = ids.filter((id, index) => index % step === 0 || id.startsWith('X'));
      expect(sample.length).toBeGreaterThanOrEqual(Math.min(SAMPLE, 80));
      const posted = await ledgerByWeo(sample);
      let due = 0;
      for (const id of sample) {
        const explanation = await explainAs(test.database, id, law);
        expect({ id, sums: sumsOf(explanation) }).toEqual({ id, sums: posted.get(id) ?? {} });
        expect(isReadable(explanation)).toEqual([]);
        const json = JSON.parse(JSON.stringify(explanation)) as Explanation;
        expect({ id, faults: faultsOfSchema(json) }).toEqual({ id, faults: null });
        expect({ id, differences: recomputed(json) }).toEqual({ id, differences: [] });
        due += json.lines.filter(({ dueCents }) => dueCents > 0).length;
      }
      expect(due).toBeGreaterThan(sample.length * 5);
    },
  );

  it('to the totals of the worked examples', async () => {
    const totals: Record<string, number> = {};
    for (const id of ['X01', 'X11', 'X15', 'X16', 'X17', 'X22', 'X30', 'X36', 'X45']) {
      const { lines } = await explain(test.database, id, law);
      totals[id] = lines.reduce((sum, line) => sum + line.dueCents, 0) / 100;
    }
    // X30: 9 x 250 + 8 x 195 + 600; X45: 12 x 445 + 17,000 of allowances.
    expect(totals).toEqual({
      X01: 4950,
      X11: 0,
      X15: 0,
      X16: 9315,
      X17: 11820,
      X22: 4950,
      X30: 4410,
      X36: 4365,
      X45: 22340,
    });
  });
});

/** Cents by component and month where something is due. */
function sumsOf({ lines }: Explanation): Record<string, number> {
  const due = lines.filter(({ dueCents }) => dueCents !== 0);
  return Object.fromEntries(due.map(({ component, month, dueCents }) => [`${component} ${month}`, dueCents]));
}

async function ledgerByWeo(sample: readonly string[]): Promise<Map<string, Record<string, number>>> {
  const rows = await test.database.rows<{ weo_id: string; cell: string; cents: number }>(
    `select weo_id,
       (array['EFF', 'C1', 'C2', 'C3', 'M1', 'M2', 'ORD', 'INC'])[component + 1] || ' '
         || to_char(make_date(month / 12, month % 12 + 1, 1), 'YYYY-MM') as cell,
       sum(cents)::bigint as cents
     from twe.ledger_entry cross join lateral generate_series(first_month, last_month) as month
     where weo_id = any ($1)
     group by weo_id, component, month having sum(cents) <> 0`,
    [sample],
  );
  const byWeo = new Map<string, Record<string, number>>();
  for (const { weo_id: id, cell, cents } of rows) byWeo.set(id, { ...byWeo.get(id), [cell]: cents });
  return byWeo;
}

describe('the data of --json', () => {
  it('has the shape of version 2', async () => {
    const explanation = await explain(test.database, 'X45', law);
    expect(explanation).toMatchObject({
      version: 2,
      weoId: 'X45',
      known: { on: EVENING, runId: `${EVENING}/nightly`, until: EVENING },
      asked: { month: null, component: null },
      status: 'COUNTS',
      agreement: { start: '2024-01-01', end: '2024-12-31', extendedForRights: null, art60Deadline: '2024-03-01' },
    });
    expect(Object.keys(explanation)).toEqual([
      ...['version', 'weoId', 'ocmw', 'known', 'law', 'asked', 'status', 'statusTest', 'agreement', 'timely', 'lines'],
      ...['measurements', 'totals', 'ledger', 'batchLines', 'batchParts', 'records', 'rules'],
    ]);
    expect(explanation.lines.find(({ component, month }) => component === 'INC' && month === '2024-11')).toEqual({
      component: 'INC',
      month: '2024-11',
      due: false,
      dueCents: 0,
      ledgerCents: 0,
      rule: 'R-I-5',
      why: 'NO_BUDGET',
      text: {
        nl: 'de maand past niet in wat van het budget overblijft',
        en: 'the month does not fit in what is left of the budget',
      },
      tests: expect.arrayContaining([
        expect.objectContaining({
          rule: 'R-I-2',
          passed: true,
          fact: { nl: '10 keer eerder toegekend, hoogstens 12', en: 'granted 10 times before, at most 12' },
        }),
        expect.objectContaining({ rule: 'R-I-5', passed: false }),
      ]) as unknown,
      amount: null,
    });
  });

  it('names only rules that stand in it and records that stand in it', async () => {
    for (const id of ['X15', 'X16', 'X30', 'X43', 'X45', 'X48']) {
      const { lines, ledger, records, rules } = await explain(test.database, id, law);
      const refs = new Set(records.map(({ ref }) => ref));
      const tests = lines.flatMap((line) => line.tests);
      expect([...tests, ...lines, ...ledger].filter(({ rule }) => rules[rule] === undefined)).toEqual([]);
      expect(tests.flatMap((each) => each.records).filter((each) => !refs.has(each))).toEqual([]);
    }
  });

  it('can be narrowed to a month and a component', async () => {
    const asked = { month: parseMonth('2024-03')!, component: 'C1' as Component };
    const { lines, ledger, batchLines } = await explain(test.database, 'X01', law, asked);
    expect(lines.map(({ component, month, dueCents }) => [component, month, dueCents])).toEqual([
      ['C1', '2024-03', 15_000],
    ]);
    expect(ledger.map(({ component }) => component)).toEqual(['C1']);
    expect(batchLines.map(({ batchId, cents }) => [batchId, cents])).toEqual([
      ['2024-04-15/quarterly-payment', 15_000],
    ]);
  });

  it('explains a month outside the agreement too', async () => {
    const { lines } = await explain(test.database, 'X01', law, { month: parseMonth('2023-05')! });
    expect(lines.map(({ component, rule, why }) => [component, rule, why])).toEqual(
      ['EFF', 'C1', 'C2', 'C3'].map((component) => [component, 'R-M-1', 'NOT_REGISTERED']),
    );
  });

  it('holds no national number', async () => {
    const known = await test.database.rows<{ insz: string }>('select insz from twe.identity');
    for (const id of ['X01', 'X36', 'X49A', 'X49B', 'X50B']) {
      const text = JSON.stringify(await explain(test.database, id, law));
      expect(known.filter(({ insz }) => text.includes(insz))).toEqual([]);
    }
  });
});

describe('twe explain', () => {
  const twe = (...args: string[]) => {
    const env = { ...process.env, DATABASE_URL: test.url, COLUMNS: '132' };
    const given = ['--import', 'tsx', 'src/cli.ts', 'explain', ...args, '--config', 'fixtures/twe.config.json'];
    return spawnSync(process.execPath, given, { cwd: packageRoot, env, encoding: 'utf8' });
  };

  it('prints the text, and with --json the data', async () => {
    const explanation = await explain(test.database, 'X15', law);
    expect(twe('X15')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: `${overview(WIDE, explanation, false).join('\n')}\n`,
    });
    expect(JSON.parse(twe('X15', '--json').stdout)).toEqual(explanation);
  });

  it('ends without a word when its reader has gone', () => {
    const env = { ...process.env, DATABASE_URL: test.url };
    const command = `"${process.execPath}" --import tsx src/cli.ts explain X45 --json --config fixtures/twe.config.json`;
    const run = spawnSync('bash', ['-c', `set -o pipefail; ${command} | true`], {
      cwd: packageRoot,
      env,
      encoding: 'utf8',
    });
    expect(run).toMatchObject({ status: 0, stderr: '' });
  });

  it('refuses a month, a component and an agreement that do not exist, each with one sentence', () => {
    expect(twe('X15', '--month', '2024-13')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: '--month 2024-13 is not a month. Write it as YYYY-MM, for example 2024-03.\n',
    });
    expect(twe('X15', '--component', 'C4')).toMatchObject({
      status: 2,
      stderr: '--component C4 is not a component. Components are: EFF, C1, C2, C3, M1, M2, ORD, INC.\n',
    });
    const unknown = twe('x15');
    expect(unknown).toMatchObject({ status: 2, stdout: '' });
    expect(unknown.stderr).toMatch(/^WEO x15 is not known .*\n$/);
  });
});

describe('what cannot be explained', () => {
  it('an agreement that nobody delivered', async () => {
    await expect(explain(test.database, 'X99', law)).rejects.toMatchObject({
      exitCode: 2,
      message:
        `WEO X99 is not known on the evening of ${EVENING}: no delivery up to that day brought it. Check the id ` +
        '(capitals count), or look for it in weo.csv.',
    });
  });

  it('an agreement whose row was set aside, with the place of the row', async () => {
    const [row] = await test.database.rows<{ record_id: string; line: number }>(
      `select record_id, line from twe.rejected_row
       where file = 'weo.csv' and closed_on is null and record_id <> all ($1) order by delivery_id, line limit 1`,
      [ids],
    );
    await expect(explain(test.database, row!.record_id, law)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(`weo.csv line ${row!.line}: `) as unknown,
    });
  });

  it('anything before the first night', async () => {
    const empty = await createTestDatabase();
    try {
      await expect(explain(empty.database, 'X01', law)).rejects.toMatchObject({
        exitCode: 2,
        message:
          'No night has finished on this database yet, so there is nothing to explain. Run `twe run nightly` first.',
      });
    } finally {
      await empty.drop();
    }
  });

  it('a ledger that was changed by hand: the explanation would not add up', async () => {
    await test.database.rows('alter table twe.ledger_entry disable trigger ledger_entry_is_append_only');
    const change = 'update twe.ledger_entry set cents = cents + $1 where weo_id = $2 and component = 0';
    await test.database.rows(change, [1, 'X01']);
    try {
      await expect(explain(test.database, 'X01', law)).rejects.toThrow(
        'the explanation of X01 does not add up for EFF of 2024-01: explained 250.00, computed 250.00, in the ledger 250.01',
      );
    } finally {
      await test.database.rows(change, [-1, 'X01']);
    }
  });
});
