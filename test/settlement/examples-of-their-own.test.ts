/** Worked examples that lie outside the fixtures' years or ask for another law: real nights over feeds of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { art60, category, job, ocmw, weo, writeFeed } from '../night/feed.js';
import { bookedRows, cents, readCsv, sumBy } from '../night/documents.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runNight } from '../support/night.js';

let folder: string;
let test: TestDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-example-'));
  test = await createTestDatabase();
});

afterEach(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const night = (date: string, law: Readonly<Record<string, unknown>> = {}) =>
  runNight(test.database, { feedsDir: join(folder, 'feeds'), out: join(folder, 'out'), date, law, documents: 'CSV' });

/** Euro by run day, kind and component. */
const booked = () =>
  Object.fromEntries(
    [
      ...sumBy(
        bookedRows(join(folder, 'out'), 'batch.csv'),
        (row) => `${row.runDay} ${row['kind']} ${row['component']}`,
        (row) => cents(row['amount']) / 100,
      ),
    ].map(([key, euro]) => [key, euro]),
  );

it('X48: an old contract, brought in on 1 January 2019, gives three whole months and both measurements', async () => {
  writeFeed(join(folder, 'feeds'), {
    '2019-01-02': [ocmw(), weo('2019-01-01', '2019-03-31'), art60('2016-11-01', '2019-03-31'), category('2019-01-01')],
  });
  await night('2019-07-01');
  expect(booked()).toEqual({
    '2019-04-15 QUARTER C1': 450,
    '2019-04-15 QUARTER C2': 135,
    '2019-04-15 QUARTER EFF': 750,
  });
  const measured = readCsv(join(folder, 'out', '2019-07-01', 'nightly', 'measurements.csv'));
  expect(measured.map((row) => row['measured_on'])).toEqual(['2019-04-01', '2019-07-01']);
});

describe('X31: a result on a late trajectory', () => {
  // As in X11: art. 60 starts a day after its deadline.
  const late = {
    '2024-01-15': [
      ...[ocmw(), weo('2024-01-15', '2024-09-30'), art60('2024-03-16', '2024-09-30'), category('2024-03-16')],
      job('2024-10-01', ''),
    ],
  };

  it('pays nothing', async () => {
    writeFeed(join(folder, 'feeds'), late);
    await night('2025-04-15');
    expect(Object.keys(booked()).filter((key) => / M[12]$/.test(key))).toEqual([]);
  });

  it('pays 900 when no timely start is asked for', async () => {
    writeFeed(join(folder, 'feeds'), late);
    await night('2025-04-15', { 'result.requires_timely': false });
    expect(booked()).toMatchObject({ '2025-01-15 QUARTER M1': 300, '2025-04-15 QUARTER M2': 600 });
  });
});
