/** kill -9, really: of the program, of what supervises the server, of the server, and of all at once. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.js';
import { homesForTests } from '../support/homes.js';
import { lives, serverProcesses, until, untilGone, type Program } from '../support/program.js';

const test = homesForTests();
const LONG = process.env['TWE_LONG'] === '1';

/** Computes for minutes and looks at nothing else: it does not notice that its server is gone. */
const BUSY = 'select count(*) from generate_series(1, 20000000000) as n';

const kill = (pid: number) => process.kill(pid, 'SIGKILL');

/** A program with one committed row, that works on something and has begun a second row. */
async function atWork(): Promise<Program> {
  const program = await test.open();
  await program.rows('create table kept as select 1 as n');
  program.send(`insert into kept select 2 from pg_sleep(600)`);
  await sleep(100);
  return program;
}

async function expectRecovered(): Promise<void> {
  const program = await test.open();
  expect(await program.rows('select n from kept')).toEqual([{ n: 1 }]);
  const server = serverProcesses(test.home);
  await program.close();
  await untilGone(server);
  expect(readdirSync(test.home).sort()).toEqual(['data', 'postgres.log']);
}

describe('after kill -9', () => {
  beforeEach(() => test.prepare());

  it('of the program the server stops by itself and leaves no socket folder', async () => {
    const program = await atWork();
    const server = serverProcesses(test.home);
    await program.kill();
    await untilGone(server);
    expect(existsSync(join(test.home, 'data/postmaster.pid'))).toBe(false);
    await expectRecovered();
  });

  it('of the program and the supervisor the next start takes the place of the server that was left', async () => {
    const program = await atWork();
    const server = serverProcesses(test.home);
    kill(server.supervisor);
    await program.kill();
    process.kill(server.postmaster, 0);
    await expectRecovered();
    await untilGone(server);
  });

  it('of program, supervisor and server the next start recovers what was committed', async () => {
    const program = await atWork();
    const server = serverProcesses(test.home);
    kill(server.supervisor);
    kill(server.postmaster);
    await program.kill();
    expect(existsSync(join(test.home, 'data/postmaster.pid'))).toBe(true);
    await expectRecovered();
    await untilGone(server);
  });

  it('of all of them the next start also ends what still computes', async () => {
    const program = await test.open();
    await program.rows('create table kept as select 1 as n');
    const [{ pid }] = (await program.rows('select pg_backend_pid() as pid')) as [{ pid: number }];
    program.send(BUSY);
    await sleep(300);
    const server = serverProcesses(test.home);
    kill(server.supervisor);
    kill(server.postmaster);
    await program.kill();
    process.kill(pid, 0);
    await expectRecovered();
    await until('it no longer computes', () => !lives(pid));
  });

  it('of the server alone the program fails with one sentence, and the next start works', async () => {
    const program = await test.open();
    await program.rows('create table kept as select 1 as n');
    const server = serverProcesses(test.home);
    kill(server.postmaster);
    await until('the supervisor has ended', () => !existsSync(server.sockets));
    const { fault } = await program.ask('select n from kept');
    expect(fault?.message).toMatch(/^The embedded database .*postgres\.log/);
    expect([EXIT.usage, EXIT.unexpected]).toContain(fault?.exitCode);
    await program.close();
    await expectRecovered();
  });

  it('of the supervisor alone the program works on, and stops the server at its end', async () => {
    const program = await test.open();
    await program.rows('create table kept as select 1 as n');
    const server = serverProcesses(test.home);
    kill(server.supervisor);
    expect(await program.rows('select n from kept')).toEqual([{ n: 1 }]);
    await program.close();
    await untilGone(server);
    await expectRecovered();
  });

  it('of one backend the others recover and the program can go on', async () => {
    const program = await test.open();
    await program.rows('create table kept as select 1 as n');
    const [{ pid }] = (await program.rows('select pg_backend_pid() as pid')) as [{ pid: number }];
    kill(pid);
    const faults: unknown[] = [];
    for (let answer = await program.ask('select n from kept'); ; answer = await program.ask('select n from kept')) {
      if (answer.rows) break;
      faults.push(answer.fault?.exitCode);
      await sleep(100);
    }
    // Each fault on the way was a sentence with an exit code.
    expect(faults).not.toContain(undefined);
    expect(await program.rows('select n from kept')).toEqual([{ n: 1 }]);
    await program.close();
  });

  it('of two programs at once on one folder the server stops', async () => {
    const first = await test.open();
    const second = await test.open();
    const server = serverProcesses(test.home);
    await Promise.all([first.kill(), second.kill()]);
    await untilGone(server);
  });
});

describe('a start that is killed in the middle', () => {
  const moments = LONG ? Array.from({ length: 60 }, (_, n) => 40 + n * 25) : [500];

  it('leaves nothing half, wherever it was', async () => {
    for (const moment of moments) {
      const program = test.start();
      await sleep(moment);
      await program.kill();
    }
    const program = await test.open();
    expect(await program.rows('select count(*) as n from twe.run')).toEqual([{ n: 0 }]);
    await program.close();
    await until('nothing half is left', () => readdirSync(test.home).every((name) => !name.includes('.new-')));
  });

  it('works in an empty folder each time', async () => {
    for (const [turn, moment] of moments.entries()) {
      const home = join(test.folder, `home-${turn}`);
      const killed = test.start({ home });
      await sleep(moment);
      await killed.kill();
      const program = await test.open({ home });
      expect(await program.rows('select count(*) as n from twe.run')).toEqual([{ n: 0 }]);
      await program.close();
    }
  });
});

describe('work that is killed at a random moment', () => {
  beforeEach(() => test.prepare());

  it('keeps every row that was committed, and no gap', async () => {
    let known = 0;
    for (let turn = 0; turn < (LONG ? 40 : 1); turn += 1) {
      const program = await test.open();
      await program.rows('create table if not exists work (n integer)');
      const [{ n }] = (await program.rows('select coalesce(max(n), 0) as n from work')) as [{ n: number }];
      expect(n).toBeGreaterThanOrEqual(known);
      expect(await program.rows('select count(*) as n from work')).toEqual([{ n }]);
      const server = serverProcesses(test.home);
      const end = Date.now() + 100 + turn * 37;
      known = n;
      while (Date.now() < end) {
        known += 1;
        await program.rows(`insert into work values (${known})`);
      }
      if (turn % 3 !== 1) kill(server.postmaster);
      if (turn % 3 !== 2) kill(server.supervisor);
      await program.kill();
    }
    const last = await test.open();
    expect(await last.rows('select count(*) as n, max(n) as last from work')).toEqual([{ n: known, last: known }]);
    await last.close();
  });
});

describe('what a kill left on disk', () => {
  beforeEach(() => test.prepare());

  it('does not matter when its process id belongs to another program by now', async () => {
    const other = spawn('sleep', ['600'], asOwnerOf(join(test.home, 'data')));
    try {
      const lines = [other.pid, join(test.home, 'data'), 1, 5432, '/tmp/twe-gone', '', '', 'ready'];
      writeFileSync(join(test.home, 'data/postmaster.pid'), `${lines.join('\n')}\n`);
      const program = await test.open();
      expect(await program.rows('select 1 as one')).toEqual([{ one: 1 }]);
      expect(other.exitCode).toBeNull();
      await program.close();
    } finally {
      other.kill('SIGKILL');
    }
  });

  it('is not more than one socket folder, which the next start removes', async () => {
    const program = await atWork();
    const server = serverProcesses(test.home);
    kill(server.supervisor);
    kill(server.postmaster);
    await program.kill();
    expect(existsSync(server.sockets)).toBe(true);
    await expectRecovered();
    const name = server.sockets.slice(0, -6);
    expect(readdirSync(tmpdir()).filter((entry) => join(tmpdir(), entry).startsWith(name))).toEqual([]);
  });
});

/** So that PostgreSQL, too, takes the process for one of its own user. */
function asOwnerOf(folder: string): { uid?: number; gid?: number } {
  const { uid, gid } = statSync(folder);
  return process.getuid!() === 0 ? { uid, gid } : {};
}
