/** The command line of the contract: exit codes, one clear sentence for each failure, what each command prints. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programVersion } from '../../src/db/package-root.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { callTwe } from './called-twe.js';
import { art60, category, ocmw, weo, writeFeed } from './feed.js';
import { everythingKept } from './kept.js';
import { startFromSource, type Ended } from './started-twe.js';

const RUN_DAY = '2024-04-15';
const BATCH = '2024-04-15/quarterly-payment';
const CONFIG = {
  'feeds.source': 'feeds',
  'approval.approvers': ['An', 'Bart'],
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

const twe = (...args: string[]) => callTwe(args, { cwd: folder, env: { DATABASE_URL: test.url } });
const failed = (exitCode: number, sentence: string): Ended => ({ exitCode, stdout: '', stderr: `${sentence}\n` });

describe('wrong usage (exit 2)', () => {
  it('names the jobs there are', async () => {
    const sentence = 'there is no job called payday. Jobs are: nightly, quarterly-payment, yearly-settlement.';
    expect(await twe('run', 'payday')).toEqual(failed(2, sentence));
  });

  it.each(['2024-02-31', '15/04/2024', 'yesterday'])(
    'says that %s is no date, for each command that takes one',
    async (date) => {
      const sentence = `--date ${date} is not a date. Write it as YYYY-MM-DD`;
      for (const command of [
        ['run', 'nightly'],
        ['approve', BATCH, '--by', 'An'],
      ]) {
        const { exitCode, stdout, stderr } = await twe(...command, '--date', date);
        expect([exitCode, stdout, stderr.slice(0, sentence.length)]).toEqual([2, '', sentence]);
      }
    },
  );

  it('refuses a date in the future', async () => {
    const { exitCode, stderr } = await twe('run', 'nightly', '--date', '2999-01-01');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^--date 2999-01-01 lies in the future \(today is \d{4}-\d\d-\d\d in Brussels\); nothing was done/,
    );
    expect(stderr).toMatch(/\. \S.*\.\n$/);
  });

  it.each([
    [['run'], "missing required argument 'job'"],
    [['dance'], "unknown command 'dance'"],
    [['run', 'nightly', '--fast'], "unknown option '--fast'"],
    [['approve', BATCH], "required option '--by <name>' not specified"],
    [['reject', BATCH, '--by', 'An'], "required option '--reason <text>' not specified"],
    [['catch-up', '--exports', 'some'], '--exports is all or last, not some.'],
  ])('says what is wrong with twe %j', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await twe(...args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
  });

  it('leaves no trace of all that in the database', async () => {
    expect((await everythingKept(test.database))['runs']).toEqual([]);
  });
});

describe('configuration (exit 2)', () => {
  it('reports unknown keys, wrong types and wrong values all together', async () => {
    writeJson('wrong.json', {
      'feeds.source': 'feeds',
      'feeds.sorce': 'elsewhere',
      'approval.required': 'yes',
      'guard.min_rows': -1,
      law: { 'amount.EFFF': 250, 'a60.late_policy': 'NEVER' },
    });
    const { exitCode, stdout, stderr } = await twe('run', 'nightly', '--config', 'wrong.json');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')).toEqual([
      `Wrong configuration in ${join(folder, 'wrong.json')}; nothing was done.`,
      'feeds.sorce: unknown key. Did you mean "feeds.source"?',
      'approval.required: "yes" is not allowed. Write true or false.',
      'guard.min_rows: -1 is not allowed. Write a whole number from 0 to 1000000000.',
      'law.amount.EFFF: unknown key. Did you mean amount.EFF?',
      'law.a60.late_policy: "NEVER" is not allowed. Write one of "FORFEIT_ALL", "PAY_FROM_START", "EFF_ONLY".',
      '',
    ]);
  });

  it('names a file that is not there, and one that is no JSON', async () => {
    const missing = `The configuration file ${join(folder, 'none.json')} does not exist; name another one with --config.`;
    expect(await twe('run', 'nightly', '--config', 'none.json')).toEqual(failed(2, missing));
    writeFileSync(join(folder, 'broken.json'), '{"out": ');
    const broken = await twe('run', 'nightly', '--config', 'broken.json');
    expect(broken.exitCode).toBe(2);
    expect(broken.stderr).toMatch(
      /^The configuration file \S+broken\.json is not valid JSON: .+\. Correct it and run again\.\n$/,
    );
  });

  it('never puts the fixtures into DATABASE_URL', async () => {
    const cwd = join(folder, 'without-configuration');
    mkdirSync(cwd);
    const ended = await callTwe(['run', 'nightly'], { cwd, env: { DATABASE_URL: test.url } });
    const sentence =
      'Wrong configuration; nothing was done. feeds.source: missing, and the fixtures never go into DATABASE_URL. ' +
      'Name the folder with the deliveries in the configuration file, or give --feeds DIR.';
    expect(ended).toEqual(failed(2, sentence));
  });

  it('says in the first line that it works on the fixtures, and on which date', async () => {
    const cwd = join(folder, 'nothing-here');
    mkdirSync(cwd);
    // A home that cannot be: what is said comes before the database is made.
    writeFileSync(join(cwd, 'home'), 'a file');
    const { exitCode, stderr } = await callTwe(['run', 'nightly'], { cwd, env: { TWE_HOME: join(cwd, 'home') } });
    const [first, second, ...more] = stderr.split('\n');
    expect(exitCode).toBe(2);
    expect(first).toBe(
      'No configuration file: working on the fixtures that come with the program, with the date of their last delivery (2026-02-16).',
    );
    expect(second).toContain(join(cwd, 'home'));
    expect(more).toEqual(['']);
  });

  it('says of a database that does not answer which one it is, without its password', async () => {
    const env = { DATABASE_URL: 'postgresql://twe:geheim@127.0.0.1:1/twe' };
    const { exitCode, stdout, stderr } = await callTwe(['run', 'nightly', '--date', RUN_DAY], { cwd: folder, env });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'The database "twe" at 127.0.0.1:1 (user "twe") does not answer: nothing listens there. Check DATABASE_URL and the server.\n',
    );
  });
});

describe('help', () => {
  it('shows an example for every command, and the version', async () => {
    const { stdout } = await twe('--help');
    const commands = [...stdout.matchAll(/^ {2}([a-z-]+) /gm)]
      .map((match) => match[1]!)
      .filter((name) => name !== 'help');
    expect(commands).toEqual(
      expect.arrayContaining(['run', 'catch-up', 'status', 'verify', 'batches', 'approve', 'reject', 'explain']),
    );
    for (const command of commands) {
      const help = await twe(command, '--help');
      expect([command, help.exitCode, help.stderr]).toEqual([command, 0, '']);
      expect(help.stdout).toMatch(new RegExp(`\\nExample: twe ${command}`));
    }
    expect(await twe('--version')).toEqual({ exitCode: 0, stdout: `${programVersion()}\n`, stderr: '' });
  });
});

describe('before the first night', () => {
  it('has nothing to tell, and says how to start', async () => {
    const start = 'Nothing has run yet. Start with: twe run nightly\n';
    expect(await twe('status')).toEqual({ exitCode: 0, stdout: start, stderr: '' });
    expect(await twe('batches')).toEqual({ exitCode: 0, stdout: 'No batch was booked yet.\n', stderr: '' });
    expect(await twe('verify')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('refuses an output folder that cannot be, does not call the night done, and publishes when it is run again', async () => {
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
      expect((await everythingKept(own.database))['runs']).toEqual([expect.stringContaining('"FAILED"')]);
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
    expect(JSON.parse((await twe('verify', '--json')).stdout)).toEqual({ version: 1, broken: [] });
  });

  it('lists its batch', async () => {
    const { exitCode, stdout } = await twe('batches');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^2024-04-15\/quarterly-payment +2024-Q1 +4 lines +pay +900\.00 +claim +0\.00 +WAITS FOR APPROVAL\n$/,
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
      ['approve', BATCH, '--by', 'Carl'],
      'Carl is not one of the approvers in the configuration (approval.approvers); nothing was changed.',
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
    const done = `${BATCH} approved by An, counting from 2024-04-16.\n`;
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
    const done = `${second} rejected by Bart, counting from 2024-07-16.\n`;
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
      expect(JSON.parse(again.stdout)).toEqual({ version: 1, nights: 0, until: '2024-04-16' });
    } finally {
      await own.drop();
    }
  });
});
