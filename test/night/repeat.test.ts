/**
 * Nothing depends on how often a night is run, on how the time is cut into nights, or on the order in which things lie on
 * disk: random adversarial feeds, every night in full.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';
import { writeRandomFeed, type RandomFeed } from '../support/random-feed.js';
import { makeRandom } from '../support/random-feed/random.js';
import { bookedRows, cents, digests, faultsOfPublished, filesBelow, readCsv, sumBy } from './documents.js';
import { everythingKept, ledgerLines } from './kept.js';

const LONG = process.env['TWE_LONG'] !== undefined;
const SEEDS = Array.from({ length: LONG ? 30 : 3 }, (_, index) => 901 + index);
/** Examples, as in the fixtures: the law has no amounts of allowances. */
const LAW = { 'amount.ORD': 1000, 'amount.INC': 1500 };
const TIMEOUT_MS = 600_000;

let folder: string;
let databases: TestDatabase[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twe-repeat-'));
  databases = [];
});

afterEach(async () => {
  for (const { drop } of databases) await drop();
  rmSync(folder, { recursive: true, force: true });
});

async function newDatabase(): Promise<Database> {
  const made = await createTestDatabase();
  databases.push(made);
  return made.database;
}

function randomFeed(seed: number): RandomFeed & { readonly feedsDir: string } {
  const feedsDir = join(folder, 'feeds');
  return { ...writeRandomFeed({ seed, dir: feedsDir, persons: 8, deliveries: 8 }), feedsDir };
}

/** The last date worth asking: after all facts, deliveries and settlements. */
const endOf = ({ dates }: RandomFeed) => dates.at(-1)!;

describe('the same night again', () => {
  it.each(SEEDS)(
    'appends nothing and exports the same bytes, also elsewhere (seed %s)',
    async (seed) => {
      const feed = randomFeed(seed);
      const database = await newDatabase();
      const out = join(folder, 'out');
      const night = { feedsDir: feed.feedsDir, out, date: endOf(feed), law: LAW };

      const first = await runNight(database, night);
      const kept = await everythingKept(database);
      const published = digests(out);
      expect(first.repeated).toBe(false);
      expect(kept['ledger']!.length).toBeGreaterThan(0);
      expect(kept['batch lines']!.length).toBeGreaterThan(0);
      expect(faultsOfPublished(out)).toEqual([]);

      const again = await runNight(database, night);
      expect(again.repeated).toBe(true);
      expect(await everythingKept(database)).toEqual(kept);
      expect(digests(out)).toEqual(published);

      await runNight(database, { ...night, out: join(folder, 'elsewhere') });
      expect(await everythingKept(database)).toEqual(kept);
      expect(digests(join(folder, 'elsewhere'))).toEqual(published);
    },
    TIMEOUT_MS,
  );

  it(
    'books nothing more when the jobs of its batches are run by hand',
    async () => {
      const feed = randomFeed(911);
      const database = await newDatabase();
      const runDay = feed.dates.find((date) => date > feed.firstDelivery && /-(01|04|07|10)-15$/.test(date))!;
      const night = { feedsDir: feed.feedsDir, out: join(folder, 'out'), date: runDay, law: LAW };
      await runNight(database, night);
      const { runs: _, ...kept } = await everythingKept(database);
      const published = digests(join(folder, 'out', runDay, 'quarterly-payment'));
      for (const job of ['quarterly-payment', 'yearly-settlement']) {
        await runNight(database, { ...night, job });
        const { runs: __, ...keptNow } = await everythingKept(database);
        expect(keptNow).toEqual(kept);
        expect(digests(join(folder, 'out', runDay, 'quarterly-payment'))).toEqual(published);
      }
    },
    TIMEOUT_MS,
  );
});

describe('night by night', () => {
  it.each(SEEDS)(
    'ends where one run at the end does (seed %s)',
    async (seed) => {
      const feed = randomFeed(seed);
      const [byNight, atOnce] = [await newDatabase(), await newDatabase()];
      const [outByNight, outAtOnce] = [join(folder, 'by-night'), join(folder, 'at-once')];
      const night = { feedsDir: feed.feedsDir, law: LAW };

      for (const date of nightsOf(feed)) await runNight(byNight, { ...night, out: outByNight, date });
      await runNight(atOnce, { ...night, out: outAtOnce, date: endOf(feed) });

      expect(await ledgerLines(byNight)).toEqual(await ledgerLines(atOnce));
      expect(batchFiles(outByNight)).toEqual(batchFiles(outAtOnce));
      expect(finalDocuments(outByNight, feed)).toEqual(finalDocuments(outAtOnce, feed));
      expect(await presentMeasurements(byNight)).toEqual(await presentMeasurements(atOnce));
    },
    TIMEOUT_MS,
  );
});

/** Each delivery date, each run day, the day before and after it, and the end. */
function nightsOf({ dates }: RandomFeed): readonly string[] {
  const isRunDay = (date: string) => /-(01|04|07|10)-15$/.test(date);
  return LONG ? dates : dates.filter((date, index) => isRunDay(date) || index < 12 || index === dates.length - 1);
}

/** The machine files of all batches, by path: bytes. */
function batchFiles(out: string): Record<string, string> {
  const paths = filesBelow(out).filter((path) => /\/(batch|claims)\.csv$/.test(path));
  return Object.fromEntries(paths.map((path) => [relative(out, path), readFileSync(path, 'utf8')]));
}

/**
 * The documents of the last night: bytes of everything but what tells of the run's own take-in (a duplicate delivery is
 * noticed by the night that meets it).
 */
function finalDocuments(out: string, feed: RandomFeed): Record<string, unknown> {
  const path = join(out, endOf(feed), 'nightly');
  const { 'findings.csv': _, 'manifest.json': __, ...same } = digests(path);
  const ownFindings = readCsv(join(path, 'findings.csv')).filter(({ code }) => !code!.startsWith('DELIVERY_'));
  return { ...same, findings: ownFindings };
}

/** Measurements that are not voided, without the run that made them. */
async function presentMeasurements(database: Database): Promise<unknown[]> {
  return database.rows(
    `select * from (
       select distinct on (weo_id, measurement)
         weo_id, measurement, measured_on, outcome, employment_id, source, cents, voided
       from twe.measurement_version order by weo_id, measurement, version_no desc
     ) latest where not voided order by weo_id, measurement`,
  );
}

describe('order on disk', () => {
  it(
    'does not matter: files and folders made in another order',
    async () => {
      const feed = randomFeed(921);
      const shuffled = join(folder, 'shuffled');
      for (const path of makeRandom(1).shuffle(filesBelow(feed.feedsDir))) {
        copyTo(join(shuffled, relative(feed.feedsDir, path)), readFileSync(path, 'utf8'));
      }
      const outs = [join(folder, 'a'), join(folder, 'b')] as const;
      const night = { date: endOf(feed), law: LAW };
      await runNight(await newDatabase(), { ...night, feedsDir: feed.feedsDir, out: outs[0] });
      await runNight(await newDatabase(), { ...night, feedsDir: shuffled, out: outs[1] });
      expect(digests(outs[1])).toEqual(digests(outs[0]));
    },
    TIMEOUT_MS,
  );

  it.each(SEEDS)(
    'does not matter for the money: rows of a file in another order (seed %s)',
    async (seed) => {
      const feed = randomFeed(seed);
      const shuffled = join(folder, 'shuffled');
      const random = makeRandom(seed);
      for (const path of filesBelow(feed.feedsDir)) {
        // Versions of an OCMW have no registration: their order in the file is the order of the versions.
        const text = readFileSync(path, 'utf8');
        const isOrdered = path.endsWith('ocmw.csv');
        copyTo(
          join(shuffled, relative(feed.feedsDir, path)),
          isOrdered ? text : withShuffledRows(text, random.shuffle),
        );
      }
      const outs = [join(folder, 'a'), join(folder, 'b')] as const;
      const night = { date: endOf(feed), law: LAW };
      await runNight(await newDatabase(), { ...night, feedsDir: feed.feedsDir, out: outs[0] });
      await runNight(await newDatabase(), { ...night, feedsDir: shuffled, out: outs[1] });
      expect(batchFiles(outs[1])).toEqual(batchFiles(outs[0]));
      for (const file of ['entitlements.csv', 'measurements.csv', 'position.csv']) {
        const [a, b] = outs.map((out) => readFileSync(join(out, endOf(feed), 'nightly', file), 'utf8'));
        expect({ file, text: b }).toEqual({ file, text: a });
      }
    },
    TIMEOUT_MS,
  );
});

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
