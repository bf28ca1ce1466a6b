/**
 * `exports.nightly = CHANGED`: who keeps a copy of entitlements and positions and puts the changes of each night over it
 * has, every evening, exactly what a full export holds.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { writeRandomFeed } from '../support/random-feed.js';
import { readCsv, type CsvRow } from './documents.js';
import { LAW } from './nights.js';

const LONG = process.env['TWE_LONG'] !== undefined;
const SEEDS = LONG ? [1, 2, 3, 4, 5, 6, 7, 8] : [1];
const KEY = ['ocmw_id', 'weo_id', 'component', 'month'];
const AMOUNTS = ['due', 'ordered', 'paid'];

const keyOf = (row: CsvRow) => KEY.map((column) => row[column]).join('/');
const hasAmount = (row: CsvRow) => AMOUNTS.some((column) => row[column] !== undefined && row[column] !== '0.00');

function put(copy: Map<string, CsvRow>, rows: readonly CsvRow[]): Map<string, CsvRow> {
  for (const row of rows) {
    if (hasAmount(row)) copy.set(keyOf(row), row);
    else copy.delete(keyOf(row));
  }
  return copy;
}

const sorted = (rows: Iterable<CsvRow>) => [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

describe('changes of each night', () => {
  for (const seed of SEEDS) {
    it(`put over a copy give the full export of every evening (seed ${seed})`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'twe-changed-'));
      const test = await createTestDatabase();
      try {
        const feedsDir = join(folder, 'feeds');
        const { dates } = writeRandomFeed({ seed, dir: feedsDir, deliveries: LONG ? 10 : 4, persons: LONG ? 12 : 6 });
        const copies = { 'entitlements.csv': new Map<string, CsvRow>(), 'position.csv': new Map<string, CsvRow>() };
        let smaller = 0;
        const nights = [...new Set(dates.map((each) => each.slice(0, 10)))];
        for (const date of nights.filter((_, index) => LONG || index % 3 === 0)) {
          const night = { feedsDir, date, law: LAW, documents: 'CSV' } as const;
          const changed = { ...night, out: join(folder, 'changed'), keys: { 'exports.nightly': 'CHANGED' } };
          await runNight(test.database, changed);
          await runNight(test.database, { ...night, out: join(folder, 'all') });
          for (const file of ['entitlements.csv', 'position.csv'] as const) {
            const changes = readCsv(join(folder, 'changed', date, 'nightly', file));
            const all = readCsv(join(folder, 'all', date, 'nightly', file));
            // A night that booked holds everything again.
            const isFull = changes.length >= all.length && changes.every(hasAmount);
            if (isFull) copies[file].clear();
            else smaller++;
            expect(sorted(put(copies[file], changes).values()), `${file} of ${date}`).toEqual(sorted(all));
          }
          expect(existsSync(join(folder, 'changed', date, 'nightly', 'findings.csv'))).toBe(true);
        }
        expect(smaller).toBeGreaterThan(0);
      } finally {
        await test.drop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
