/** Random feeds must be repeatable, valid by the contract, and really hold the awkward cases they promise. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { brusselsDay, parseTimestamp } from '../oracle/days.js';
import { computeOracle } from '../oracle/oracle.js';
import { makeRandom } from './random-feed/random.js';
import { rareSituations } from './random-feed/rare.js';
import { makeStamps } from './random-feed/world.js';
import { randomLaw, writeRandomFeed } from './random-feed.js';

const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'twe-random-feed-'));
  folders.push(made);
  return made;
}

function contentOf(dir: string): string[] {
  const names = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return `${path.slice(dir.length)}\n${readFileSync(path, 'utf8')}`;
  });
}

describe('random feeds', () => {
  afterEach(() => {
    for (const made of folders.splice(0)) rmSync(made, { recursive: true });
  });

  it('are the same bytes for the same seed', () => {
    const [first, second] = [folder(), folder()];
    expect(writeRandomFeed({ seed: 5, dir: first })).toEqual(writeRandomFeed({ seed: 5, dir: second }));
    expect(contentOf(first)).toEqual(contentOf(second));
    expect(randomLaw(5)).toEqual(randomLaw(5));
  });

  it('are read by the oracle, which sets only some rows aside', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 16; seed++) {
      const dir = folder();
      const { dates } = writeRandomFeed({ seed, dir });
      const oracle = computeOracle({
        feedsDir: dir,
        date: dates.at(-1)!,
        law: randomLaw(seed),
        approvalRequired: false,
      });
      expect(oracle.rejects.length).toBeLessThan(40);
      oracle.entitlements.forEach((row) => seen.add(row.component));
      oracle.measurements.forEach((row) => seen.add(row.outcome));
      oracle.batches.forEach(({ lines }) =>
        lines.forEach((line) => seen.add(`${line.kind} ${Math.sign(line.amount)}`)),
      );
    }
    const components = ['C1', 'C2', 'C3', 'EFF', 'INC', 'M1', 'M2', 'ORD'];
    const lines = ['FINAL -1', 'FINAL 1', 'QUARTER -1', 'QUARTER 1', 'YEAR -1', 'YEAR 1'];
    expect([...seen].sort()).toEqual([...components, ...lines, 'NEGATIVE', 'PENDING', 'POSITIVE'].sort());
  });

  it('never change a batch that an earlier night booked', () => {
    for (let seed = 30; seed <= 35; seed++) {
      const dir = folder();
      const { dates } = writeRandomFeed({ seed, dir, persons: 5 });
      const law = randomLaw(seed, { nightlyFinals: false });
      const batchesOn = (date: string) => computeOracle({ feedsDir: dir, date, law, approvalRequired: false }).batches;
      const early = batchesOn(dates[Math.floor(dates.length / 2)]!);
      expect(batchesOn(dates.at(-1)!).slice(0, early.length)).toEqual(early);
    }
  });

  it('hold rare situations in some seeds only, with a law under which they matter', () => {
    const seeds = Array.from({ length: 60 }, (_, seed) => seed + 1);
    const rare = seeds.map((seed) => ({ ...rareSituations(seed), law: randomLaw(seed) }));
    const count = (holds: (of: (typeof rare)[number]) => boolean): number => rare.filter(holds).length;
    expect(count((r) => !r.debtors && !r.renumbered)).toBeGreaterThan(10);
    expect(count((r) => r.debtors && r.law['clawback.method'] === 'OFFSET_NEXT')).toBeGreaterThan(5);
    expect(count((r) => r.renumbered && r.law['category.policy'] === 'FORFEIT')).toBeGreaterThan(3);
    expect(count((r) => r.renumbered && r.law['m.recheck_until'] === 'NONE')).toBeGreaterThan(3);
  });

  it('stamp every registration on the Brussels day that was meant, also when the clock changes', () => {
    const stamp = makeStamps(makeRandom(1));
    for (const day of [
      '2024-01-01',
      '2024-03-30',
      '2024-03-31',
      '2024-04-01',
      '2024-07-15',
      '2024-10-27',
      '2024-10-28',
    ]) {
      for (let i = 0; i < 40; i++) expect(brusselsDay(parseTimestamp(stamp(day))!)).toBe(day);
    }
  });
});
