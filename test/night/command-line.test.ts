/** The command line of the contract: wrong usage and configuration, each with its exit code and a clear sentence; help. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programVersion } from '../../src/db/package-root.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { callTwe } from './called-twe.js';
import { everythingKept } from './kept.js';
import type { Ended } from './started-twe.js';

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
    const sentence =
      'there is no job called payday. Jobs are: nightly, quarterly-payment, monthly-statement, yearly-settlement, retention.';
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
      'Name the folder with the deliveries, or where they are fetched from (feeds.sources), in the configuration file, or give --feeds DIR.';
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
