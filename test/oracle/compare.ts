/** Compares the machine exports of a run with what the oracle computed, in sentences. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { OracleResult } from './oracle.js';

type CsvRow = Record<string, string>;
/** Cents (or texts) by the name of a row. */
type Table = Map<string, string>;

const MOST_SENTENCES = 20;

/**
 * Differences between `outDir` (the folder of the nightly run: entitlements, measurements, position, rejects; batches in
 * the job folders beside it, of any date) and the oracle. Empty when all agree; at most 20 sentences.
 *
 * Claims are compared per period and OCMW: references are the program's own.
 */
export function compareExports(outDir: string, oracle: OracleResult): string[] {
  const read = (file: string): CsvRow[] => readCsv(join(outDir, file));
  const { entitlements, measurements, position, rejects } = oracle;
  const differences = [
    ...compare('entitlements.csv', entitlementsOf(read('entitlements.csv')), entitlementsOf(inText(entitlements))),
    ...compare('measurements.csv', measurementsOf(read('measurements.csv')), measurementsOf(inText(measurements))),
    ...compare('position.csv', positionOf(read('position.csv')), positionOf(inText(position))),
    ...compare('rejects.csv', rejectsOf(read('rejects.csv')), rejectsOf(inText(rejects))),
    ...compareBatches(dirname(dirname(outDir)), oracle),
  ];
  return differences.slice(0, MOST_SENTENCES);
}

/** Batches alone: all job folders of all dates below `out`. */
export function compareBatches(out: string, oracle: OracleResult): string[] {
  const files = jobFolders(out);
  const batchRows = files.flatMap((folder) => readCsv(join(folder, 'batch.csv'), true));
  const periods = new Map(batchRows.map((row) => [row.batch_id!, row.period!]));
  const claimRows = files
    .flatMap((folder) => readCsv(join(folder, 'claims.csv'), true))
    .map((row) => ({ ...row, period: periods.get(row.batch_id!) ?? row.batch_id! }));
  const ofPeriod = (period: string, rows: readonly object[]): CsvRow[] =>
    inText(rows).map((row) => ({ ...row, period }));
  const oracleLines = oracle.batches.flatMap(({ period, lines }) => ofPeriod(period, lines));
  const oracleClaims = oracle.batches.flatMap(({ period, claims }) => ofPeriod(period, claims));
  return [
    ...compare('batch.csv', batchLinesOf(batchRows), batchLinesOf(oracleLines)),
    ...compare('claims.csv', claimsOf(claimRows), claimsOf(oracleClaims)),
  ];
}

/** `<out>/<date>/<job>` of the jobs that book. */
function jobFolders(out: string): string[] {
  return readdirSync(out)
    .sort()
    .flatMap((date) =>
      ['quarterly-payment', 'yearly-settlement', 'final-settlement', 'nightly'].map((job) => join(out, date, job)),
    )
    .filter((folder) => existsSync(join(folder, 'batch.csv')));
}

function readCsv(path: string, mayBeMissing = false): CsvRow[] {
  if (mayBeMissing && !existsSync(path)) return [];
  return parse<CsvRow>(readFileSync(path), { columns: true, bom: true });
}

const CENTS_COLUMNS = ['due', 'before', 'ordered', 'paid', 'open', 'amount'];

/** Rows of the oracle in the form of a CSV. */
function inText(rows: readonly object[]): CsvRow[] {
  return rows.map((row) => {
    const cells = Object.entries(row as Record<string, unknown>).map(([name, value]): [string, string] => [
      name,
      CENTS_COLUMNS.includes(name) ? euro(value as number) : String(value),
    ]);
    return Object.fromEntries(cells);
  });
}

function euro(cents: number): string {
  const sign = cents < 0 ? '-' : '';
  return `${sign}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
}

function entitlementsOf(rows: readonly CsvRow[]): Table {
  return new Map(rows.map((r) => [`${r.ocmw_id} ${r.weo_id} ${r.component} ${r.month}`, `due ${r.due}`]));
}

function measurementsOf(rows: readonly CsvRow[]): Table {
  return new Map(
    rows.map((r) => [
      `${r.ocmw_id} ${r.weo_id} measurement ${r.measurement}`,
      `${r.measured_on} ${r.outcome} evidence '${r.employment_id}' amount ${r.amount}`,
    ]),
  );
}

function positionOf(rows: readonly CsvRow[]): Table {
  return new Map(
    rows.map((r) => [
      `${r.ocmw_id} ${r.weo_id} ${r.component} ${r.month}`,
      `due ${r.due} ordered ${r.ordered} paid ${r.paid} open ${r.open}`,
    ]),
  );
}

function rejectsOf(rows: readonly CsvRow[]): Table {
  return new Map(rows.map((r) => [`${r.delivery} ${r.file} line ${r.line}`, `column ${r.column}`]));
}

/** Lines that show the same key twice (two OCMWs that merged since) are added up; what then is zero is left out. */
function batchLinesOf(rows: readonly CsvRow[]): Table {
  const sums = new Map<string, { due: number; before: number; amount: number }>();
  for (const row of rows) {
    const key = `${row.period} ${row.kind} ${row.ocmw_id} ${row.weo_id} ${row.component} ${row.month}`;
    const sum = sums.get(key) ?? { due: 0, before: 0, amount: 0 };
    sums.set(key, {
      due: sum.due + cents(row.due!),
      before: sum.before + cents(row.before!),
      amount: sum.amount + cents(row.amount!),
    });
  }
  const lines = [...sums].filter(([, sum]) => sum.amount !== 0);
  return new Map(
    lines.map(([key, s]) => [key, `due ${euro(s.due)} before ${euro(s.before)} amount ${euro(s.amount)}`]),
  );
}

function cents(text: string): number {
  return Math.round(Number(text) * 100);
}

/** Claims of nothing are left out. */
function claimsOf(rows: readonly CsvRow[]): Table {
  const real = rows.filter((r) => cents(r.amount!) !== 0);
  return new Map(real.map((r) => [`${r.period} ${r.ocmw_id} ${r.direction}`, `amount ${r.amount}`]));
}

function compare(file: string, found: Table, expected: Table): string[] {
  const keys = [...new Set([...expected.keys(), ...found.keys()])].sort();
  return keys.flatMap((key) => {
    const [should, is] = [expected.get(key), found.get(key)];
    if (should === is) return [];
    if (is === undefined) return [`${file}: ${key} is missing, the oracle says ${should}`];
    if (should === undefined) return [`${file}: ${key} is there (${is}), the oracle has no such row`];
    return [`${file}: ${key} says ${is}, the oracle says ${should}`];
  });
}
