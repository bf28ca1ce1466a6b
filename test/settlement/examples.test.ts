/**
 * The worked examples of the payment calendar, of settlement and of clawback as real nights: one run over the committed
 * fixtures books every batch whose run day has passed, and each example has the amounts of its table in them.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nightly } from '../../jobs/nightly.js';
import { day, formatMonth, parseMonth } from '../../src/calendar.js';
import { loadConfig } from '../../src/config.js';
import { packageRoot } from '../../src/db/package-root.js';
import { isValidStructuredCommunication } from '../../src/identifiers.js';
import { COMPONENTS, REASONS } from '../../src/law/codes.js';
import { createLogger } from '../../src/log.js';
import { runJob } from '../../src/runs/run-job.js';
import { bookedRows, cents, readCsv, sumBy, type CsvRow } from '../night/documents.js';
import type { TestDatabase } from '../support/database.js';
import { createFixturesDatabase, EVENING } from '../support/fixtures-database.js';
import { TABLES } from './example-tables.js';
import { keyOfTests } from '../support/key.js';

let folder: string;
let test: TestDatabase;
let lines: (CsvRow & { readonly runDay: string })[];
let claims: (CsvRow & { readonly runDay: string })[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-examples-'));
  // The night is done; what it booked is published again.
  test = await createFixturesDatabase();
  const config = loadConfig({
    configFile: 'fixtures/twe.config.json',
    out: folder,
    cwd: packageRoot,
    env: keyOfTests(),
  });
  await runJob(test.database, nightly, {
    config,
    today: day(EVENING),
    skipDeliveries: [],
    lang: 'nl',
    progress: () => undefined,
    log: createLogger({ level: 'silent' }),
    documents: 'BATCHES',
  });
  lines = bookedRows(folder, 'batch.csv');
  claims = bookedRows(folder, 'claims.csv');
}, 600_000);

afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the runs booked for an example: `<run day> <kind> <reason> <euro>: <component> <euro>, ...` in order. */
function runsOf(weoId: string): string[] {
  const own = lines.filter((line) => line['weo_id'] === weoId);
  const runs = new Map<string, CsvRow[]>();
  for (const line of own) {
    const key = `${line.runDay} ${line['kind']} ${line['reason']}`;
    runs.set(key, [...(runs.get(key) ?? []), line]);
  }
  return [...runs].map(([key, ofRun]) => `${key} ${euro(ofRun)}: ${byComponent(ofRun)}`).sort();
}

function byComponent(rows: readonly CsvRow[]): string {
  const present = COMPONENTS.filter((component) => rows.some((row) => row['component'] === component));
  return present
    .map((component) => `${component} ${euro(rows.filter((r) => r['component'] === component))}`)
    .join(', ');
}

function euro(rows: readonly CsvRow[]): number {
  return rows.reduce((sum, row) => sum + cents(row['amount']), 0) / 100;
}

describe('the runs of the worked examples', () => {
  it.each(TABLES)('%s: %s', (weo, _about, runs) => {
    expect(runsOf(weo)).toEqual(runs);
  });
});

/** Payment or claim of the OCMW of a municipality in a batch. */
function claimOf(municipality: string, batchId: string): string[] {
  const own = claims.filter((row) => row['name'] === `OCMW ${municipality}` && row['batch_id'] === batchId);
  return own.map((row) => `${row['direction']} ${row['amount']}`);
}

/** Name of who is paid for an example, by run day. */
function paidTo(weoId: string): string[] {
  const own = lines.filter((line) => line['weo_id'] === weoId);
  const names = own.map((line) => {
    const claim = claims.find((row) => row['batch_id'] === line['batch_id'] && row['ocmw_id'] === line['ocmw_id']);
    return `${line.runDay} ${claim?.['name']}`;
  });
  return [...new Set(names)].sort();
}

describe('what an OCMW is paid, or pays back', () => {
  it('pays what is left of +2,100, -500 and -585: 1,015 (X42)', () => {
    expect(claimOf('Tienen', '2025-02-15/yearly-settlement')).toEqual(['PAY 1015.00']);
  });

  it('claims what is left of +400 and -1,335 once: 935 (X42)', () => {
    expect(claimOf('Keerbergen', '2025-02-15/yearly-settlement')).toEqual(['CLAIM 935.00']);
  });

  it('pays each OCMW of a moved client for its own months (X50)', () => {
    expect(paidTo('X50A')).toEqual(['2024-04-15 OCMW Diest', '2024-07-15 OCMW Diest']);
    expect(paidTo('X50B')).toEqual(['2024-07-15 OCMW Herent', '2024-10-15 OCMW Herent', '2025-01-15 OCMW Herent']);
  });

  it('pays the successor from the first run after the merger, also for months before it (X51)', () => {
    expect(paidTo('X51')).toEqual([
      '2024-04-15 OCMW De Pinte',
      '2024-07-15 OCMW De Pinte',
      '2024-10-15 OCMW De Pinte',
      '2025-01-15 OCMW Nazareth-De Pinte',
    ]);
  });

  it('gives every payment and claim a structured communication of its own, with a right check', () => {
    const references = claims.map((row) => row['reference']!);
    expect(new Set(references).size).toBe(references.length);
    expect(references.filter((reference) => !isValidStructuredCommunication(reference))).toEqual([]);
    expect(claims.filter((row) => cents(row['amount']) < 0)).toEqual([]);
  });
});

describe('payment note of one OCMW (X34)', () => {
  const note = () => lines.filter((line) => line.runDay === '2025-01-15' && /^X34/.test(line['weo_id']!));

  it('counts by performance month', () => {
    const counted = COMPONENTS.map((component) => {
      const months = note().filter((line) => line['component'] === component);
      return [component, months.map((line) => line['month']!.slice(5)).join(' ')];
    });
    expect(Object.fromEntries(counted.filter(([, months]) => months !== ''))).toEqual({
      EFF: '10 11 12',
      C1: '10 11 12',
      C2: '03 04 05 06 07 08 09 10 11 12',
    });
  });

  it('is of the trajectory that started in January 2024 alone, and is all that the OCMW is paid', () => {
    expect([...new Set(note().map((line) => line['weo_id']))]).toEqual(['X34A']);
    expect(claimOf('Landen', '2025-01-15/quarterly-payment')).toEqual(['PAY 1650.00']);
  });
});

describe('allowances (X45)', () => {
  it('gives ten increased grants until the budget of 16,000 is short, then two ordinary: 17,000', async () => {
    const entries = await test.database.rows<{ component: number; month: number; cents: number }>(
      `select component, month, sum(cents) as cents
       from twe.ledger_entry cross join generate_series(first_month, last_month) as month
       where weo_id = 'X45' and component >= 6
       group by component, month having sum(cents) <> 0 order by month`,
    );
    const shown = entries.map((each) => [formatMonth(each.month), COMPONENTS[each.component], each.cents / 100]);
    expect(shown).toEqual(
      Array.from({ length: 12 }, (_, index) => [
        formatMonth(parseMonth('2024-01')! + index),
        index < 10 ? 'INC' : 'ORD',
        index < 10 ? 1500 : 1000,
      ]),
    );
  });
});

describe('the batches', () => {
  it('are the quarters and years whose run day lies between the first delivery and the evening', () => {
    const quarters = ['2024', '2025'].flatMap((year) => ['01', '04', '07', '10'].map((m) => `${year}-${m}-15`));
    const expected = [
      ...[...quarters, '2026-01-15'].map((runDay) => `${runDay}/quarterly-payment`),
      ...['2024', '2025', '2026'].map((year) => `${year}-02-15/yearly-settlement`),
    ];
    expect([...new Set(lines.map((line) => line['batch_id']))].sort()).toEqual(expected.sort());
  });

  it('pay and claim per OCMW exactly the sum of its lines', () => {
    const keyOf = (row: CsvRow) => `${row['batch_id']} ${row['ocmw_id']}`;
    const ofLines = sumBy(lines, keyOf, (line) => cents(line['amount']));
    const ofClaims = sumBy(claims, keyOf, (row) => cents(row['amount']) * (row['direction'] === 'PAY' ? 1 : -1));
    expect(ofClaims).toEqual(ofLines);
    expect(new Set(claims.map(keyOf)).size).toBe(claims.length);
  });

  it('are in batch.csv line by line as in the database', async () => {
    const rows = await test.database.rows<Record<string, string | number>>(
      `select batch_id, kind, period, ocmw_id, weo_id, component, month, due_cents, before_cents, cents, reason
       from twe.batch_line join twe.batch using (batch_no)`,
    );
    const stored = rows.map((row) =>
      [
        ...[row['batch_id'], row['kind'], row['period'], row['ocmw_id'], row['weo_id']],
        COMPONENTS[row['component'] as number],
        formatMonth(row['month'] as number),
        ...[row['due_cents'], row['before_cents'], row['cents']],
        REASONS[row['reason'] as number],
      ].join(' '),
    );
    const exported = lines.map((line) =>
      [
        ...[line['batch_id'], line['kind'], line['period'], line['ocmw_id'], line['weo_id']],
        ...[line['component'], line['month'], cents(line['due']), cents(line['before']), cents(line['amount'])],
        line['reason'],
      ].join(' '),
    );
    expect(exported.sort()).toEqual(stored.sort());
  });

  it('have a manifest with the rows, total and digest of their files', () => {
    for (const runDay of ['2024-10-15', '2025-01-15']) {
      const path = join(folder, runDay, 'quarterly-payment');
      const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) as {
        files: { name: string; rows: number; total_cents: number }[];
      };
      for (const { name, rows, total_cents } of manifest.files) {
        const read = readCsv(join(path, name));
        expect([name, rows, total_cents]).toEqual([
          name,
          read.length,
          read.reduce((s, r) => s + cents(r['amount']), 0),
        ]);
      }
    }
  });
});
