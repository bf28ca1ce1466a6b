/** Nights that were begun and not finished, or done under another law: nothing may be computed around them. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nightly } from '../../jobs/nightly.js';
import { day } from '../../src/calendar.js';
import { loadConfig } from '../../src/config.js';
import { createLogger } from '../../src/log.js';
import type { Step } from '../../src/runs/job.js';
import { runJob } from '../../src/runs/run-job.js';
import { decideBatch } from '../../src/settlement/decide-batch.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { callTwe } from './called-twe.js';
import { digests, readCsv } from './documents.js';
import { art60, category, ocmw, weo, writeFeed } from './feed.js';
import { keyOfTests } from '../support/key.js';

let folder: string;
let test: TestDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-unfinished-'));
  test = await createTestDatabase();
  writeFileSync(
    join(folder, 'twe.config.json'),
    JSON.stringify({ 'feeds.source': 'feeds', 'approval.required': false }),
  );
  writeFeed(join(folder, 'feeds'), {
    '2024-03-01': [ocmw(), weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-12-31'), category('2024-03-01')],
  });
});

afterEach(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const twe = (...args: string[]) => callTwe(args, { cwd: folder, env: { DATABASE_URL: test.url } });

/** A night whose documents fail after everything else was committed. */
async function begin(date: string): Promise<void> {
  const fails: Step = { name: 'export', mode: 'reading', run: () => Promise.reject(new Error('the disk is gone')) };
  const job = { ...nightly, steps: [...nightly.steps.filter(({ name }) => name !== 'export'), fails] };
  const begun = runJob(test.database, job, {
    config: loadConfig({ configFile: undefined, cwd: folder, env: keyOfTests() }),
    ...{ today: day(date), skipDeliveries: [], lang: 'nl', progress: () => undefined },
    log: createLogger({ level: 'silent' }),
  });
  await expect(begun).rejects.toThrow('the disk is gone');
}

describe('a night that was begun and failed', () => {
  beforeEach(() => begin('2024-04-20'));

  it('is not preceded by another one any more', async () => {
    expect(await twe('run', 'nightly', '--date', '2024-04-10')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        '--date 2024-04-10 lies before the last night that was begun (2024-04-20); nothing was done. It is not finished: ' +
        'run --date 2024-04-20 first, which goes on where it stopped.\n',
    });
  });

  it('is finished by catch-up, which then goes on', async () => {
    expect(await twe('catch-up', '--until', '2024-04-22')).toMatchObject({ exitCode: 0, stderr: '' });
    for (const date of ['2024-04-20', '2024-04-21', '2024-04-22']) {
      expect(existsSync(join(folder, 'out', date, 'nightly', 'entitlements.csv'))).toBe(true);
    }
    expect(await twe('verify')).toMatchObject({ exitCode: 0 });
  });

  it('is not finished with another law', async () => {
    const law = { 'amount.EFF': 300 };
    const config = { 'feeds.source': 'feeds', 'approval.required': false, law };
    writeFileSync(join(folder, 'other.json'), JSON.stringify(config));
    const ended = await twe('run', 'nightly', '--date', '2024-04-20', '--config', 'other.json');
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^2024-04-20\/nightly was computed with another law .* nothing was done\./);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

it('is caught up with when only a batch job was run by hand that day', async () => {
  expect(await twe('run', 'quarterly-payment', '--date', '2024-04-15', '--quiet')).toMatchObject({ exitCode: 0 });
  expect(await twe('catch-up', '--until', '2024-04-16')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(existsSync(join(folder, 'out', '2024-04-15', 'nightly', 'entitlements.csv'))).toBe(true);
});

it('does not write the documents of a finished night again under another law', async () => {
  const night = { feedsDir: join(folder, 'feeds'), out: join(folder, 'out'), date: '2024-04-15' };
  await runNight(test.database, night);
  const before = digests(night.out);
  await expect(runNight(test.database, { ...night, law: { 'amount.EFF': 300 } })).rejects.toMatchObject({
    exitCode: 2,
  });
  expect(digests(night.out)).toEqual(before);
});

it('gives the lines of a batch that was rejected after a later one was booked to the run after that', async () => {
  const night = { feedsDir: join(folder, 'feeds'), out: join(folder, 'out'), approvalRequired: true };
  for (const date of ['2024-04-15', '2024-07-15']) await runNight(test.database, { ...night, date, documents: 'CSV' });
  await test.database.transaction((session) =>
    decideBatch(session, {
      ...{ batchId: '2024-04-15/quarterly-payment', decision: 'REJECTED', from: day('2024-07-15'), reason: 'late' },
      by: { name: 'second', systemUser: 'second', machine: 'desk', approvers: [] },
    }),
  );
  await runNight(test.database, { ...night, date: '2024-10-15', documents: 'CSV' });
  const rows = readCsv(join(night.out, '2024-10-15', 'quarterly-payment', 'batch.csv'));
  const months = rows.filter((row) => row['component'] === 'EFF').map((row) => row['month']);
  expect(months).toEqual(['2024-01', '2024-02', '2024-03', '2024-07', '2024-08', '2024-09']);
});
