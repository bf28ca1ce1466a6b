/**
 * The program against the independent computation of `test/oracle`, on random adversarial feeds with random laws: what
 * one night over a whole folder exports must agree to the cent, line by line, with what the oracle says.
 * In one seed of three an earlier night comes first, and payments of its batches come back before the second.
 * `TWE_SEEDS=from-to` runs other seeds; `npm run test:long` runs many.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareExports } from '../oracle/compare.js';
import { computeOracle } from '../oracle/oracle.js';
import { createTestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { exportedReferences, randomLaw, writeRandomFeed, writeReturnedPayments } from '../support/random-feed.js';

const [from, to] = (process.env['TWE_SEEDS'] ?? (process.env['TWE_LONG'] ? '1-600' : '2-3')).split('-').map(Number);

describe('random feeds, random law', () => {
  for (let seed = from!; seed <= (to ?? from!); seed++) {
    it(`agrees with the independent computation (seed ${seed})`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'twe-random-'));
      const test = await createTestDatabase();
      try {
        const feedsDir = join(folder, 'feeds');
        const out = join(folder, 'out');
        const { dates } = writeRandomFeed({ seed, dir: feedsDir });
        const law = randomLaw(seed);
        const date = dates[(seed * 7) % 3 === 0 ? Math.floor(dates.length / 2) : dates.length - 1]!;
        const earlier = dates[Math.floor(dates.length * 0.6)]!;
        const nights = seed % 3 === 1 && earlier < date ? [earlier, date] : [date];
        for (const night of nights) {
          await runNight(test.database, { feedsDir, out, date: night, law, documents: 'CSV' });
          if (night !== date) writeReturnedPayments(seed, feedsDir, out, night);
        }
        const references = exportedReferences(out);
        const oracle = computeOracle({ feedsDir, date, nights, law, approvalRequired: false, references });
        expect({ date, law, differences: compareExports(join(out, date, 'nightly'), oracle) }).toEqual({
          date,
          law,
          differences: [],
        });
      } finally {
        await test.drop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
