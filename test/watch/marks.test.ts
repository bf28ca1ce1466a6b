/**
 * Whole nights with marked national numbers, names, accounts and passwords, at the most talkative level of the log and with
 * failures everywhere: none of the marks in what the program says, writes as a name, or is called with.
 */
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
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTwe } from '../night/called-twe.js';
import { art60, category, CLIENT, ocmw, weo, writeFeed } from '../night/feed.js';
import { startFromSource, type Ended } from '../night/started-twe.js';
import { decision } from '../oracle/tiny-feeds.js';
import { startSftpServer, USER, type SftpServer } from '../sources/sftp-server.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { iban } from '../support/random-feed/identifiers.js';
import { startMailServer, type MailServer } from './mail-server.js';

const WRONG_INSZ = '85073003399';
const NAME = 'Merkmans';
const SECRETS = {
  database: 'merk-databank-1',
  sftp: 'merk-sftp-2',
  mail: 'merk-post-3',
  statement: 'merk-maandstaat-4',
  misplaced: 'merk-misplaatst-5',
};
const MARKS = [CLIENT, WRONG_INSZ, NAME, iban(1), ...Object.values(SECRETS)];

let folder: string;
let test: TestDatabase;
let sftp: SftpServer;
let mail: MailServer;
let env: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-marks-'));
  test = await createTestDatabase();
  sftp = await startSftpServer();
  mail = await startMailServer({ refuses: true });
  env = {
    DATABASE_URL: test.url.replace('@/', `:${SECRETS.database}@/`),
    TWE_SMTP_URL: `smtp://merk:${SECRETS.mail}@127.0.0.1:${mail.port}`,
    TWE_STATEMENT_PASSWORDS: `ocmw_id,password\n${ocmw().cells['ocmw_id']!},${SECRETS.statement}`,
    TWE_TEST_PASSWORD: SECRETS.sftp,
    TWE_LOG_LEVEL: 'trace',
  };
  writeConfig();
  writeFeed(join(folder, 'drop'), {
    '2024-03-05': [
      ocmw(undefined, { name: NAME }),
      weo('2024-01-15', '2024-12-31'),
      weo('2024-01-15', '2024-12-31', { weo_id: 'W2', insz: WRONG_INSZ }),
      art60('2024-03-01', '2024-12-31'),
      category('2024-03-01'),
      decision(1, 'POSITIVE', { decided_by: NAME, reason: `gezien door ${NAME}` }),
    ],
  });
});

afterAll(async () => {
  await Promise.all([test.drop(), sftp.close(), mail.close()]);
  rmSync(folder, { recursive: true, force: true });
});

function writeConfig(): void {
  const hook = join(folder, 'hook');
  writeFileSync(hook, `#!/bin/sh\nenv > ${folder}/hook-env.txt\ncat >> ${folder}/alerts.txt\n`);
  chmodSync(hook, 0o755);
  mkdirSync(join(folder, 'metrics'));
  const server = { kind: 'sftp', host: '127.0.0.1', port: sftp.port, user: USER, path: '/out' };
  const config = {
    'feeds.sources': [
      {
        ...server,
        host_key: sftp.fingerprint,
        password_env: 'TWE_TEST_PASSWORD',
        attempts: 2,
        first_wait_seconds: 0.01,
      },
      { kind: 'folder', path: 'drop', settle_seconds: 0 },
    ],
    'log.file': 'twe.log',
    'metrics.file': 'metrics/twe.prom',
    'alert.command': [hook],
    'alert.mail_to': 'an@vdab.example',
    'alert.mail_from': 'twe@vdab.example',
  };
  writeFileSync(join(folder, 'twe.config.json'), JSON.stringify(config));
}

/** Runs the program as a process, and gathers with which words the processes of this machine were called meanwhile. */
async function twe(...args: string[]): Promise<Ended & { calledWith: string }> {
  const called = new Set<string>();
  const timer = setInterval(() => commandLines().forEach((line) => called.add(line)), 20);
  const ended = await startFromSource(args, { cwd: folder, env }).ended;
  clearInterval(timer);
  return { ...ended, calledWith: [...called].join('\n') };
}

function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    });
}

const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');
const marksIn = (text: string) => MARKS.filter((mark) => text.includes(mark));

/** Everything but the contents of documents and deliveries, in which numbers and accounts belong. */
function everythingSaid({ stdout, stderr, calledWith = '' }: Ended & { calledWith?: string }): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).join('\n');
  const written = ['twe.log', 'metrics/twe.prom', 'alerts.txt', 'hook-env.txt'].map(read);
  return [stdout, stderr, calledWith, names, ...written, ...mail.received].join('\n');
}

describe('a night with marked data, everything logged', () => {
  it('says none of it when a row is bad and a source refuses the password', async () => {
    const ended = await twe('run', 'nightly', '--date', '2024-03-05');
    expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout).toContain('set aside   1 rows');
    expect(read('twe.log')).toContain('refused the login');
    const said = read('twe.log')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(said.filter(({ runId, step }) => runId !== '2024-03-05/nightly' || typeof step !== 'string')).toEqual([]);
    expect(read('metrics/twe.prom')).toContain('twe_rows_set_aside 1');
    expect(ended.calledWith).toContain('cli.ts run nightly');
    expect(marksIn(everythingSaid(ended))).toEqual([]);
  });

  it.each([
    [
      'a constraint that shows the row',
      `alter table twe.decision_version add constraint is_not_this check (decided_by is distinct from '${NAME}') not valid`,
      'is_not_this',
    ],
    [
      'a value that PostgreSQL quotes',
      `create function twe.quote_it() returns trigger language plpgsql as $$ begin
         perform (new.decided_by || ' ${CLIENT} ${NAME}')::date; return new; end $$;
       create trigger quotes_it before insert on twe.decision_version for each row execute function twe.quote_it()`,
      '22007',
    ],
  ])('says none of it when a statement fails on %s, and nobody takes the mail', async (_name, statement, expected) => {
    await test.database.rows(statement);
    writeFeed(join(folder, 'drop'), { '2024-03-06': [decision(2, 'NEGATIVE', { decided_by: NAME })] });
    const ended = await callTwe(['run', 'nightly', '--date', '2024-03-06'], { cwd: folder, env });
    expect([ended.exitCode, ended.stdout]).toEqual([1, '']);
    expect(ended.stderr).toMatch(/^something failed that should not: /);
    expect(ended.stderr).toContain(expected);
    expect(read('twe.log')).toContain('the alert did not go out by mail: the server refused the user or the password');
    expect(read('alerts.txt')).toContain('"kind":"RUN_FAILED"');
    expect(read('metrics/twe.prom')).toContain('twe_last_run_failed 1');
    expect(marksIn(everythingSaid(ended))).toEqual([]);
    await test.database.rows('alter table twe.decision_version drop constraint if exists is_not_this');
  });

  it('shows afterwards how it went, without any of it', async () => {
    const said: string[] = [];
    for (const args of [['status'], ['status', '--json'], ['runs'], ['run-log', '2024-03-06/nightly'], ['doctor']]) {
      const { stdout, stderr } = await callTwe(args, { cwd: folder, env });
      said.push(stdout, stderr);
    }
    expect(said.join('\n')).toContain('2024-03-06/nightly failed: ');
    expect(said.join('\n')).toContain('FAIL  mail');
    expect(marksIn(said.join('\n') + read('twe.log'))).toEqual([]);
  });
});

describe('a secret that stands where it does not belong', () => {
  it.each([
    ['a key of its own', { 'database.password': SECRETS.misplaced }],
    ['a source', { 'feeds.sources': [{ kind: 'sftp', password: SECRETS.misplaced }] }],
    ['an address', { out: `sftp://twe:${SECRETS.misplaced}@host/out` }],
    ['a mail address', { 'alert.mail_from': `smtp://twe:${SECRETS.misplaced}@host` }],
  ])('is not repeated: %s', async (_name, config) => {
    writeFileSync(join(folder, 'wrong.json'), JSON.stringify(config));
    for (const command of ['doctor', 'status']) {
      const { exitCode, stdout, stderr } = await callTwe([command, '--config', 'wrong.json'], { cwd: folder });
      expect([exitCode, stdout.includes(SECRETS.misplaced), stderr.includes(SECRETS.misplaced)]).toEqual([
        2,
        false,
        false,
      ]);
    }
  });

  it('is not repeated from a file that is no JSON', async () => {
    writeFileSync(join(folder, 'broken.json'), `{"password": ${SECRETS.misplaced}}`);
    const { exitCode, stderr } = await callTwe(['status', '--config', 'broken.json'], { cwd: folder });
    expect([exitCode, stderr.includes('merk')]).toEqual([2, false]);
  });
});
