/** Another job on the evening of a night: what arrived between the two counts that evening, as if it had come before. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.js';
import { REASONS } from '../../src/law/codes.js';
import { createTestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { art60, category, changed, job, ocmw, weo, writeFeed } from './feed.js';
import { ledgerLines, presentMeasurements } from './kept.js';

const folder = mkdtempSync(join(tmpdir(), 'twe-second-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

const EVENING = '2024-04-30';
const AGREEMENT = weo('2024-01-15', '2024-12-31');
/** Told of an end that was reached long before the evening, and of a job the day after. */
const BETWEEN = [changed(AGREEMENT, { end_date: '2024-03-10' }), job('2024-03-11', '')];

async function kept(name: string, work: (night: (job: string) => Promise<unknown>, feeds: string) => Promise<void>) {
  const test = await createTestDatabase();
  const [feedsDir, out] = [join(folder, `${name}-feeds`), join(folder, name)];
  const ofEvening = (database: Database) => (each: string) =>
    runNight(database, { feedsDir, out, date: EVENING, job: each, documents: 'BATCHES' });
  try {
    writeFeed(feedsDir, {
      '2024-01-15': [ocmw(), AGREEMENT, art60('2024-02-01', '2024-12-31'), category('2024-02-01')],
    });
    await work(ofEvening(test.database), feedsDir);
    return {
      ledger: await ledgerLines(test.database),
      measurements: await presentMeasurements(test.database),
      reasons: await test.database.rows<{ reason: number }>(
        'select distinct reason from twe.ledger_entry where cents < 0 order by 1',
      ),
    };
  } finally {
    await test.drop();
  }
}

it('counts what arrived between two runs of one evening', async () => {
  const between = await kept('between', async (run, feeds) => {
    await run('nightly');
    writeFeed(feeds, { [EVENING]: BETWEEN });
    await run('monthly-statement');
  });
  const before = await kept('before', async (run, feeds) => {
    writeFeed(feeds, { [EVENING]: BETWEEN });
    await run('nightly');
  });
  expect(between.measurements).toEqual(before.measurements);
  expect(between.ledger).toEqual(before.ledger);
  expect(between.reasons.map(({ reason }) => REASONS[reason])).toEqual(['WEO_END_CORRECTED']);
});
