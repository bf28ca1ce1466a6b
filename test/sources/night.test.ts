/** Whole nights over sources: what fails is told and does not stop them, what was refused may be sent again. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callTwe } from '../night/called-twe.js';
import { digests, readCsv } from '../night/documents.js';
import { art60, category, ocmw, weo, writeFeed } from '../night/feed.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const HIDDEN = 'hush-hush-password';
const NOBODY = {
  ...{ kind: 'sftp', host: '127.0.0.1', port: 1, user: 'twe', path: '/out', host_key: `SHA256:${'A'.repeat(43)}` },
  ...{ password_env: 'TWE_TEST_PASSWORD', attempts: 2, first_wait_seconds: 0.01 },
};

let folder: string;
let test: TestDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-fetched-'));
  test = await createTestDatabase();
  const sources = [NOBODY, { kind: 'folder', path: 'drop', settle_seconds: 0 }];
  const config = { 'feeds.sources': sources, 'approval.required': false, 'log.file': 'twe.log' };
  writeFileSync(join(folder, 'twe.config.json'), JSON.stringify(config));
  writeFeed(join(folder, 'drop'), {
    '2024-03-01': [ocmw(), weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-12-31')],
  });
});

afterEach(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const twe = (...args: string[]) =>
  callTwe(args, { cwd: folder, env: { DATABASE_URL: test.url, TWE_TEST_PASSWORD: HIDDEN } });
const inbox = () => readdirSync(join(folder, '.twe', 'inbox')).filter((name) => !name.startsWith('.'));
const documents = (date: string) => join(folder, 'out', date, 'nightly');
const sourceFindings = (date: string) =>
  readCsv(join(documents(date), 'findings.csv'))
    .filter((row) => row['code']!.startsWith('SOURCE_'))
    .map((row) => [row['severity'], row['code'], row['subject']]);

describe('a night over several sources', () => {
  it('ends well when one is down, and says so once', async () => {
    const { exitCode, stdout } = await twe('run', 'nightly', '--date', '2024-03-31');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('came in     1 deliveries, 3 rows')]);
    expect(sourceFindings('2024-03-31')).toEqual([['WARNING', 'SOURCE_UNREACHABLE', 'sftp://127.0.0.1:1/out']]);
  });

  it('is the same to the byte when it is repeated, whatever came since; that is for the next night', async () => {
    await twe('run', 'nightly', '--date', '2024-03-31');
    const before = digests(documents('2024-03-31'));
    writeFeed(join(folder, 'drop'), { '2024-03-15': [category('2024-03-15')] });
    expect((await twe('run', 'nightly', '--date', '2024-03-31')).exitCode).toBe(0);
    expect(digests(documents('2024-03-31'))).toEqual(before);
    expect(inbox()).toEqual(['2024-03-01']);
    expect((await twe('run', 'nightly', '--date', '2024-04-01')).exitCode).toBe(0);
    expect(inbox()).toEqual(['2024-03-01', '2024-03-15']);
  });

  it('takes a delivery that was refused once it was sent again, and may still be an earlier night', async () => {
    writeFileSync(join(folder, 'drop', '2024-03-01', 'weo.csv'), 'nonsense\n');
    expect((await twe('run', 'nightly', '--date', '2024-03-31')).exitCode).toBe(3);
    writeFeed(join(folder, 'drop'), { '2024-03-01': [ocmw(), weo('2024-01-15', '2024-12-31')] });
    expect((await twe('run', 'nightly', '--date', '2024-03-30')).exitCode).toBe(0);
    expect(sourceFindings('2024-03-30')).toHaveLength(1);
  });

  it('is caught up with from an inbox that was never filled', async () => {
    const { exitCode, stdout } = await twe('catch-up', '--until', '2024-03-03', '--exports', 'last');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('3 nights done')]);
  });

  it('fetches nothing in a dry run of a night', async () => {
    await twe('run', 'nightly', '--date', '2024-03-31');
    writeFeed(join(folder, 'drop'), { '2024-04-01': [category('2024-04-01')] });
    expect((await twe('run', 'nightly', '--date', '2024-04-01', '--dry-run')).exitCode).toBe(0);
    expect(inbox()).toEqual(['2024-03-01']);
  });

  it('leaves what lies in a plain feed folder where it lies', async () => {
    const { exitCode } = await twe('run', 'nightly', '--date', '2024-03-31', '--feeds', 'drop');
    expect(exitCode).toBe(0);
    expect(existsSync(join(folder, '.twe', 'inbox'))).toBe(false);
    const steps = await test.database.rows<{ step: string }>('select step from twe.run_step');
    expect(steps.map(({ step }) => step)).not.toContain('fetch');
  });
});
