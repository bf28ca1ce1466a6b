/**
 * X37 with results, night by night: the end of an agreement is corrected after its measurements were made and the first
 * result was paid. The old measurements are voided and kept, the new ones made, the money is reversed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bookedRows, cents } from '../night/documents.js';
import { art60, category, changed, job, ocmw, weo, writeFeed } from '../night/feed.js';
import { presentMeasurements } from '../night/kept.js';
import { quietNight } from '../night/nights.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const TIMEOUT_MS = 300_000;
const AGREEMENT = weo('2024-01-15', '2024-12-31');
const CONTRACT = art60('2024-03-01', '2024-12-31');

let folder: string;
let test: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-moved-end-'));
  test = await createTestDatabase();
  writeFeed(join(folder, 'feeds'), {
    '2024-01-15': [ocmw(), AGREEMENT],
    '2024-03-01': [CONTRACT, category('2024-03-01')],
    '2025-01-01': [job('2025-01-01', '')],
    '2025-05-10': [AGREEMENT, CONTRACT].map((row) => changed(row, { end_date: '2024-09-30' })),
  });
}, TIMEOUT_MS);

afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const night = (date: string) =>
  quietNight(test.database, { feedsDir: join(folder, 'feeds'), out: join(folder, 'out'), date });

async function measured(): Promise<string[]> {
  const rows = await presentMeasurements(test.database);
  return rows.map(
    (row) => `M${row['measurement'] as number} ${row['measured_on'] as string} ${row['outcome'] as string}`,
  );
}

/** Euro per kind, reason, component and month of the lines of a run day. */
function booked(runDay: string): Record<string, number> {
  const lines = bookedRows(join(folder, 'out'), 'batch.csv').filter((line) => line.runDay === runDay);
  return Object.fromEntries(
    lines.map((l) => [`${l['kind']} ${l['reason']} ${l['component']} ${l['month']}`, cents(l['amount']) / 100]),
  );
}

it(
  'measures on the day after the end and three months later, and pays the first result',
  async () => {
    await night('2025-01-15');
    expect(await measured()).toEqual(['M1 2025-01-01 POSITIVE']);
    await night('2025-04-15');
    expect(await measured()).toEqual(['M1 2025-01-01 POSITIVE', 'M2 2025-04-01 POSITIVE']);
    expect(booked('2025-04-15')).toEqual({ 'QUARTER REGULAR M1 2025-01': 300 });
  },
  TIMEOUT_MS,
);

it(
  'voids both when the end moves, keeps them in history, and measures anew',
  async () => {
    await night('2025-05-10');
    expect(await measured()).toEqual(['M1 2024-10-01 NEGATIVE', 'M2 2025-01-01 POSITIVE']);
    const history = await test.database.rows<{ version: string }>(
      `select concat_ws(' ', 'M' || measurement, measured_on, outcome, case when voided then 'voided' end) as version
     from twe.measurement_version order by measurement, version_no`,
    );
    expect(history.map(({ version }) => version)).toEqual([
      'M1 2025-01-01 POSITIVE',
      'M1 2025-01-01 POSITIVE voided',
      'M1 2024-10-01 NEGATIVE',
      'M2 2025-04-01 POSITIVE',
      'M2 2025-04-01 POSITIVE voided',
      'M2 2025-01-01 POSITIVE',
    ]);
  },
  TIMEOUT_MS,
);

it(
  'reverses the result and takes back -1,335 in the next final settlement',
  async () => {
    await night('2025-07-15');
    const months = ['2024-10', '2024-11', '2024-12'];
    const back = (component: string, euro: number) =>
      months.map((month) => [`FINAL WEO_END_CORRECTED ${component} ${month}`, euro] as const);
    expect(booked('2025-07-15')).toEqual({
      ...Object.fromEntries([...back('EFF', -250), ...back('C1', -150), ...back('C2', -45)]),
      'FINAL MEASUREMENT_VOID M1 2025-01': -300,
      // What replaces a voided measurement has the same reason.
      'FINAL MEASUREMENT_VOID M2 2025-01': 600,
    });
  },
  TIMEOUT_MS,
);
