/** Facts of a few trajectories, built by one statement, are those that the night built by way of its tables. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/calendar.js';
import { buildFacts, buildWantedFacts, wantWeos, type CarriedHistory } from '../../src/records/build.js';
import type { TestDatabase } from '../support/database.js';
import { createFixturesDatabase, EVENING } from '../support/fixtures-database.js';
import { makeRandom } from '../support/random-feed/random.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createFixturesDatabase();
});
afterAll(() => test.drop());

interface Facts {
  readonly weo_id: string;
  readonly facts: string;
}

const known = { registeredUntil: day(EVENING), deliveredUntil: day(EVENING) };

describe('facts of a few trajectories', () => {
  it.each<[string, CarriedHistory]>([
    ['as the law of now carries them', { categoryVersions: false, jobVersions: false }],
    ['with all histories', { categoryVersions: true, jobVersions: true }],
  ])('are those of all together, %s', async (_, carried) => {
    const built = 'select weo_id, facts from built_facts order by weo_id collate "C"';
    const all = await test.database.transaction(async (session) => {
      await buildFacts(session, known, carried);
      return session.rows<Facts>(built);
    });
    expect(all.length).toBeGreaterThan(1000);
    const expected = new Map(all.map(({ weo_id, facts }) => [weo_id, facts]));
    const weoIds = makeRandom(7).shuffle([...expected.keys()]);
    for (let from = 0; from < 300; from += 60) {
      const few = await test.database.transaction(async (session) => {
        await wantWeos(session, weoIds.slice(from, from + 60));
        await buildWantedFacts(session, known, carried);
        return session.rows<Facts>(built);
      });
      expect(few.length).toBeGreaterThanOrEqual(60);
      for (const { weo_id, facts } of few) expect([weo_id, facts]).toEqual([weo_id, expected.get(weo_id)]);
    }
  });
});
