/**
 * Explanations on random adversarial feeds with random laws, after several nights: each adds up to the ledger (`explain`
 * throws when one does not), every denial has its fact, no line is wider than the terminal, and each says what the files of
 * the night say. After the last night those of the earlier evenings are explained again with `--known-on`: the same to the
 * letter.
 * `TWE_SEEDS=from-to` runs other seeds; `npm run test:long` runs many.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { day } from '../../../src/calendar.js';
import type { Database } from '../../../src/db/database.js';
import type { Explanation } from '../../../src/inspect/explain/explanation.js';
import { createTestDatabase } from '../../support/database.js';
import { runNight } from '../../support/night.js';
import { randomLaw, writeRandomFeed } from '../../support/random-feed.js';
import { exportedOf, readExported } from './exported.js';
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
        const out = join(folder, 'out');
        const then: [string, Map<string, Explanation>][] = [];
        for (const date of evenings(dates)) {
          await runNight(test.database, { feedsDir, out, date, law, documents: 'CSV' });
          then.push([date, await explainEverything(test.database, law, join(out, date, 'nightly'))]);
        }
        for (const [date, explanations] of then.slice(0, -1))
          await explainAgain(test.database, law, date, explanations);
      } finally {
        await test.drop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});

/** In `npm test` the last one and one before it. */
function evenings(dates: readonly string[]): string[] {
  const third = 'persons' in SMALLER ? [] : [dates[Math.floor(dates.length / 3)]!];
  return [...third, dates[Math.floor(dates.length / 2)]!, dates.at(-1)!];
}

async function explainEverything(
  database: Database,
  law: Record<string, unknown>,
  folder: string,
): Promise<Map<string, Explanation>> {
  const exported = readExported(folder);
  const inForce = lawInForce(law);
  const fromFactsOfTheNight = new Map<string, Explanation>();
  for (const weoId of await allWeoIds(database)) {
    const explanation = await explainAs(database, weoId, inForce);
    expect(isReadable(explanation)).toEqual([]);
    expect(deniedWithoutFact(explanation)).toEqual([]);
    const files = exported(weoId);
    expect({ weoId, ...exportedOf(explanation), ...(files.payee ? {} : { payee: undefined }) }).toEqual({
      weoId,
      ...files,
    });
    fromFactsOfTheNight.set(weoId, explanation);
  }
  await database.rows(LATER_NIGHT_STOPS);
  for (const [weoId, explanation] of fromFactsOfTheNight) {
    expect(await explainAs(database, weoId, inForce)).toEqual(explanation);
  }
  await database.rows(LATER_NIGHT_IS_FORGOTTEN);
  return fromFactsOfTheNight;
}

/** After later nights, as known on the evening of an earlier one; what was not known then is refused. */
async function explainAgain(
  database: Database,
  law: Record<string, unknown>,
  date: string,
  explanations: ReadonlyMap<string, Explanation>,
): Promise<void> {
  const inForce = lawInForce(law);
  for (const weoId of await allWeoIds(database)) {
    const again = explainAs(database, weoId, inForce, { knownOn: day(date) });
    const then = explanations.get(weoId);
    if (then === undefined) await expect(again).rejects.toThrow(/is known from .* on, not yet on the evening of/);
    else expect(await again).toEqual(then);
  }
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
