/**
 * Explanations on random adversarial feeds with random laws, after several nights: each adds up to the ledger (`explain`
 * throws when one does not), every denial has its fact, and no line is wider than the terminal.
 * `TWE_SEEDS=from-to` runs other seeds; `npm run test:long` runs many.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.js';
import type { Explanation } from '../../../src/inspect/explain/explanation.js';
import { createTestDatabase } from '../../support/database.js';
import { runNight } from '../../support/night.js';
import { randomLaw, writeRandomFeed } from '../../support/random-feed.js';
import { allWeoIds, explainAs, isReadable, lawInForce } from './support.js';

const [from, to] = (process.env['TWE_SEEDS'] ?? (process.env['TWE_LONG'] ? '1-200' : '3-3')).split('-').map(Number);

/** In `npm test` half of the people. */
const SMALLER = process.env['TWE_LONG'] || process.env['TWE_SEEDS'] ? {} : { persons: 6 };

describe('explanations of random feeds under a random law', () => {
  for (let seed = from!; seed <= (to ?? from!); seed++) {
    it(`add up to the ledger and can be read (seed ${seed})`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'twe-explain-'));
      const test = await createTestDatabase();
      try {
        const feedsDir = join(folder, 'feeds');
        const { dates } = writeRandomFeed({ seed, dir: feedsDir, ...SMALLER });
        const law = randomLaw(seed, { nightlyFinals: false });
        for (const date of [dates[Math.floor(dates.length / 2)]!, dates.at(-1)!]) {
          await runNight(test.database, { feedsDir, out: join(folder, 'out'), date, law });
          await explainEverything(test.database, law);
        }
      } finally {
        await test.drop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});

async function explainEverything(database: Database, law: Record<string, unknown>): Promise<void> {
  const inForce = lawInForce(law);
  const fromFactsOfTheNight = new Map<string, Explanation>();
  for (const weoId of await allWeoIds(database)) {
    const explanation = await explainAs(database, weoId, inForce);
    expect(isReadable(explanation)).toEqual([]);
    expect(deniedWithoutFact(explanation)).toEqual([]);
    fromFactsOfTheNight.set(weoId, explanation);
  }
  await database.rows(LATER_NIGHT_STOPS);
  for (const [weoId, explanation] of fromFactsOfTheNight) {
    expect(await explainAs(database, weoId, inForce)).toEqual(explanation);
  }
  await database.rows(LATER_NIGHT_IS_FORGOTTEN);
}

/** A night that built its facts and stopped: explanations build those of the finished night again, from the versions. */
const LATER_NIGHT_STOPS = `
  insert into twe.run (run_id, job, business_date, state, program_version, law_digest)
  values ('2999-12-31/nightly', 'nightly', '2999-12-31', 'FAILED', '', '');
  insert into twe.run_step (run_id, step, duration_ms, counts) values ('2999-12-31/nightly', 'facts', 1, '{}')`;
const LATER_NIGHT_IS_FORGOTTEN = `
  delete from twe.run_step where run_id = '2999-12-31/nightly';
  delete from twe.run where run_id = '2999-12-31/nightly'`;

/** Lines on which nothing is due although every test passed, or something although none of them allows it. */
function deniedWithoutFact({ lines }: Explanation): string[] {
  return lines
    .filter(({ due, tests }) => tests.length === 0 || (!due && tests.every(({ passed }) => passed)))
    .map(({ component, month, why }) => `${component} ${month} ${why}`);
}
