/**
 * Nothing depends on how often a night is run, on how the time is cut into nights, or on the order in which things lie on
 * disk: random adversarial feeds, every night a real one.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { writeRandomFeed, type RandomFeed } from '../support/random-feed.js';
import { makeRandom } from '../support/random-feed/random.js';
import { digests, faultsOfPublished, filesBelow, readCsv } from './documents.js';
import { everythingKept, ledgerLines, presentMeasurements, type Kept } from './kept.js';
import { LAW, quietNight } from './nights.js';

const LONG = process.env['TWE_LONG'] !== undefined;
const SEEDS = Array.from({ length: LONG ? 30 : 1 }, (_, index) => 901 + index);
const TIMEOUT_MS = 600_000;

describe.each(SEEDS)('random feed %s', (seed) => {
  let folder: string;
  let feedsDir: string;
  let feed: RandomFeed;
  /** After all facts, deliveries and settlements. */
  let end: string;
  const databases: TestDatabase[] = [];
  /** One run at the end. */
  let atOnce: Database;
  let out: string;
  let kept: Kept;
  let published: Record<string, string>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'twe-repeat-'));
    feedsDir = join(folder, 'feeds');
    feed = writeRandomFeed({ seed, dir: feedsDir, persons: 8, deliveries: 8 });
    end = feed.dates.at(-1)!;
    out = join(folder, 'out');
    atOnce = await newDatabase();
    const { repeated } = await runNight(atOnce, { feedsDir, out, date: end, law: LAW });
    expect(repeated).toBe(false);
    kept = await everythingKept(atOnce);
    published = digests(out);
  }, TIMEOUT_MS);

  afterAll(async () => {
    for (const database of databases) await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }, TIMEOUT_MS);

  async function newDatabase(): Promise<Database> {
    const made = await createTestDatabase();
    databases.push(made);
    return made.database;
  }

  it('has money, batches and complete documents', () => {
    for (const name of ['ledger', 'measurements', 'batch lines', 'payments and claims', 'rejected rows']) {
      expect([name, kept[name]!.length > 0]).toEqual([name, true]);
    }
    expect(faultsOfPublished(out)).toEqual([]);
  });

  it(
    'appends nothing in the same night again and exports the same bytes, also elsewhere',
    async () => {
      const again = await runNight(atOnce, { feedsDir, out, date: end, law: LAW });
      expect(again.repeated).toBe(true);
      expect(await everythingKept(atOnce)).toEqual(kept);
      expect(digests(out)).toEqual(published);

      const elsewhere = join(folder, 'elsewhere');
      await runNight(atOnce, { feedsDir, out: elsewhere, date: end, law: LAW });
      expect(await everythingKept(atOnce)).toEqual(kept);
      expect(digests(elsewhere)).toEqual(published);
    },
    TIMEOUT_MS,
  );

  describe('night by night', () => {
    let byNight: Database;
    let outByNight: string;

    beforeAll(async () => {
      byNight = await newDatabase();
      outByNight = join(folder, 'by-night');
      for (const date of nightsOf(feed)) await quietNight(byNight, { feedsDir, out: outByNight, date });
      await runNight(byNight, { feedsDir, out: outByNight, date: end, law: LAW });
    }, TIMEOUT_MS);

    it('ends in the ledger, the measurements and the batches of one run at the end', async () => {
      expect(await ledgerLines(byNight)).toEqual(await ledgerLines(atOnce));
      expect(await presentMeasurements(byNight)).toEqual(await presentMeasurements(atOnce));
      expect(batchFiles(outByNight)).toEqual(batchFiles(out));
    });

    it('ends in the same machine files', () => {
      const [found, expected] = [outByNight, out].map((each) => machineFiles(join(each, end, 'nightly')));
      expect(found).toEqual(expected);
    });

    it('ends in the same workbooks, to the byte', () => {
      const workbooks = (each: string) =>
        Object.entries(digests(join(each, end, 'nightly'))).filter(([name]) => name.endsWith('.xlsx'));
      expect(workbooks(outByNight)).toEqual(workbooks(out));
      expect(workbooks(out)).toHaveLength(2);
    });
  });

  it(
    'gives the same money when rows, files and folders lie there in another order',
    async () => {
      const random = makeRandom(seed);
      const shuffled = join(folder, 'shuffled');
      for (const path of random.shuffle(filesBelow(feedsDir))) {
        const text = readFileSync(path, 'utf8');
        // Versions of an OCMW have no registration: their order in the file is the order of the versions.
        const isOrdered = path.endsWith('ocmw.csv');
        copyTo(
          join(shuffled, relative(feedsDir, path)),
          isOrdered ? text : withShuffledRows(text, (rows) => random.shuffle(rows)),
        );
      }
      const database = await newDatabase();
      const outShuffled = join(folder, 'out-shuffled');
      await quietNight(database, { feedsDir: shuffled, out: outShuffled, date: end });
      expect(await ledgerLines(database)).toEqual(await ledgerLines(atOnce));
      expect(await presentMeasurements(database)).toEqual(await presentMeasurements(atOnce));
      expect(batchFiles(outShuffled)).toEqual(batchFiles(out));
    },
    TIMEOUT_MS,
  );
});

/** Each run day, and at first each date worth asking: deliveries, ends of quarters and the days beside run days. */
function nightsOf({ dates }: RandomFeed): readonly string[] {
  const isRunDay = (date: string) => /-(01|04|07|10)-15$/.test(date);
  const nights = LONG ? dates : dates.filter((date, index) => isRunDay(date) || index < 1);
  return nights.filter((date) => date !== dates.at(-1));
}

/** The machine files of all batches, by path: bytes. */
function batchFiles(out: string): Record<string, string> {
  const paths = filesBelow(out).filter((path) => /\/(batch|claims)\.csv$/.test(path));
  return Object.fromEntries(paths.map((path) => [relative(out, path), readFileSync(path, 'utf8')]));
}

/**
 * The machine files of the last night, to the byte; of the findings all but those of the run's own take-in (that a
 * delivery is a duplicate is noticed by the night that meets it).
 */
function machineFiles(folder: string): Record<string, unknown> {
  const files = Object.entries(digests(folder)).filter(([name]) => name.endsWith('.csv') && name !== 'findings.csv');
  const findings = readCsv(join(folder, 'findings.csv')).filter(({ code }) => !code!.startsWith('DELIVERY_'));
  return { ...Object.fromEntries(files), findings };
}

function copyTo(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The header stays first. No cell of these files holds a line break. */
function withShuffledRows(text: string, shuffle: (rows: readonly string[]) => string[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const [header, ...rows] = text.split(newline).filter((row) => row !== '');
  return [header, ...shuffle(rows), ''].join(newline);
}
