/** How it stands: the first line of `twe status`, `twe runs`, `twe run-log` and the metrics. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/calendar.js';
import { loadSettings } from '../../src/config.js';
import { connectTo } from '../../src/db/database.js';
import { createLogger } from '../../src/log.js';
import { withLease } from '../../src/runs/lease.js';
import { dueState } from '../../src/watch/due.js';
import { serveMetrics } from '../../src/watch/serve-metrics.js';
import { callTwe } from '../night/called-twe.js';
import { art60, category, ocmw, weo, writeFeed } from '../night/feed.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const NIGHT = '2024-04-15/nightly';

let folder: string;
let metricsAfterRun: string;
let test: TestDatabase;
const log = createLogger({ level: 'silent' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-state-'));
  test = await createTestDatabase();
  mkdirSync(join(folder, 'metrics'));
  writeFileSync(
    join(folder, 'twe.config.json'),
    JSON.stringify({ 'feeds.source': 'feeds', 'metrics.file': 'metrics/twe.prom' }),
  );
  writeFeed(join(folder, 'feeds'), {
    '2024-03-01': [ocmw(), weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-12-31'), category('2024-03-01')],
  });
  await twe('run', 'nightly', '--date', '2024-04-15');
  metricsAfterRun = readFileSync(join(folder, 'metrics', 'twe.prom'), 'utf8');
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const twe = (...args: string[]) => callTwe(args, { cwd: folder, env: { DATABASE_URL: test.url } });
const statusLines = async () => (await twe('status')).stdout.split('\n');
const set = (change: string) => test.database.rows(`update twe.run set ${change} where run_id = '${NIGHT}'`);

interface StatusJson {
  readonly version: number;
  readonly isWell: boolean;
  readonly toDo: readonly string[];
  readonly failingChecks: readonly string[];
  readonly waiting: readonly string[];
}
const statusJson = async () => JSON.parse((await twe('status', '--json')).stdout) as StatusJson;

describe('twe status', () => {
  it('says first what is late and what to do, then what is due, and what waits', async () => {
    const lines = await statusLines();
    expect(lines[0]).toMatch(
      /^\d+ runs are due and late: nightly of 2024-04-16 was due at 2024-04-16 21:30\. Run `twe catch-up`, and look whether/,
    );
    expect(lines[1]).toMatch(/^Due: 2024-04-16\/nightly, 2024-04-17\/nightly, 2024-04-18\/nightly and [\d,]+ more$/);
    expect(lines).toContainEqual(expect.stringMatching(/quarterly-payment .+ WAITS FOR APPROVAL$/));
    expect(await statusJson()).toMatchObject({ version: 1, isWell: false, waiting: ['2024-04-15/quarterly-payment'] });
  });

  it('says why the last run failed, which checks do not hold, and that it was cut off', async () => {
    await set(`state = 'FAILED', failure = 'The feed folder is gone. Mount it.'`);
    expect((await statusLines())[0]).toBe(`${NIGHT} failed: The feed folder is gone. Mount it.`);
    await set(`failure = '1 check does not hold: no_line_lies_after_its_batch (2 rows). Nothing was exported; ...'`);
    expect((await statusLines())[0]).toMatch(/: a check does not hold\. Run `twe verify --json` to see the rows/);
    expect((await statusJson()).failingChecks).toEqual(['no_line_lies_after_its_batch']);
    await set(`state = 'RUNNING', failure = null`);
    expect((await statusLines())[0]).toBe(
      `${NIGHT} was cut off. The next wake of \`twe schedule\` goes on with it, or \`twe catch-up\` now.`,
    );
  });

  it('says since when a run is at work, and who it is', async () => {
    await withLease(test.database, { doing: NIGHT }, async () => {
      const lines = await statusLines();
      expect(lines).toContainEqual(
        expect.stringMatching(
          /^Running since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: 2024-04-15\/nightly on \S+, process \d+, last sign/,
        ),
      );
      expect(lines).toContainEqual(expect.stringMatching(/^ {2}2024-04-15\/nightly +RUNNING +\d steps +/));
    });
    await set(`state = 'DONE'`);
  });

  it('knows what is due, what is late and what comes next from the schedule and what was done', () => {
    const settings = loadSettings({ cwd: folder, env: {} });
    const at = (moment: string) =>
      dueState(
        settings,
        {
          lastNight: { day: day('2024-04-15'), isDone: true },
          firstDelivery: undefined,
          lastStatement: undefined,
          lastRetention: undefined,
        },
        new Date(moment),
      );
    const { due, late, next } = at('2024-04-16T19:29:00Z');
    expect([due, late]).toEqual([[], undefined]);
    expect(next).toMatchObject({ job: 'nightly', businessDate: '2024-04-16', at: new Date('2024-04-16T19:30:00Z') });
    expect(at('2024-04-16T19:30:00Z')).toMatchObject({ due: [{ businessDate: '2024-04-16' }], late: undefined });
    expect(at('2024-04-17T07:30:00Z').late).toMatchObject({ runs: 1, oldest: { businessDate: '2024-04-16' } });
  });
});

describe('twe runs and twe run-log', () => {
  it('list the runs that are asked for', async () => {
    const all = await twe('runs');
    expect(all.stdout).toMatch(/^2024-04-15\/nightly +DONE +begun \d{4}-\d\d-\d\d \d\d:\d\d {2}\d steps {2}\d+ s\n$/);
    for (const none of [
      ['--state', 'failed'],
      ['--date', '2024-04-16'],
      ['--job', 'monthly-statement'],
    ]) {
      expect((await twe('runs', ...none)).stdout).toBe('There is no such run.\n');
    }
    const json = JSON.parse((await twe('runs', '--json', '--state', 'DONE')).stdout) as object;
    expect(json).toMatchObject({ version: 1, runs: [{ runId: NIGHT, state: 'DONE', failure: null }] });
  });

  it.each([
    [['runs', '--job', 'payday'], 'there is no job called payday. Jobs are: nightly, '],
    [['runs', '--date', '15/04'], '--date 15/04 is not a date. Write it as YYYY-MM-DD.'],
    [['runs', '--state', 'broken'], '--state broken is not a state. Write one of RUNNING, STOPPED, DONE, FAILED.'],
    [['runs', '--limit', '0'], '--limit 0 is not a number of runs.'],
    [['run-log', '2024-04-16/nightly'], 'there is no run 2024-04-16/nightly; `twe runs` lists them'],
    [['run-log', 'yesterday'], 'there is no run yesterday; `twe runs` lists them'],
  ])('refuse %j', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await twe(...args);
    expect([exitCode, stdout, stderr.slice(0, sentence.length)]).toEqual([2, '', sentence]);
  });

  it('show each step with its counts and findings', async () => {
    const { stdout } = await twe('run-log', NIGHT);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^2024-04-15\/nightly {2}DONE {2}begun .+, ended .+ {2}\(twe \d/);
    expect(lines[1]).toMatch(/^ {2}take-in +\d+\.\d s {2}.*rows 4/);
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {4}WARNING ALLOWANCE_AMOUNT_MISSING: 2, first: No amount is/),
    );
    const { steps } = JSON.parse((await twe('run-log', NIGHT, '--json')).stdout) as { steps: { step: string }[] };
    expect(steps.map(({ step }) => step)).toEqual([
      ...['take-in', 'facts', 'overdue-batches', 'measure-and-accrue', 'batches', 'seal', 'verify', 'export'],
    ]);
  });
});

describe('metrics', () => {
  it('stand in a file after a run, whole, with names and types as Prometheus wants them', () => {
    const text = metricsAfterRun;
    for (const line of text.trim().split('\n')) {
      expect(line).toMatch(
        /^$|^# (HELP|TYPE) twe_[a-z_]+ .+$|^twe_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[\d.e+-]+$/,
      );
    }
    expect(text).toMatch(/^twe_last_success_timestamp_seconds\{job="nightly"\} \d{10}$/m);
    expect(text).toMatch(/^twe_last_business_date_timestamp_seconds\{job="nightly"\} 1713139200$/m);
    expect(text).toMatch(/^twe_run_duration_seconds\{job="nightly"\} [\d.]+$/m);
    for (const line of ['twe_batches_waiting 1', 'twe_rows_set_aside 0', 'twe_checks_failing 0', 'twe_job_late 1']) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).toMatch(/^twe_open_findings\{severity="warning"\} [1-9]/m);
    expect(readdirSync(join(folder, 'metrics'))).toEqual(['twe.prom']);
  });

  it('are served on this machine only, and say so when the database is away', async () => {
    const config = loadSettings({ cwd: folder, env: {} });
    const served = await serveMetrics(0, { database: test.database, config, log });
    const url = `http://127.0.0.1:${served.port}`;
    const answer = await fetch(`${url}/metrics`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    expect(await answer.text()).toContain('twe_batches_waiting 1');
    expect((await fetch(`${url}/`)).status).toBe(404);
    const taken = serveMetrics(served.port, { database: test.database, config, log });
    await expect(taken).rejects.toThrow(`--metrics-port ${served.port} is taken; choose another one.`);
    await served.close();
    const away = await serveMetrics(0, { database: connectTo('postgresql://twe:hush@127.0.0.1:1/twe'), config, log });
    const refused = await fetch(`http://127.0.0.1:${away.port}/metrics`);
    expect([refused.status, await refused.text()]).toEqual([503, 'The state could not be read; the log says why.\n']);
    await away.close();
  });

  it('that cannot be written do not make a run fail', async () => {
    const file = join(folder, 'nowhere', 'twe.prom');
    writeFileSync(join(folder, 'no-metrics.json'), JSON.stringify({ 'metrics.file': file, 'log.file': 'twe.log' }));
    expect((await twe('status', '--config', 'no-metrics.json')).exitCode).toBe(0);
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(join(folder, 'twe.log'), 'utf8')).toContain('the metrics could not be written');
  });
});
