/**
 * `explain --known-on`: what an evening in the past knew, in place. The nights of the fixtures are for `npm run test:long`;
 * the random feeds (random.test.ts) ask the same of every trajectory in the default run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, formatDay } from '../../../src/calendar.js';
import { businessDateToday } from '../../../src/clock.js';
import { knownOnAsked } from '../../../src/commands/known-on.js';
import { packageRoot } from '../../../src/db/package-root.js';
import { explain } from '../../../src/inspect/explain/explain.js';
import { overview } from '../../../src/inspect/explain/text/overview.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { createFixturesDatabase, EVENING } from '../../support/fixtures-database.js';
import { runNight } from '../../support/night.js';
import { exportedOf, readExported } from './exported.js';
import { allWeoIds, explainAs, fixturesLaw, lawOfFixtures, WIDE } from './support.js';

const law = lawOfFixtures();

describe('the evening that is asked for', () => {
  it('must be a date that has come', () => {
    expect(knownOnAsked(undefined)).toBeUndefined();
    expect(knownOnAsked('2024-02-29')).toBe(day('2024-02-29'));
    expect(knownOnAsked(formatDay(businessDateToday()))).toBe(businessDateToday());
    expect(() => knownOnAsked('2023-02-29')).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: '--known-on 2023-02-29 is not a date. Write it as YYYY-MM-DD, for example 2024-04-15.',
      }) as Error,
    );
    expect(() => knownOnAsked(formatDay(businessDateToday() + 1))).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: expect.stringMatching(/^--known-on \S+ lies in the future \(today is \S+ in Brussels\)/) as unknown,
      }) as Error,
    );
  });
});

describe('against the night of the fixtures', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createFixturesDatabase();
  }, 300_000);
  afterAll(() => test.drop());

  it('an evening before the first night is refused', async () => {
    await expect(explain(test.database, 'X15', law, { knownOn: day(EVENING) - 1 })).rejects.toMatchObject({
      exitCode: 2,
      message:
        `--known-on ${formatDay(day(EVENING) - 1)} lies before the first night of this database (${EVENING}): nothing was ` +
        'known then. Use that day or a later one.',
    });
  });

  it('a day without a night is told with what the last one before it knew', async () => {
    const later = day(EVENING) + 3;
    const own = await explain(test.database, 'X15', law);
    const explanation = await explain(test.database, 'X15', law, { knownOn: later });
    expect(explanation).toEqual({ ...own, known: { ...own.known, until: formatDay(later) } });
    expect(overview(WIDE, explanation, false).slice(1, 3).join(' ')).toContain(
      `as known on the evening of ${EVENING} (run ${EVENING}/nightly), the last night up to ${formatDay(later)}`,
    );
  });

  it('an approval counts from the evening on which it was given', async () => {
    const { database } = test;
    const { batchLines } = await explain(database, 'X30', law);
    const last = batchLines.at(-1)!;
    const given = formatDay(day(EVENING) + 2);
    const before = await database.rows<{ decided_on: string }>(
      'select decided_on from twe.batch_decision join twe.batch using (batch_no) where batch_id = $1',
      [last.batchId],
    );
    const decide = (on: string) =>
      database.rows(
        `alter table twe.batch_decision disable trigger all;
         update twe.batch_decision set decided_on = '${on}'
         where batch_no = (select batch_no from twe.batch where batch_id = '${last.batchId}');
         alter table twe.batch_decision enable trigger all`,
      );
    const stateOn = async (on: number) =>
      (await explain(database, 'X30', law, { knownOn: on })).batchLines.at(-1)!.state;
    await decide(given);
    expect(await stateOn(day(EVENING) + 1)).toBe('WAITING');
    expect(await stateOn(day(EVENING) + 2)).toBe('APPROVED');
    await decide(before[0]!.decided_on);
  });
});

/** Quarter runs, corrections, a yearly settlement and finals lie between them. */
const EVENINGS = ['2024-07-15', '2024-12-31', '2025-02-16', '2025-04-15', EVENING];

describe.runIf(process.env['TWE_LONG'])('against the exports of past nights of the fixtures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twe-known-on-'));
  let test: TestDatabase;
  afterAll(async () => {
    await test?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('each trajectory agrees to the cent', { timeout: 3_600_000 }, async () => {
    test = await createTestDatabase();
    const out = join(folder, 'out');
    const feedsDir = join(packageRoot, 'fixtures', 'feeds');
    for (const date of EVENINGS) {
      await runNight(test.database, { feedsDir, out, date, law: fixturesLaw(), documents: 'CSV' });
    }
    const ids = (await allWeoIds(test.database)).filter((id, index) => index % 4 === 0 || id.startsWith('X'));
    for (const date of EVENINGS) {
      const exported = readExported(join(out, date, 'nightly'));
      let told = 0;
      for (const weoId of ids) {
        const files = exported(weoId);
        const explanation = await explainAs(test.database, weoId, law, { knownOn: day(date) }).catch((error: Error) =>
          error.message.includes('is known from') ? undefined : Promise.reject(error),
        );
        if (explanation === undefined) {
          expect({ weoId, ...files }).toEqual({ weoId, payee: undefined, due: {}, position: {}, measurements: {} });
          continue;
        }
        told++;
        expect({ weoId, ...exportedOf(explanation), ...(files.payee ? {} : { payee: undefined }) }).toEqual({
          weoId,
          ...files,
        });
      }
      expect(told).toBeGreaterThan(100);
    }
  });
});
