/**
 * Disturbed anywhere: killed at every moment that has a name (around each commit, in the middle of each COPY and document, around
 * each file that gets its final name, around each sign of the lease), refused a statement or room on the disk, cut off from its
 * server, asked to stop: one ordinary `twe catch-up` leads to what an undisturbed history leads to. In `npm test` a few moments of one
 * evening; with TWE_LONG=1 all of them (with TWE_EVERY=3 each third), on each kind of server.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parseDay } from '../../src/calendar.js';
import { momentAt } from '../../src/clock.js';
import type { Database } from '../../src/db/database.js';
import { hasSecondServer } from '../operations/second-server.js';
import { debianGround, embeddedGround, serverGround, type Ground } from './grounds.js';
import { prepareHistory, type Evening, type History } from './history.js';

const LONG = process.env['TWE_LONG'] !== undefined;
/** In `npm test` a few moments, statements and writes. */
const EVERY = LONG ? Number(process.env['TWE_EVERY'] ?? 1) : 160;
/** Steps in the middle of which the server goes away. */
const CUT_AFTER = LONG ? [0, 1, 2, 3, 4, 5, 6] : [3];
const TIMEOUT_MS = 4 * 3_600_000;
const TWO_HOURS_MS = 2 * 3_600_000;

const GROUNDS: Readonly<Record<string, () => Ground>> = {
  'a server': () => serverGround(inject('adminUrl')),
  'PostgreSQL 15': debianGround,
  'the embedded server': embeddedGround,
};
const OTHERS: [string, Evening][] = [
  ['a server', 'FIRST_NIGHTS'],
  ['a server', 'STATEMENTS'],
  ['the embedded server', 'QUARTER'],
  ['the embedded server', 'FIRST_NIGHTS'],
];
const ON_15: [string, Evening][] = [
  ['PostgreSQL 15', 'QUARTER'],
  ['PostgreSQL 15', 'FIRST_NIGHTS'],
];
const PLACES: [string, Evening][] = [
  ['a server', 'QUARTER'],
  ...(LONG ? OTHERS : []),
  ...(LONG && hasSecondServer ? ON_15 : []),
];

/** Each with one in the middle of every EVERY. */
function sampleOf<T>(all: readonly T[]): readonly T[] {
  return all.filter((_, index) => index % EVERY === EVERY >> 1);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe.each(PLACES)('on %s, a catch-up (%s)', (place, evening) => {
  let ground: Ground;
  let history: History;

  beforeAll(async () => {
    ground = GROUNDS[place]!();
    history = await prepareHistory(ground, evening);
  }, TIMEOUT_MS);

  afterAll(async () => {
    await history.remove();
    await ground.remove();
  }, TIMEOUT_MS);

  const commits = () => history.undisturbed.moments.filter((moment) => moment.startsWith('before commit'));
  /** By the clock in Brussels. */
  const halfPastMidnight = () => new Date(momentAt(parseDay(history.evening)!, 30)).toISOString();

  it('can be killed at many moments of every kind', () => {
    const kinds = new Set(history.undisturbed.moments.map((moment) => moment.replace(/ \d+$/, '')));
    const files = ['mkdir', 'rename', 'rm', 'writeFile'];
    const around = ['commit', 'lease', 'sign of life', 'step', ...files];
    const expected = [
      ...around.flatMap((kind) => [`after ${kind}`, `before ${kind}`]),
      'before connect',
      'in copy',
      'in document',
    ];
    expect([...kinds].sort()).toEqual(expected.sort());
    expect(history.undisturbed.moments.length).toBeGreaterThan(50);
  });

  it(
    'that is killed is done by the next one as if nothing had happened, whatever the moment',
    async () => {
      for (const at of sampleOf(history.undisturbed.moments)) {
        await history.inCopy(async (copy) => {
          const killed = await copy.catchUp({ CRASH_AT: at }).ended;
          expect([at, killed.exitCode]).toEqual([at, null]);
          await copy.expectAsUndisturbed();
        });
      }
    },
    TIMEOUT_MS,
  );

  it.each([
    ['statement is refused', 'FAIL_QUERY', () => history.undisturbed.statements],
    ['commit is refused', 'FAIL_COMMIT', () => commits().length],
    ...(LONG ? ([['write finds no room on the disk', 'FAIL_WRITE', () => history.undisturbed.writes]] as const) : []),
  ] as const)(
    'of which a %s ends with a sentence, and the next one is as if nothing had happened, whichever it is',
    async (_what, variable, count) => {
      const failed: unknown[] = [];
      const turns = LONG ? sampleOf(upTo(count())) : [count() >> 1];
      for (const turn of turns) {
        await history.inCopy(async (copy) => {
          const { exitCode, stderr } = await copy.catchUp({ [variable]: String(turn) }).ended;
          expect([turn, stderr]).toEqual([turn, expect.not.stringMatching(/\n {4}at /)]);
          if (exitCode !== 0) failed.push(exitCode);
          await copy.expectAsUndisturbed();
        });
      }
      expect(failed.length).toBeGreaterThan(turns.length / 2);
    },
    TIMEOUT_MS,
  );

  it.each(CUT_AFTER)(
    'whose server goes away ends with a sentence, and the next one is as if nothing had happened (after step %s)',
    async (step) => {
      await history.inCopy(async (copy) => {
        const program = copy.catchUp({ TWE_LOG_LEVEL: 'info' });
        await program.untilError(new RegExp(`(?:"step done"[^]*){${step}}`));
        // Again and again for a while: a restart ends every connection, also new ones.
        await copy.world.use(async (database) => {
          for (let tries = 0; tries < 10; tries++) await cut(database).then(() => sleep(20));
        });
        const { exitCode, stderr } = await program.ended;
        expect([0, 1]).toContain(exitCode);
        expect(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{')).length).toBe(exitCode);
        await copy.expectAsUndisturbed();
      });
    },
    TIMEOUT_MS,
  );

  it(
    'in which the clock of the machine goes two hours back, to the day before, does not notice, whatever the moment',
    async () => {
      for (const at of sampleOf(history.undisturbed.moments)) {
        await history.inCopy(async (copy) => {
          const { exitCode, stderr } = await copy.start(['catch-up'], {
            CLOCK_AT: halfPastMidnight(),
            CLOCK_BACK_AT: at,
          }).ended;
          expect([at, exitCode, stderr]).toEqual([at, 0, '']);
          await copy.expectAsUndisturbed();
        });
      }
    },
    TIMEOUT_MS,
  );

  it(
    'after which the clock of the machine goes two hours back, to the day before, is not done again or undone',
    async () => {
      await history.inCopy(async (copy) => {
        expect(await copy.start(['catch-up'], { CLOCK_AT: halfPastMidnight() }).ended).toMatchObject({ exitCode: 0 });
        const earlier = { CLOCK_AT: new Date(Date.parse(halfPastMidnight()) - TWO_HOURS_MS).toISOString() };
        const again = await copy.start(['run', 'nightly'], earlier).ended;
        expect(again.exitCode).toBe(2);
        expect(again.stderr).toMatch(/lies before the last finished night .*; nothing was done\./);
        expect((await copy.start(['catch-up'], earlier).ended).exitCode).toBe(0);
        await copy.expectAsUndisturbed();
      });
    },
    TIMEOUT_MS,
  );

  it(
    'that is asked to stop ends within ten seconds between two steps, says so, and the next one goes on',
    async () => {
      await history.inCopy(async (copy) => {
        const program = copy.catchUp({ TWE_LOG_LEVEL: 'info' });
        await program.untilError(/"step done"/);
        const asked = performance.now();
        program.terminate();
        const { exitCode, stderr } = await program.ended;
        expect(exitCode).toBe(143);
        expect(performance.now() - asked).toBeLessThan(10_000);
        expect(stderr).toContain('stopped on request');
        expect(existsSync(join(copy.out, history.evening))).toBe(false);
        await copy.expectAsUndisturbed();
      });
    },
    TIMEOUT_MS,
  );
});

async function cut(database: Database): Promise<void> {
  await database.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name like 'twe %'`,
  );
}
