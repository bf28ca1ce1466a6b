/** Reasons of rulebook R-F-7 that no night over the fixtures gives, on a small story of two nights, as golden texts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain, type LawInForce } from '../../../src/inspect/explain/explain.js';
import { overview } from '../../../src/inspect/explain/text/overview.js';
import { art60, category, decision, ocmw, paidBefore, weo } from '../../oracle/tiny-feeds.js';
import { changed, writeFeed, type FeedRow } from '../../night/feed.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { runNight } from '../../support/night.js';
import { nationalNumber } from '../../support/random-feed/identifiers.js';
import { lawInForce, matchGolden, WIDE } from './support.js';

const BEFORE = { 'amount.ORD': 1000, 'amount.INC': 1500 };
const AFTER = {
  ...BEFORE,
  'amount.EFF': [
    { from: '2017-01-01', value: 250 },
    { from: '2024-02-01', value: 260 },
  ],
};

/** An agreement with a contract and a category of its own client. */
function client(id: string, number: number, from: string, until: string, art60Until = until): FeedRow[] {
  const own = { insz: nationalNumber(number) };
  return [
    weo(from, until, { ...own, weo_id: id }),
    art60(from, art60Until, { ...own, weo_id: id, employment_id: `${id}-E1`, nova_prima_ref: '' }),
    category(from, { ...own, category_id: `${id}-K1` }),
  ];
}

const moved = client('W-START', 3, '2024-01-01', '2024-12-31', '2024-12-31');
const STORY = {
  '2024-01-02': [
    ocmw(undefined, { name: 'OCMW Haacht' }),
    ...client('W-DECISION', 2, '2023-11-01', '2024-01-31'),
    ...moved.slice(0, 1),
    // The contract starts with the agreement as it will be corrected.
    changed(moved[1]!, { start_date: '2024-02-01' }),
    ...moved.slice(2),
    ...client('W-LAW', 4, '2024-01-01', '2024-12-31'),
    ...client('W-OVER', 5, '2022-02-01', '2024-03-31', '2023-12-31'),
    paidBefore('EFF', '2024-02', '250', { weo_id: 'W-OVER' }),
  ],
  '2024-04-22': [
    decision(1, 'POSITIVE', { weo_id: 'W-DECISION', reason: 'Contract van de werkgever ontvangen' }),
    changed(moved[0]!, { start_date: '2024-02-01', registered_at: '2024-04-22T09:00:00+02:00' }),
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'twe-rare-'));
let test: TestDatabase;
let law: LawInForce;

beforeAll(async () => {
  test = await createTestDatabase();
  const [feedsDir, out] = [join(folder, 'feeds'), join(folder, 'out')];
  writeFeed(feedsDir, STORY);
  await runNight(test.database, { feedsDir, out, date: '2024-04-15', law: BEFORE, documents: 'CSV' });
  await runNight(test.database, { feedsDir, out, date: '2025-02-15', law: AFTER, documents: 'CSV' });
  law = lawInForce(AFTER);
}, 300_000);

afterAll(async () => {
  await test?.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a reason that the fixtures do not give', () => {
  it.each([
    ['W-DECISION', 'DECISION'],
    ['W-START', 'WEO_START_CORRECTED'],
    ['W-LAW', 'LAW_CHANGED'],
    ['W-OVER', 'OVER_24'],
  ])('%s: %s', async (id, reason) => {
    const explanation = await explain(test.database, id, law);
    const lines = overview(WIDE, explanation, false);
    matchGolden(id, lines);
    expect([...explanation.ledger, ...explanation.batchLines].map((each) => each.reason)).toContain(reason);
  });
});
