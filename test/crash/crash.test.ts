/**
 * Killed anywhere: at every moment that has a name (around each commit, in the middle of each COPY, around each file that gets
 * its final name, around each sign of the lease), one ordinary `twe catch-up` leads to what an undisturbed history leads to.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { formatDay, parseDay, type Day } from '../../src/calendar.js';
import { connectTo, type Database } from '../../src/db/database.js';
import { packageRoot } from '../../src/db/package-root.js';
import { digests, faultsOfPublished } from '../night/documents.js';
import { everythingKept, type Kept } from '../night/kept.js';
import { installTwe, type Ended, type InstalledTwe, type Started } from '../night/started-twe.js';
import { databaseUrl } from '../support/address.js';
import { writeRandomFeed } from '../support/random-feed.js';
import { keyOfTests } from '../support/key.js';

const LONG = process.env['TWE_LONG'] !== undefined;
/** In `npm test` a few moments. */
const EVERY = LONG ? 1 : 80;
/** Steps in the middle of which the server goes away. */
const CUT_AFTER = LONG ? [0, 1, 2, 3, 4, 5, 6] : [3];
const TIMEOUT_MS = 3_600_000;
const PRELOAD = pathToFileURL(join(import.meta.dirname, 'crash-at.mjs')).href;

let twe: InstalledTwe;
let folder: string;
/** The evening before a quarter is booked; every history is a copy of it. */
const BEFORE = `twe_crash_${process.pid}`;
let evening: string;
let undisturbed: {
  kept: Kept;
  documents: Readonly<Record<string, string>>;
  moments: readonly string[];
  /** How many it sends to the server. */
  statements: number;
};

async function asAdmin(statement: string): Promise<void> {
  const admin = connectTo(inject('adminUrl'));
  await admin.rows(statement).finally(() => admin.close());
}

beforeAll(async () => {
  twe = installTwe();
  folder = mkdtempSync(join(tmpdir(), 'twe-crash-'));
  const { dates } = writeRandomFeed({ seed: 77, persons: 60, deliveries: 16, dir: join(folder, 'feeds') });
  const runDay = quarterlyRunDayAfter(parseDay(dates[Math.floor(dates.length * 0.4)]!)!);
  evening = formatDay(runDay);
  await asAdmin(`create database ${BEFORE} template ${inject('templateName')}`);
  const ended = await start(['run', 'nightly', '--date', formatDay(runDay - 1)], BEFORE, 'before').ended;
  expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
  const list = join(folder, 'moments');
  undisturbed = await inCopy('undisturbed', async (name, database) => {
    const catchUp = await start(CATCH_UP(), name, 'undisturbed', { CRASH_LIST: list }).ended;
    expect([catchUp.exitCode, catchUp.stderr]).toEqual([0, '']);
    const moments = readFileSync(list, 'utf8').trimEnd().split('\n');
    return {
      kept: await everythingKept(database),
      documents: digests(join(folder, 'undisturbed')),
      statements: Number(moments.pop()!.replace('statements ', '')),
      moments,
    };
  });
}, TIMEOUT_MS);

afterAll(async () => {
  twe.remove();
  rmSync(folder, { recursive: true, force: true });
  await asAdmin(`drop database if exists ${BEFORE} with (force)`);
});

function quarterlyRunDayAfter(on: Day): Day {
  for (let run = on; ; run++) if (/-(01|04|07|10)-15$/.test(formatDay(run))) return run;
}

const CATCH_UP = () => ['catch-up', '--until', evening];

function start(args: readonly string[], database: string, out: string, env: Record<string, string> = {}): Started {
  return twe.start([...args, '--feeds', join(folder, 'feeds'), '--out', join(folder, out)], {
    cwd: folder,
    env: {
      ...keyOfTests(),
      DATABASE_URL: databaseUrl(inject('adminUrl'), database),
      NODE_OPTIONS: `--import ${PRELOAD}`,
      CRASH_ROOT: packageRoot,
      ...env,
    },
  });
}

/** Some work in a copy of the evening before. */
async function inCopy<T>(history: string, work: (name: string, database: Database) => Promise<T>): Promise<T> {
  const name = `${BEFORE}_copy`;
  await asAdmin(`create database ${name} template ${BEFORE}`);
  const database = connectTo(databaseUrl(inject('adminUrl'), name));
  try {
    return await work(name, database);
  } finally {
    await database.close();
    await asAdmin(`drop database ${name} with (force)`);
    if (history !== 'undisturbed') rmSync(join(folder, history), { recursive: true, force: true });
  }
}

/** As after an outage. The server may need a moment to notice that its client is gone. */
async function ordinaryCatchUp(database: string, out: string): Promise<Ended> {
  for (;;) {
    const ended = await start(CATCH_UP(), database, out).ended;
    if (ended.exitCode !== 5) return ended;
  }
}

async function expectAsUndisturbed(name: string, database: Database, out: string): Promise<void> {
  expect(faultsOfPublished(join(folder, out))).toEqual([]);
  const { exitCode, stderr } = await ordinaryCatchUp(name, out);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(await everythingKept(database)).toEqual(undisturbed.kept);
  expect(digests(join(folder, out))).toEqual(undisturbed.documents);
}

describe('a catch-up that is killed', () => {
  it('can be killed at many moments of every kind', () => {
    const kinds = new Set(undisturbed.moments.map((moment) => moment.replace(/ \d+$/, '')));
    expect([...kinds].sort()).toEqual([
      ...['after commit', 'after lease', 'after rename', 'after rm', 'after step', 'after writeFile'],
      ...['before commit', 'before lease', 'before rename', 'before rm', 'before step', 'before writeFile', 'in copy'],
    ]);
    expect(undisturbed.moments.length).toBeGreaterThan(50);
  });

  it(
    'is done by the next one as if nothing had happened, whatever the moment',
    async () => {
      for (const at of undisturbed.moments.filter((_, index) => index % EVERY === EVERY >> 1)) {
        await inCopy('killed', async (name, database) => {
          const killed = await start(CATCH_UP(), name, 'killed', { CRASH_AT: at }).ended;
          expect([at, killed.exitCode]).toEqual([at, null]);
          await expectAsUndisturbed(name, database, 'killed');
        });
      }
    },
    TIMEOUT_MS,
  );
});

describe('a catch-up of which a statement fails', () => {
  it(
    'ends with a sentence, and the next one is as if nothing had happened, whichever statement it is',
    async () => {
      const failed: unknown[] = [];
      const { statements } = undisturbed;
      const failing = Array.from({ length: statements }, (_, index) => index + 1).filter(
        (n) => LONG || n === statements >> 1,
      );
      for (const query of failing) {
        await inCopy('failed', async (name, database) => {
          const { exitCode, stderr } = await start(CATCH_UP(), name, 'failed', { FAIL_QUERY: String(query) }).ended;
          expect(stderr).not.toMatch(/\n {4}at /);
          if (exitCode !== 0) failed.push(exitCode);
          await expectAsUndisturbed(name, database, 'failed');
        });
      }
      expect(failed.length).toBeGreaterThan(failing.length / 2);
    },
    TIMEOUT_MS,
  );
});

describe('a catch-up whose server goes away', () => {
  it.each(CUT_AFTER)(
    'ends with a sentence, and the next one is as if nothing had happened (after step %s)',
    async (step) => {
      await inCopy('cut', async (name, database) => {
        const program = start(CATCH_UP(), name, 'cut', { TWE_LOG_LEVEL: 'info' });
        await program.untilError(new RegExp(`(?:"step done"[^]*){${step}}`));
        const cut = () =>
          database.rows(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid() and application_name like 'twe %'`,
          );
        // Again and again for a while: a restart ends every connection, also new ones.
        for (let tries = 0; tries < 10; tries++) await cut().then(() => sleep(20));
        const { exitCode, stderr } = await program.ended;
        expect([0, 1]).toContain(exitCode);
        expect(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{')).length).toBe(exitCode);
        await expectAsUndisturbed(name, database, 'cut');
      });
    },
    TIMEOUT_MS,
  );
});

describe('a catch-up that is asked to stop', () => {
  it(
    'ends within ten seconds between two steps, says so, and the next one goes on',
    async () => {
      await inCopy('stopped', async (name, database) => {
        const program = start(CATCH_UP(), name, 'stopped', { TWE_LOG_LEVEL: 'info' });
        await program.untilError(/"step done"/);
        const asked = performance.now();
        program.terminate();
        const { exitCode, stderr } = await program.ended;
        expect(exitCode).toBe(143);
        expect(performance.now() - asked).toBeLessThan(10_000);
        expect(stderr).toContain('stopped on request');
        expect(existsSync(join(folder, 'stopped', evening))).toBe(false);
        await expectAsUndisturbed(name, database, 'stopped');
      });
    },
    TIMEOUT_MS,
  );
});
