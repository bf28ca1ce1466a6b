/** The files for operators: systemd and the program take them as they are; and how the service meets a database of no use. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { callTwe } from '../night/called-twe.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { keyOfTests } from '../support/key.js';

const DEPLOY = 'jobs/deploy';
const read = (name: string) => readFileSync(join(DEPLOY, name), 'utf8');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twe-deploy-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the units', () => {
  const units = ['twe.service', 'twe-catch-up.service', 'twe-catch-up.timer'];
  const settings = (unit: string) =>
    read(unit)
      .split('\n')
      .filter((line) => /^[A-Z]\w+=/.test(line));
  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
  if (!hasSystemd) process.stderr.write('The units of systemd were NOT verified: there is no systemd-analyze.\n');

  it('run one program, under the same restrictions', () => {
    const [service, catchUp] = units.map(settings) as [string[], string[]];
    const own = /^(Description|Type|ExecStart|RestartSec|WantedBy)=/;
    expect(catchUp.filter((line) => !own.test(line))).toEqual(service.filter((line) => !own.test(line)));
    expect(service).toEqual(
      expect.arrayContaining(['User=twe', 'NoNewPrivileges=true', 'ProtectSystem=strict', 'SuccessExitStatus=143']),
    );
  });

  it.skipIf(!hasSystemd)('are what systemd understands', () => {
    for (const unit of units) cpSync(join(DEPLOY, unit), join(folder, unit));
    // The program need not be installed on the machine of the tests.
    const sed = ['-i', 's#^ExecStart=\\S*#ExecStart=/bin/true#', ...units.map((unit) => join(folder, unit))];
    expect(spawnSync('sed', sed).status).toBe(0);
    const verify = ['verify', '--man=no', ...units.map((unit) => join(folder, unit))];
    const { status, stderr } = spawnSync('systemd-analyze', verify, { encoding: 'utf8' });
    // Other units of the machine may have faults of their own.
    expect([status, stderr.split('\n').filter((line) => line.includes('twe'))]).toEqual([0, []]);
  });
});

describe('the examples', () => {
  it('of configuration and environment are accepted as they are, and hold no secret', () => {
    const lines = read('twe.env.example')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const env = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) as Record<string, string>;
    expect(env['TWE_PSEUDONYM_KEY']).toBe('');
    const filled = { ...env, ...keyOfTests() };
    const config = loadConfig({ configFile: join(DEPLOY, 'twe.config.example.json'), cwd: '.', env: filled });
    expect(config.approvers).toEqual(['finance_1', 'finance_2']);
    const { timetable, databaseUrl, home } = config;
    expect([timetable.nightly.text, databaseUrl, home]).toEqual(['21:30', env['DATABASE_URL'], '/var/lib/twe']);
    // Users in addresses have no password; variables that are secrets wait to be filled in.
    expect(Object.values(env).filter((value) => /:\/\/[^@/]*:[^@/]*@/.test(value))).toEqual([]);
    expect([env['PGPASSWORD'], env['TWE_SFTP_PASSPHRASE']]).toEqual(['', '']);
  });

  it('of a timer wakes when the example of a configuration says', () => {
    expect(read('twe-catch-up.timer')).toContain('OnCalendar=*-*-* 21:30:00 Europe/Brussels');
  });

  it('of a container copies what there is, runs as nobody special and starts what exists', () => {
    const lines = read('Containerfile').split('\n');
    const copied = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]!.split(' ') ?? []);
    const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] };
    const atRunTime = files.filter((name) => name !== 'dist' && !name.startsWith('jobs/') && !name.endsWith('.md'));
    expect(copied).toEqual(expect.arrayContaining(atRunTime));
    for (const path of copied)
      expect(() => cpSync(path, join(folder, 'copy', path), { recursive: true })).not.toThrow();
    expect(lines).toContain('USER node');
    expect(lines.filter((line) => /^(HEALTHCHECK|CMD|ENTRYPOINT)/.test(line))).toHaveLength(3);
  });
});

describe('a database that cannot be used ends the schedule with one sentence (exit 2), for systemd to try again:', () => {
  let test: TestDatabase;
  const role = `twe_without_rights_${process.pid}`;

  beforeAll(async () => {
    test = await createTestDatabase();
    await test.database.rows(`create role ${role} login password 'Secret1'`);
    const config = { 'feeds.source': 'feeds', law: { 'amount.ORD': 1000 } };
    writeFileSync(join(folder, 'twe.config.json'), JSON.stringify(config));
  });
  afterAll(async () => {
    await test.database.rows(`drop role ${role}`);
    await test.drop();
  });

  const as = (user: string) => test.url.replace(/\/\/[^@/]*@/, `//${user}@`);

  it.each([
    ['it is down', () => 'postgresql://twe:Secret1@127.0.0.1:1/twe', 'does not answer: nothing listens there. Check'],
    ['the user has no rights', () => as(`${role}:Secret1`), `(user "${role}") does not give this user the rights`],
    ['it is newer than the program', () => test.url, 'it is older than the database. Use the newer program, or'],
  ])('%s', async (_what, url, part) => {
    await test.database.rows(
      `insert into twe.knex_migrations (name, batch, migration_time) values ('9999_later.sql', 1, now())`,
    );
    const ended = await callTwe(['schedule'], { cwd: folder, env: { DATABASE_URL: url(), TWE_LOG_LEVEL: 'silent' } });
    expect([ended.exitCode, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(/^[^\n]+\.\n$/);
    expect(ended.stderr).toContain(part);
    expect(ended.stderr).not.toContain('Secret1');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});
