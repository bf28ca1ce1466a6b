/** `twe decide`: a human's word on a measurement counts like a row of decision.csv, from the next night. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { callTwe } from './called-twe.js';
import { readCsv } from './documents.js';
import { art60, category, ocmw, weo, writeFeed } from './feed.js';

let folder: string;
let test: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-decide-'));
  test = await createTestDatabase();
  const config = { 'feeds.source': 'feeds', 'approval.required': false };
  writeFileSync(join(folder, 'twe.config.json'), JSON.stringify(config));
  writeFeed(join(folder, 'feeds'), {
    '2024-02-01': [
      ocmw(),
      weo('2024-01-15', '2024-06-30'),
      weo('2024-01-15', '', { weo_id: 'OPEN', insz: '85073003328' }),
      art60('2024-02-01', '2024-06-30'),
      category('2024-02-01'),
    ],
  });
  await night('2024-07-01');
});

afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const twe = (...args: string[]) => callTwe(args, { cwd: folder, env: { DATABASE_URL: test.url } });

async function night(date: string): Promise<void> {
  expect(await twe('run', 'nightly', '--date', date, '--quiet')).toMatchObject({ exitCode: 0, stderr: '' });
}

const measured = (date: string) =>
  readCsv(join(folder, 'out', date, 'nightly', 'measurements.csv')).map(({ measurement, outcome, amount }) => [
    measurement,
    outcome,
    amount,
  ]);

const decide = (weoId: string, outcome: string, date: string, measurement = '1') => {
  const why = ['--by', 'team-2', '--reason', 'payslip seen'];
  return twe('decide', weoId, '--measurement', measurement, '--outcome', outcome, '--date', date, ...why);
};

describe('a decision by hand', () => {
  it.each([
    [['NOBODY', 'POSITIVE', '2024-07-01'], 'there is no WEO NOBODY on 2024-07-01; nothing was changed.'],
    [
      ['OPEN', 'POSITIVE', '2024-07-01'],
      'WEO OPEN has no end yet, so there is no measurement to decide on: a decision before that counts for nothing. Nothing was changed.',
    ],
    [['W', 'PERHAPS', '2024-07-01'], '--outcome is POSITIVE, NEGATIVE, WITHDRAWN, not PERHAPS; nothing was changed.'],
    [['W', 'WITHDRAWN', '2024-07-01'], 'nothing was decided by hand on measurement 1 of WEO W; nothing was changed.'],
    [['W', 'POSITIVE', '2024-07-01', '3'], '--measurement is 1 or 2, not 3; nothing was changed.'],
  ] as const)('is refused: %j', async (args, sentence) => {
    expect(await decide(...(args as readonly [string, string, string, string?]))).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `${sentence}\n`,
    });
  });

  it('counts from the next night when that of its day was done, with who and why in the explanation', async () => {
    expect(measured('2024-07-01')).toEqual([['1', 'NEGATIVE', '0.00']]);
    const said = 'measurement 1 of WEO W: positive by team-2, counting from the night of 2024-07-02.\n';
    expect(await decide('W', 'POSITIVE', '2024-07-01')).toEqual({ exitCode: 0, stdout: said, stderr: '' });
    await night('2024-07-02');
    expect(measured('2024-07-02')).toEqual([['1', 'POSITIVE', '300.00']]);
    const { stdout } = await twe('explain', 'W', '--component', 'M1');
    expect(stdout).toContain('2024-07-01 by hand 1');
    expect(stdout).toMatch(/team-2/);
    expect((await twe('verify')).exitCode).toBe(0);
  });

  it('is taken back by a later word, and the measurement follows the records again', async () => {
    expect(await decide('W', 'WITHDRAWN', '2024-07-03')).toMatchObject({ exitCode: 0 });
    await night('2024-07-03');
    expect(measured('2024-07-03')).toEqual([['1', 'NEGATIVE', '0.00']]);
  });
});
