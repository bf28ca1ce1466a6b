/** Whole nights over sources: what fails is told and does not stop them, what was refused may be sent again. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callTwe } from '../night/called-twe.js';
import { digests, readCsv } from '../night/documents.js';
import { art60, category, ocmw, weo, writeFeed } from '../night/feed.js';
import { startFromSource } from '../night/started-twe.js';
import { until } from '../support/program.js';
import { startHttpsServer, TOKEN, type HttpsServer } from './https-server.js';
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
    const drop = join(folder, 'drop');
    const bytes = ['ocmw', 'weo', 'employment']
      .map((name) => statSync(join(drop, '2024-03-01', `${name}.csv`)).size)
      .reduce((sum, size) => sum + size);
    expect(stdout.split('\n').slice(1, 3)).toEqual([
      `  fetched     1 deliveries, 3 files, ${bytes} bytes; 1 of 2 sources failed (findings.csv)`,
      `              1 from ${drop}`,
    ]);
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
    expect(stdout).toMatch(/ {2}fetched {5}1 deliveries, 3 files, \d+ bytes; 1 of 2 sources failed/);
    expect(stdout).toContain(`              1 from ${join(folder, 'drop')}`);
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

/** Every file of the inbox with its content, without the lock. */
function inboxFiles(home: string): Record<string, string> {
  const root = join(home, 'inbox');
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('.lock'));
  const files = names.filter((name) => statSync(join(root, name)).isFile()).sort();
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(root, name), 'latin1')]));
}

describe('a program that is killed while it fetches', () => {
  let server: HttpsServer;
  beforeEach(async () => {
    server = await startHttpsServer(folder);
    const source = { kind: 'https', url: server.url, ca_file: server.caFile, token_env: 'TWE_TEST_TOKEN' };
    const config = { 'feeds.sources': [source], 'approval.required': false };
    writeFileSync(join(folder, 'twe.config.json'), JSON.stringify(config));
    const rows = Array.from({ length: 5_000 }, (_, index) => category('2024-03-01', { category_id: `K${index}` }));
    writeFeed(join(folder, 'sent'), {
      '2024-03-01': [ocmw(), weo('2024-01-15', '2024-12-31')],
      '2024-03-02': [art60('2024-03-01', '2024-12-31'), ...rows],
    });
    for (const delivery of readdirSync(join(folder, 'sent')))
      for (const name of readdirSync(join(folder, 'sent', delivery)))
        server.tree.put(delivery, name, readFileSync(join(folder, 'sent', delivery, name)));
  });
  afterEach(() => server.close());

  it('leaves nothing that the next run does not mend: the same inbox, each delivery taken in once', async () => {
    const surroundings = (home: string) => ({
      cwd: folder,
      env: { DATABASE_URL: test.url, TWE_TEST_TOKEN: TOKEN, TWE_HOME: join(folder, home) },
    });
    const args = ['run', 'nightly', '--date', '2024-03-31'];
    server.tree.stallAfterBytes = 100_000;
    const killed = startFromSource(args, surroundings('killed'));
    const half = join(folder, 'killed', 'inbox', '.2024-03-02.part', 'category.csv');
    await until('a part of the file came', () => (statSync(half, { throwIfNoEntry: false })?.size ?? 0) > 0);
    killed.kill();
    expect((await killed.ended).exitCode).toBeNull();
    expect(existsSync(join(folder, 'killed', 'inbox', '2024-03-02'))).toBe(false);
    server.tree.stallAfterBytes = Infinity;
    const done = await callTwe(args, surroundings('killed'));
    expect([done.exitCode, done.stderr]).toEqual([0, '']);
    expect(done.stdout).toContain('came in     2 deliveries');
    const taken = await test.database.rows('select name, state from twe.delivery order by name');
    expect(taken).toEqual([
      { name: '2024-03-01', state: 'TAKEN' },
      { name: '2024-03-02', state: 'TAKEN' },
    ]);
    const resumed = server.tree.reads.filter(({ path, fromByte }) => path.endsWith('category.csv') && fromByte > 0);
    expect(resumed).toHaveLength(1);

    const other = await createTestDatabase();
    const whole = surroundings('whole');
    await callTwe(args, { ...whole, env: { ...whole.env, DATABASE_URL: other.url } });
    await other.drop();
    expect(inboxFiles(join(folder, 'killed'))).toEqual(inboxFiles(join(folder, 'whole')));
  });
});
