/** `twe doctor` over a whole installation: one line for each thing, what to do, and the exit code that it deserves. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/calendar.js';
import { loadSettings } from '../../src/config.js';
import { lookAtLaw } from '../../src/watch/doctor/law-files.js';
import { exitCodeOfAll, failing, fine } from '../../src/watch/doctor/diagnosis.js';
import { compareChanges, knownChanges } from '../../src/watch/doctor/time-zone.js';
import { callTwe } from '../night/called-twe.js';
import { databaseUrl } from '../support/address.js';
import { createBareDatabase, createTestDatabase, type TestDatabase } from '../support/database.js';

let folder: string;
let test: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-doctor-'));
  test = await createTestDatabase();
  mkdirSync(join(folder, 'feeds', '2024-04-16'), { recursive: true });
  mkdirSync(join(folder, 'metrics'));
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const GOOD = {
  'feeds.source': 'feeds',
  'log.file': 'logs/twe.log',
  'metrics.file': 'metrics/twe.prom',
  'alert.command': ['/bin/cat'],
  law: { 'amount.ORD': 1000, 'amount.INC': 1500 },
};

async function doctor(keys: object = {}, env: Record<string, string> = {}, ...args: string[]) {
  writeFileSync(join(folder, 'twe.config.json'), JSON.stringify({ ...GOOD, ...keys }));
  const ended = await callTwe(['doctor', ...args], { cwd: folder, env: { DATABASE_URL: test.url, ...env } });
  return { ...ended, lines: ended.stdout.trim().split('\n') };
}

const levels = (lines: readonly string[]) =>
  Object.fromEntries(lines.map((line) => [line.slice(6, 22).trim(), line.slice(0, 4).trim()]));

describe('twe doctor', () => {
  it('says of each thing that it is well, and ends with 0', async () => {
    const { exitCode, stderr, lines } = await doctor();
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(Object.keys(levels(lines))).toEqual([
      ...[
        'configuration',
        'database',
        'schema',
        'clock',
        'time zone',
        'rights',
        'runs',
        'feeds.source',
        'out',
        'TWE_HOME',
      ],
      ...['log.file', 'metrics.file', 'law', 'law sources', 'alert.command'],
    ]);
    expect(lines.filter((line) => !/^(OK {4}|WARN {2}(out|TWE_HOME|log|metrics))/.test(line))).toEqual([]);
  });

  it('gives the same as JSON', async () => {
    const { stdout } = await doctor({}, {}, '--json');
    const { version, exitCode, diagnoses } = JSON.parse(stdout) as {
      version: number;
      exitCode: number;
      diagnoses: object[];
    };
    expect([version, exitCode]).toEqual([1, 0]);
    expect(diagnoses).toContainEqual(expect.objectContaining({ level: 'OK', about: 'rights' }));
  });

  it('makes no database where there is none', async () => {
    const { exitCode, lines } = await doctor({}, { DATABASE_URL: '', TWE_HOME: 'fresh' });
    expect(exitCode).toBe(0);
    expect(lines[1]).toBe(`OK    database         embedded; the first run makes it in ${join(folder, 'fresh')}`);
  });

  it('ends with 2 and one line for each fault of the configuration', async () => {
    const { exitCode, stderr, lines } = await doctor({ 'guard.min_rows': -1, 'alert.mail_to': 'an@vdab.example' });
    expect([exitCode, stderr]).toEqual([2, '2 things must be put right before a night can be trusted: see FAIL.\n']);
    expect(lines).toEqual([
      expect.stringMatching(/^FAIL {2}configuration +guard\.min_rows: -1 is not allowed\. Write a whole number/),
      expect.stringMatching(
        /^FAIL {2}configuration +alert\.mail_from: missing beside alert\.mail_to\. Write the address/,
      ),
    ]);
  });

  it.each<[string, object, RegExp]>([
    ['feeds', { 'feeds.source': 'nowhere' }, /^FAIL {2}feeds\.source +\S+nowhere cannot be read \(ENOENT\)/],
    ['out', { out: 'twe.config.json/out' }, /^FAIL {2}out +\S+twe\.config\.json is a file, not a folder/],
    [
      'metrics',
      { 'metrics.file': 'none/twe.prom' },
      /^FAIL {2}metrics\.file +\S+none does not exist\. Make the folder/,
    ],
    [
      'a hook',
      { 'alert.command': ['no-such-program-of-ours'] },
      /^FAIL {2}alert\.command +no-such-program-of-ours is no program/,
    ],
    [
      'a source without its secret',
      {
        'feeds.source': undefined,
        'feeds.sources': [{ kind: 'https', url: 'https://127.0.0.1:1/x', token_env: 'TWE_NO_TOKEN' }],
      },
      /^FAIL {2}source https:\/\/127\.0\.0\.1:1\/x +the environment variable TWE_NO_TOKEN .+ is not set/,
    ],
    [
      'mail without a server',
      { 'alert.mail_to': 'a@b.be', 'alert.mail_from': 'c@d.be' },
      /^FAIL {2}mail +alert\.mail_to is set, but the environment has no TWE_SMTP_URL\. Set TWE_SMTP_URL/,
    ],
  ])('ends with 2 when something must be configured otherwise: %s', async (_name, keys, line) => {
    const { exitCode, lines } = await doctor(keys);
    expect(lines).toContainEqual(expect.stringMatching(line));
    expect(exitCode).toBe(2);
  });

  it('ends with 1 when the mail server does not answer, and warns of a source that is down', async () => {
    const sources = [{ kind: 'https', url: 'https://127.0.0.1:1/x' }];
    const mail = { 'alert.mail_to': 'a@b.be', 'alert.mail_from': 'c@d.be' };
    const { exitCode, stdout, lines } = await doctor(
      { 'feeds.source': undefined, 'feeds.sources': sources, ...mail },
      { TWE_SMTP_URL: 'smtp://twe:hush-hush@127.0.0.1:1' },
    );
    expect(exitCode).toBe(1);
    expect(lines).toContainEqual(
      expect.stringMatching(/^FAIL {2}mail +the server 127\.0\.0\.1:1: nothing listens there/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^WARN {2}source https:\/\/127\.0\.0\.1:1\/x +no connection/));
    expect(stdout).not.toContain('hush-hush');
  });

  it('ends with 4 when a check did not hold in the last run', async () => {
    await test.database.rows(
      `insert into twe.run (run_id, job, business_date, state, program_version, law_digest, failure)
       values ('2024-04-15/nightly', 'nightly', '2024-04-15', 'FAILED', '0', repeat('0', 64),
         '1 check does not hold: no_line_lies_after_its_batch (1 row).')`,
    );
    const { exitCode, lines } = await doctor();
    await test.database.rows('delete from twe.run');
    expect(lines).toContainEqual(expect.stringMatching(/^FAIL {2}runs +2024-04-15\/nightly: a check does not hold\./));
    expect(exitCode).toBe(4);
  });
});

describe('a database that cannot be used', () => {
  const ofAll = async (url: string) => {
    const looked = await doctor({}, { DATABASE_URL: url });
    const tried = await callTwe(['run', 'nightly', '--date', '2024-04-16'], {
      cwd: folder,
      env: { DATABASE_URL: url },
    });
    return { looked, tried };
  };

  it('is away: both say so, without the password', async () => {
    const { looked, tried } = await ofAll('postgresql://twe:hush-hush@127.0.0.1:1/twe');
    expect([looked.exitCode, tried.exitCode]).toEqual([2, 2]);
    expect(looked.lines[1]).toMatch(
      /^FAIL {2}database +The database "twe" at 127\.0\.0\.1:1 .+ does not answer: nothing listens there/,
    );
    expect(looked.stdout + tried.stderr).not.toContain('hush-hush');
  });

  it('is newer than the program', async () => {
    await test.database.rows(
      `insert into twe.knex_migrations (name, batch, migration_time) values ('9999_later.sql', 9, now())`,
    );
    const { looked, tried } = await ofAll(test.url);
    await test.database.rows(`delete from twe.knex_migrations where name = '9999_later.sql'`);
    expect([looked.exitCode, tried.exitCode]).toEqual([2, 2]);
    expect(looked.lines).toContainEqual(
      expect.stringMatching(/^FAIL {2}schema +9999_later was made by a newer version/),
    );
    expect(tried.stderr).toMatch(
      /^The database has schema version 9999, this program .+ is older than the database\. Use .+\.\n$/,
    );
  });

  it('is older than the program: it will be brought up to date', async () => {
    const [last] = await test.database.rows<{ name: string }>('select max(name) as name from twe.knex_migrations');
    await test.database.rows('delete from twe.knex_migrations where name = $1', [last!.name]);
    const { exitCode, lines } = await doctor();
    await test.database.rows('insert into twe.knex_migrations (name, batch, migration_time) values ($1, 1, now())', [
      last!.name,
    ]);
    expect(exitCode).toBe(0);
    expect(lines).toContainEqual(
      expect.stringMatching(/^WARN {2}schema +1 migrations older than this program\. Make a backup/),
    );
  });

  it('gives this user no rights: exit 2, and which', async () => {
    const role = `twe_reader_${process.pid}`;
    await test.database.rows(
      `create role ${role} login; grant usage on schema twe to ${role}; grant select on all tables in schema twe to ${role};
       revoke select on twe.run from ${role}`,
    );
    try {
      const { looked, tried } = await ofAll(test.url.replace(/\/\/[^@/]*@/, `//${role}@`));
      expect([looked.exitCode, tried.exitCode]).toEqual([2, 2]);
      expect(looked.lines).toContainEqual(
        expect.stringMatching(/^FAIL {2}rights +user \S+ may not read or add to twe\./),
      );
      expect(tried.stderr).toMatch(
        /^The database .+ does not give this user the rights the program needs \(permission denied for table \w+\)\. .+\n$/,
      );
    } finally {
      await test.database.rows(`drop owned by ${role}; drop role ${role}`);
    }
  });

  it('is empty, and the user may make no tables there', async () => {
    const bare = await createBareDatabase();
    const role = `twe_nobody_${process.pid}`;
    await bare.database.rows(`create role ${role} login`);
    try {
      const { looked, tried } = await ofAll(bare.url.replace(/\/\/[^@/]*@/, `//${role}@`));
      expect([looked.exitCode, tried.exitCode]).toEqual([2, 2]);
      expect(looked.lines).toContainEqual(
        expect.stringMatching(/^FAIL {2}schema +empty, and user \S+ may not make tables there/),
      );
      expect(tried.stderr).toContain('does not give this user the rights the program needs');
    } finally {
      await bare.database.rows(`drop role ${role}`);
      await bare.drop();
    }
  });

  it('has no room left: exit 1, and nothing of the step was kept', async () => {
    await test.database.rows(
      `create function twe.no_room() returns trigger language plpgsql as $$ begin
         raise exception using errcode = 'disk_full', message = 'could not extend file "base/1/2": No space left on device';
       end $$;
       create trigger no_room before insert on twe.run_step for each row execute function twe.no_room()`,
    );
    const env = { DATABASE_URL: test.url };
    const { exitCode, stderr } = await callTwe(['run', 'nightly', '--date', '2024-04-16'], { cwd: folder, env });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^The database .+ has no room left on its disk; nothing of this step was kept\. Free some space and run again\.\n$/,
    );
    expect(await test.database.rows('select count(*) from twe.run_step')).toEqual([{ count: 0 }]);
    await test.database.rows('drop function twe.no_room cascade; delete from twe.alert; delete from twe.run');
  });

  it('does not exist', async () => {
    const { looked } = await ofAll(databaseUrl(test.url, 'no_such_database'));
    expect(looked.lines[1]).toContain('does not exist on that server');
  });
});

describe('what is looked at', () => {
  it('compares every clock change from 2024 to 2032 with that of the database', () => {
    const ours = knownChanges();
    expect(ours.slice(0, 2)).toEqual([
      { at: Date.UTC(2024, 2, 31, 1) / 1000, offsetMinutes: 120 },
      { at: Date.UTC(2024, 9, 27, 1) / 1000, offsetMinutes: 60 },
    ]);
    expect(ours).toHaveLength(18);
    expect(compareChanges(ours, ours).level).toBe('OK');
    const abolished = compareChanges(ours, ours.slice(0, 10));
    expect(abolished).toMatchObject({ level: 'FAIL', exitCode: 1 });
    expect(abolished.found).toContain('first at 2029-03-25T01:00:00.000Z to UTC+2');
  });

  it('warns of amounts with a gap and of sources that nobody has looked at for a year', () => {
    const law = { 'amount.EFF': [{ from: '2019-01-01', value: 250 }], 'amount.ORD': 1000 };
    writeFileSync(join(folder, 'gap.json'), JSON.stringify({ law }));
    const settings = loadSettings({ configFile: 'gap.json', cwd: folder, env: {} });
    const [gaps, age] = lookAtLaw(settings, day('2027-11-24'));
    expect(gaps).toMatchObject({
      level: 'WARN',
      found: 'amount.EFF has no value from 2017-01 to 2018-12; amount.INC has no value at all',
    });
    expect(age!.level).toBe('WARN');
    expect(age!.found).toMatch(
      /^nobody has looked for a year at the sources of .+ and \d+ more \(the oldest on 2026-11-22\)$/,
    );
    expect(lookAtLaw(settings, day('2027-11-21'))[1]!.level).toBe('OK');
  });

  it('ends with the gravest code', () => {
    expect(exitCodeOfAll([fine('a', '')])).toBe(0);
    expect(exitCodeOfAll([failing('a', '', '', 1), failing('b', '', '', 4)])).toBe(4);
    expect(exitCodeOfAll([failing('a', '', '', 1), failing('b', '', ''), failing('c', '', '', 4)])).toBe(2);
  });
});
