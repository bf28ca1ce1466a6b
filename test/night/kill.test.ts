/**
 * A run that is killed anywhere, or started twice at the same moment, ends in the ledger, batches and documents of a
 * history in which nothing happened. Real processes, ended with SIGKILL.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nightly } from '../../jobs/nightly.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { writeRandomFeed } from '../support/random-feed.js';
import { makeRandom } from '../support/random-feed/random.js';
import { digests, faultsOfPublished } from './documents.js';
import { everythingKept, type Kept } from './kept.js';
import { installTwe, type Ended, type InstalledTwe } from './started-twe.js';

const LONG = process.env['TWE_LONG'] !== undefined;
/** Each history is killed in each of its two nights. */
const HISTORIES = Array.from({ length: LONG ? 100 : 1 }, (_, index) => index + 1);
/** Batches are booked in the third step, one transaction each. */
const EMBEDDED_STEPS = LONG ? nightly.steps.map((_, step) => step) : [2];
const TIMEOUT_MS = 600_000;
const HOOK_TIMEOUT_MS = 600_000;
const FEED = { seed: 77, persons: 60, deliveries: 16 };

interface Night {
  readonly date: string;
  /** How long each step took when nothing happened, from the one before; the first from the start of the process. */
  readonly stepsMs: readonly number[];
  readonly kept: Kept;
  readonly documents: Readonly<Record<string, string>>;
}

let twe: InstalledTwe;
let shared: string;
/** A history in which nothing happened: a first night that books several quarters, and a later one that goes on from it. */
let undisturbed: readonly Night[];
let folder: string;
let test: TestDatabase;

beforeAll(async () => {
  twe = installTwe();
  shared = mkdtempSync(join(tmpdir(), 'twe-kill-'));
  const { dates } = writeRandomFeed({ ...FEED, dir: join(shared, 'feeds') });
  const database = await createTestDatabase();
  const nights: Night[] = [];
  for (const part of [0.25, 0.5]) {
    const date = dates[Math.floor(dates.length * part)]!;
    nights.push(await undisturbedNight(date, database));
  }
  undisturbed = nights;
  for (const { kept } of nights) expect(kept['batch lines']!.length).toBeGreaterThan(0);
  await database.drop();
}, HOOK_TIMEOUT_MS);

afterAll(() => {
  twe.remove();
  rmSync(shared, { recursive: true, force: true });
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-killed-'));
  test = await createTestDatabase();
}, HOOK_TIMEOUT_MS);

afterEach(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
}, HOOK_TIMEOUT_MS);

function start(date: string, out: string, env: Record<string, string>) {
  const args = ['run', 'nightly', '--date', date, '--feeds', join(shared, 'feeds'), '--out', out];
  return twe.start(args, { cwd: shared, env: { ...env, TWE_LOG_LEVEL: 'info' } });
}

const stepDone = (count: number) => new RegExp(`(?:"step done"[^]*){${count}}`);

async function undisturbedNight(date: string, { url, database }: TestDatabase): Promise<Night> {
  const out = join(shared, 'out');
  const stepsMs: number[] = [];
  let began = performance.now();
  const program = start(date, out, { DATABASE_URL: url });
  for (let step = 1; step <= nightly.steps.length; step++) {
    await program.untilError(stepDone(step));
    stepsMs.push(performance.now() - began);
    began = performance.now();
  }
  expect(exitOf(await program.ended)).toEqual([0]);
  return { date, stepsMs, kept: await everythingKept(database), documents: digests(out) };
}

/** The exit code; with what was said when it is none of these. */
function exitOf({ exitCode, stderr }: Ended, expected: readonly (number | null)[] = [0]): unknown[] {
  return expected.includes(exitCode) ? [exitCode] : [exitCode, stderr];
}

/** Starts the night and kills it in the step `step` (from 0), after a part of the time that the step takes. */
async function killedNight(night: Night, step: number, part: number, out: string, env: Record<string, string>) {
  const program = start(night.date, out, env);
  if (step > 0) await program.untilError(stepDone(step));
  await Promise.race([sleep(night.stepsMs[step]! * part), program.ended]);
  program.kill();
  return program.ended;
}

/** Runs the night as an operator does after a crash: again when the server still ends what was killed (exit 5). */
async function ordinaryNight(night: Night, out: string, env: Record<string, string>): Promise<Ended> {
  for (;;) {
    const ended = await start(night.date, out, env).ended;
    if (ended.exitCode !== 5) return ended;
    await sleep(200);
  }
}

describe('a night that is killed', () => {
  const killed: (number | null)[] = [];

  it.each(HISTORIES)(
    'is done by the next run as if nothing had happened (history %s)',
    async (history) => {
      const random = makeRandom(history);
      const out = join(folder, 'out');
      const env = { DATABASE_URL: test.url };
      for (const [index, night] of undisturbed.entries()) {
        // Every step has its turn.
        const step = (history * undisturbed.length + index) % nightly.steps.length;
        const { exitCode } = await killedNight(night, step, random.next(), out, env);
        killed.push(exitCode);
        expect(faultsOfPublished(out)).toEqual([]);

        expect(exitOf(await ordinaryNight(night, out, env))).toEqual([0]);
        expect(await everythingKept(test.database)).toEqual(night.kept);
        expect(digests(out)).toEqual(night.documents);
      }
    },
    TIMEOUT_MS,
  );

  it('was killed indeed, most times', () => {
    expect(killed.length).toBe(2 * HISTORIES.length);
    expect(killed.filter((exitCode) => exitCode === null).length).toBeGreaterThan(killed.length / 2);
  });

  it.each(EMBEDDED_STEPS)(
    'is done by the next run with the embedded database too, its server being left alone (step %s)',
    async (step) => {
      const out = join(folder, 'out');
      const env = { TWE_HOME: join(folder, 'home') };
      const [night] = undisturbed;
      await killedNight(night!, step, 0.5, out, env);
      expect(exitOf(await ordinaryNight(night!, out, env))).toEqual([0]);
      expect(digests(out)).toEqual(night!.documents);
      const verified = await twe.start(['verify'], { cwd: shared, env }).ended;
      expect(verified).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    },
    TIMEOUT_MS,
  );
});

describe('two runs at the same moment', () => {
  it(
    'do the work once: one works, the other says in a sentence that it did nothing (exit 5)',
    async () => {
      const env = { DATABASE_URL: test.url };
      const [night] = undisturbed;
      const out = join(folder, 'out');
      const both = await Promise.all([start(night!.date, out, env).ended, start(night!.date, out, env).ended]);
      const [worked, refused] = both.sort((a, b) => a.exitCode! - b.exitCode!);
      expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 5]);
      expect(worked.stdout).toMatch(/^\S+\/nightly\n/);
      expect(refused.stdout).toBe('');
      expect(refused.stderr).toMatch(
        /^another run is at work on this database \(\S+\/nightly on .*, last sign of life \d s ago\); nothing was done\. .*\n$/,
      );
      expect(await everythingKept(test.database)).toEqual(night!.kept);
      expect(digests(out)).toEqual(night!.documents);
    },
    TIMEOUT_MS,
  );
});
