/** What the commands do and print before, during and after a night; they go on from each other. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { callTwe } from './called-twe.js';
import { art60, category, ocmw, weo, writeFeed } from './feed.js';
import { everythingKept } from './kept.js';
import { startFromSource, type Ended } from './started-twe.js';

const RUN_DAY = '2024-04-15';
const BATCH = '2024-04-15/quarterly-payment';
const CONFIG = {
  'feeds.source': 'feeds',
  law: { 'amount.ORD': 1000, 'amount.INC': 1500 },
};

let folder: string;
let test: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-command-line-'));
  test = await createTestDatabase();
  writeJson('twe.config.json', CONFIG);
  const art60OfTheAgreement = art60('2024-03-01', '2024-12-31');
  writeFeed(join(folder, 'feeds'), {
    '2024-03-01': [ocmw(), weo('2024-01-15', '2024-12-31'), art60OfTheAgreement, category('2024-03-01')],
  });
});

afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

function writeJson(name: string, value: unknown): void {
  writeFileSync(join(folder, name), JSON.stringify(value));
}

function readManifest(job: string) {
  return JSON.parse(readFileSync(join(folder, 'out', RUN_DAY, job, 'manifest.json'), 'utf8')) as {
    input_digest: string;
    law_digest: string;
    chain: { run_id: string; head: string };
    files: { name: string; sha256: string }[];
  };
}

const twe = (...args: string[]) => callTwe(args, { cwd: folder, env: { DATABASE_URL: test.url } });
const failed = (exitCode: number, sentence: string): Ended => ({ exitCode, stdout: '', stderr: `${sentence}\n` });

describe('before the first night', () => {
  it('has nothing to tell, and says how to start', async () => {
    const start = 'Nothing has run yet. Start with: twe run nightly\n';
    expect(await twe('status')).toEqual({ exitCode: 0, stdout: start, stderr: '' });
    expect(await twe('batches')).toEqual({ exitCode: 0, stdout: 'No batch was booked yet.\n', stderr: '' });
    expect(await twe('verify')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('refuses an output folder that cannot be before anything is done, and publishes when it is run again', async () => {
    const own = await createTestDatabase();
    const night = (out: string) =>
      callTwe(['run', 'nightly', '--date', RUN_DAY, '--out', out], { cwd: folder, env: { DATABASE_URL: own.url } });
    try {
      writeFileSync(join(folder, 'file'), '');
      const { exitCode, stdout, stderr } = await night('file/documents');
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(
        /^A part of the output folder \S+ is a file, not a folder\..+choose another folder with --out\.\n$/,
      );
      expect((await everythingKept(own.database))['runs']).toEqual([]);
      expect((await night('elsewhere')).exitCode).toBe(0);
      expect(readdirSync(join(folder, 'elsewhere', RUN_DAY)).sort()).toEqual(['nightly', 'quarterly-payment']);
    } finally {
      await own.drop();
    }
  });

  // Root may write everywhere.
  it.skipIf(process.getuid?.() === 0)('refuses an output folder that may not be written', async () => {
    mkdirSync(join(folder, 'closed'));
    chmodSync(join(folder, 'closed'), 0o555);
    const { exitCode, stderr } = await twe('run', 'nightly', '--date', RUN_DAY, '--out', 'closed');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^The output folder \S+ may not be written\..+choose another folder with --out\.\n$/);
  });
});

describe('a night', () => {
  it('prints a short summary and nothing else', async () => {
    const { exitCode, stdout, stderr } = await twe('run', 'nightly', '--date', RUN_DAY);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      '2024-04-15/nightly',
      '  came in     1 deliveries, 4 rows, 4 new versions',
      '  set aside   0 rows, 0 came back (rejects.csv)',
      '  measured    0 measurements stored',
      expect.stringMatching(/^ {2}accrued {5}1 trajectories, 1 changed, \d+ entries, 1,900\.00 euro$/),
      '  booked      1 batches, 4 lines: to pay 900.00 euro, to claw back 0.00 euro',
      expect.stringMatching(/^ {2}to look at {2}\d+ errors, \d+ warnings \(findings\.csv\)$/),
      `  files       ${folder}/out/2024-04-15/`,
      '',
    ]);
    expect(readdirSync(join(folder, 'out', RUN_DAY)).sort()).toEqual(['nightly', 'quarterly-payment']);
  });

  it('prints the result as JSON with --json, also when it was done before', async () => {
    const { exitCode, stdout, stderr } = await twe('run', 'nightly', '--date', RUN_DAY, '--json');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      runId: '2024-04-15/nightly',
      businessDate: RUN_DAY,
      repeated: true,
      out: join(folder, 'out'),
      steps: {
        'take-in': { deliveries: 1, rows: 4, newVersions: 4, unchanged: 0, setAside: 0, cameBack: 0 },
        batches: { batches: 1, lines: 4, payCents: 90_000, claimCents: 0 },
      },
    });
    const { findings } = JSON.parse(stdout) as { findings: object[] };
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      expect(Object.keys(finding).sort()).toEqual(['code', 'message', 'ocmwId', 'severity', 'subject', 'weoId']);
    }
  });

  it('prints nothing with --quiet', async () => {
    const ended = await twe('run', 'nightly', '--date', RUN_DAY, '--quiet');
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('refuses a date before the last finished night', async () => {
    const { exitCode, stdout, stderr } = await twe('run', 'nightly', '--date', '2024-04-14');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^--date 2024-04-14 lies before the last finished night \(2024-04-15\); nothing was done\. Use .+\.\n$/,
    );
  });

  it('is a process with that exit code, quiet in a pipe but for its result', async () => {
    const surroundings = { cwd: folder, env: { DATABASE_URL: test.url } };
    const done = await startFromSource(['run', 'nightly', '--date', RUN_DAY], surroundings).ended;
    expect([done.exitCode, done.stderr]).toEqual([0, '']);
    expect(done.stdout).toMatch(/^2024-04-15\/nightly \(was done before: nothing changed, .+\)\n/);
    const refused = await startFromSource(['run', 'payday'], surroundings).ended;
    expect([refused.exitCode, refused.stdout, refused.stderr.split('\n').length]).toEqual([2, '', 2]);
  });
});

describe('after a night', () => {
  it('shows the last run, its batches and what waits', async () => {
    const { exitCode, stdout, stderr } = await twe('status');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ {2}2024-04-15\/nightly +DONE +\d+ steps +\d+ s$/m);
    expect(stdout).toMatch(/^ {2}2024-04-15\/quarterly-payment +4 +900\.00 +0\.00 +WAITS FOR APPROVAL$/m);
    expect(stdout).toMatch(/^Rows set aside: 0$/m);
    const json = JSON.parse((await twe('status', '--json')).stdout) as object;
    expect(json).toMatchObject({ version: 1, runs: [{ run_id: '2024-04-15/nightly', state: 'DONE' }], setAside: 0 });
  });

  it('holds every check, silently', async () => {
    expect(await twe('verify')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const { version, broken, chain } = JSON.parse((await twe('verify', '--json')).stdout) as Record<string, object>;
    expect([version, broken]).toEqual([1, []]);
    expect(chain).toMatchObject({ heads: 1, manifests: 0, faults: [] });
  });

  it('leaves a receipt: what went in, and the head and the files that came out', async () => {
    const { receipt } = JSON.parse((await twe('run-log', '2024-04-15/nightly', '--json')).stdout) as {
      receipt: Record<string, unknown>;
    };
    const published = readManifest('nightly');
    expect(receipt).toMatchObject({
      ...{ inputDigest: published.input_digest, lawDigest: published.law_digest, head: published.chain.head },
    });
    expect(published.chain.run_id).toBe('2024-04-15/nightly');
    expect(readManifest('quarterly-payment').chain).toEqual(published.chain);
    const files = (receipt['files'] as { folder: string; name: string; sha256: string }[])
      .filter(({ folder: of }) => of === '2024-04-15/nightly')
      .map(({ name, sha256 }) => [name, sha256]);
    expect(files.sort()).toEqual(published.files.map(({ name, sha256 }) => [name, sha256]).sort());
  });

  it('agrees with its documents, and says which night of others it does not know', async () => {
    const full = JSON.parse((await twe('verify', '--full', '--json')).stdout) as Record<string, object>;
    expect(full['chain']).toMatchObject({ manifests: 2, faults: [] });

    const other = { ...readManifest('nightly'), chain: { run_id: '2024-04-15/nightly', head: 'f'.repeat(64) } };
    mkdirSync(join(folder, 'other', RUN_DAY, 'nightly'), { recursive: true });
    writeJson(join('other', RUN_DAY, 'nightly', 'manifest.json'), other);
    const { exitCode, stderr } = await twe('verify', '--manifests', 'other');
    expect([exitCode, stderr]).toEqual([
      4,
      expect.stringMatching(
        /^1 check does not hold: the_chains_are_as_they_were_sealed \(.+names head f{12} for run 2024-04-15\/nightly, the database has [0-9a-f]{12}\)/,
      ),
    ]);
    const missing = await twe('verify', '--manifests', 'nowhere');
    expect([missing.exitCode, missing.stderr]).toEqual([2, expect.stringContaining('The manifests in nowhere cannot')]);
  });

  it('lists its batch', async () => {
    const { exitCode, stdout } = await twe('batches');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^2024-04-15\/quarterly-payment +2024-Q1 +4 lines +pay +900\.00 +claim +0\.00 +[0-9a-f]{12} +WAITS FOR APPROVAL\n$/,
    );
    const { batches } = JSON.parse((await twe('batches', '--json')).stdout) as { batches: object[] };
    expect(batches).toMatchObject([{ batchId: BATCH, lines: 4, payCents: 90_000, claimCents: 0, decision: null }]);
  });

  it.each([
    [
      ['approve', '2024-07-15/quarterly-payment', '--by', 'An'],
      'there is no batch 2024-07-15/quarterly-payment. `twe batches` lists them; nothing was changed.',
    ],
    [
      ['approve', BATCH, '--by', userInfo().username],
      `${userInfo().username} had batch ${BATCH} prepared: somebody else decides on it. Nothing was changed.`,
    ],
    [
      ['approve', BATCH, '--by', 'An', '--date', '2024-04-14'],
      `batch ${BATCH} was booked on 2024-04-15; it cannot be decided from 2024-04-14. Nothing was changed.`,
    ],
  ])('refuses twe %j', async (args, sentence) => {
    expect(await twe(...args)).toEqual(failed(2, sentence));
    expect((await everythingKept(test.database))['batch decisions']).toEqual([]);
  });

  it('is approved by one of the approvers, once and for good', async () => {
    const done =
      `${BATCH} approved by An, counting from 2024-04-16.\n` +
      `documents written again: ${join(folder, 'out', BATCH)}\n`;
    const approve = ['approve', BATCH, '--by', 'An', '--date', '2024-04-16'];
    expect(await twe(...approve)).toEqual({ exitCode: 0, stdout: done, stderr: '' });
    const again = `batch ${BATCH} was approved before by An; a decision is final, nothing was changed.`;
    expect(await twe(...approve)).toEqual(failed(2, again));
    expect(await twe('reject', BATCH, '--by', 'Bart', '--reason', 'too late')).toEqual(failed(2, again));
    expect((await twe('batches')).stdout).toContain('APPROVED by An from 2024-04-16');
  });

  it('is rejected with a reason', async () => {
    await twe('run', 'nightly', '--date', '2024-07-15', '--quiet');
    const second = '2024-07-15/quarterly-payment';
    const reject = ['reject', second, '--by', 'Bart', '--reason', 'wrong account', '--date', '2024-07-16'];
    const done =
      `${second} rejected by Bart, counting from 2024-07-16.\n` +
      `documents written again: ${join(folder, 'out', second)}\n`;
    expect(await twe(...reject)).toEqual({ exitCode: 0, stdout: done, stderr: '' });
    const [row] = await test.database.rows(`select reason from twe.batch_decision where decision = 'REJECTED'`);
    expect(row).toEqual({ reason: 'wrong account' });
  });
});

describe('catch-up', () => {
  it('does every night that is due, documents of the last one only when asked, and then has nothing to do', async () => {
    const own = await createTestDatabase();
    const catchUp = (...args: string[]) =>
      callTwe(['catch-up', '--until', '2024-04-16', '--out', 'caught-up', ...args], {
        cwd: folder,
        env: { DATABASE_URL: own.url },
      });
    try {
      const feeds = join(folder, 'late-feeds');
      const rows = [ocmw(), weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-12-31'), category('2024-03-01')];
      writeFeed(feeds, {
        '2024-04-13': rows.map(({ file, cells }) => ({
          file,
          cells: { ...cells, registered_at: '2024-03-01T12:00:00+01:00' },
        })),
      });
      const done = await catchUp('--feeds', feeds, '--exports', 'last');
      const out = join(folder, 'caught-up');
      expect(done).toEqual({
        exitCode: 0,
        stdout: `4 nights done, up to 2024-04-16; documents lie in ${out}\n`,
        stderr: '',
      });
      expect(readdirSync(out).sort()).toEqual(['2024-04-15', '2024-04-16']);
      expect(readdirSync(join(out, '2024-04-15', 'quarterly-payment')).sort()).toEqual([
        'batch.csv',
        'claims.csv',
        'manifest.json',
      ]);
      expect(existsSync(join(out, '2024-04-16', 'nightly', 'position.csv'))).toBe(true);
      const again = await catchUp('--feeds', feeds, '--json');
      expect(JSON.parse(again.stdout)).toEqual({ version: 1, nights: 0, statements: 0, until: '2024-04-16' });
    } finally {
      await own.drop();
    }
  });
});
