/** A two-line way to write the small feeds of the worked examples into a temporary folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enterpriseNumber, iban, nationalNumber } from '../support/random-feed/identifiers.js';
import { writeDelivery, type FeedRow } from '../support/random-feed/delivery.js';
import { computeOracle, type OracleInput, type OracleResult } from './oracle.js';
import type { LawOverrides } from './law.js';

type Cells = Readonly<Record<string, string>>;

export const OCMW = enterpriseNumber(1);
export const OCMW_2 = enterpriseNumber(2);
export const COMPANY = enterpriseNumber(900);
export const CLIENT = nationalNumber(1);

/** An OCMW that is valid from 2010. */
export function ocmw(id = OCMW, more: Cells = {}): FeedRow {
  const cells = { ocmw_id: id, name: 'OCMW', nis_code: '24033', iban: iban(1), valid_from: '2010-01-01', ...more };
  return { file: 'ocmw.csv', cells };
}

/** The WEO `W` of the client; '' leaves the end open. */
export function weo(start: string, end: string, more: Cells = {}): FeedRow {
  const cells = { weo_id: 'W', ocmw_id: OCMW, insz: CLIENT, start_date: start, end_date: end, ...more };
  return { file: 'weo.csv', cells };
}

/** An art. 60 contract of the WEO `W`, with a Nova Prima reference. */
export function art60(start: string, end: string, more: Cells = {}): FeedRow {
  const id = `A-${more.weo_id ?? 'W'}-${start}`;
  const own = { employment_id: id, insz: CLIENT, weo_id: 'W', employer_id: OCMW, kind: 'ART60', nova_prima_ref: 'NP1' };
  return { file: 'employment.csv', cells: { ...own, start_date: start, end_date: end, fte: '1', ...more } };
}

/** A regular job at a company. */
export function job(start: string, end: string, more: Cells = {}): FeedRow {
  const own = { employment_id: `J-${start}`, insz: CLIENT, employer_id: COMPANY, kind: 'REGULAR', dimona_type: 'OTH' };
  return { file: 'employment.csv', cells: { ...own, start_date: start, end_date: end, ...more } };
}

/** A category record of the client, 90 unless said otherwise. */
export function category(from: string, more: Cells = {}): FeedRow {
  const cells = { category_id: `C-${from}`, insz: CLIENT, code: '90', from_date: from, ...more };
  return { file: 'category.csv', cells };
}

export function budget(year: string, fixed: string, flexible: string, more: Cells = {}): FeedRow {
  const own = { budget_id: `B-${year}`, ocmw_id: OCMW, year, fixed_amount: fixed, flexible_amount: flexible };
  return { file: 'budget.csv', cells: { ...own, ...more } };
}

/** An opening balance: a line of `W` that was paid outside the program. */
export function paidBefore(component: string, month: string, amount: string, more: Cells = {}): FeedRow {
  const own = { payment_id: `P-${component}-${month}`, ocmw_id: OCMW, paid_on: `${month}-28`, amount };
  return { file: 'payment.csv', cells: { ...own, weo_id: 'W', component, month, ...more } };
}

export function decision(measurement: 1 | 2, outcome: string, more: Cells = {}): FeedRow {
  const own = { decision_id: `D-${measurement}`, weo_id: 'W', measurement: String(measurement), outcome };
  return { file: 'decision.csv', cells: { ...own, decided_by: 'team', ...more } };
}

/** Deliveries by name; rows without a registration are registered at noon of the day of their delivery. */
export type Story = Readonly<Record<string, readonly FeedRow[]>>;

/** A payment with a reference, of the total of an OCMW unless a line is named. */
export function payment(id: string, reference: string, amount: string, more: Cells = {}): FeedRow {
  const own = { payment_id: id, ocmw_id: OCMW, paid_on: '2024-01-31', amount, reference };
  return { file: 'payment.csv', cells: { ...own, ...more } };
}

/** What the oracle says of a story on a day; `more` names references and rejections. */
export function oracleOf(
  story: Story,
  date: string,
  law: LawOverrides = {},
  more: Pick<OracleInput, 'references' | 'rejections'> = {},
): OracleResult {
  const feedsDir = mkdtempSync(join(tmpdir(), 'twe-oracle-'));
  try {
    for (const [name, rows] of Object.entries(story)) {
      const noon = `${name.slice(0, 10)}T12:00:00+01:00`;
      const registered = rows.map(({ file, cells }) => ({ file, cells: { registered_at: noon, ...cells } }));
      writeDelivery(feedsDir, name, registered);
    }
    return computeOracle({ feedsDir, date, law, approvalRequired: false, ...more });
  } finally {
    rmSync(feedsDir, { recursive: true });
  }
}

const inEuro = (cents: number): number => cents / 100;

/** Euro due per component, of all months or of those that start with `month`. */
export function due(result: OracleResult, month = ''): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const row of result.entitlements) {
    if (row.month.startsWith(month)) sums[row.component] = (sums[row.component] ?? 0) + inEuro(row.due);
  }
  return sums;
}

/** Euro due of the VDAB components together. */
export function total(result: OracleResult, month = ''): number {
  return Object.values(due(result, month)).reduce((sum, euro) => sum + euro, 0);
}

/** Euro of every batch as `run day kind` to the sum of those lines; batches without lines are left out. */
export function runs(result: OracleResult): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { runDay, lines } of result.batches) {
    for (const { kind, amount } of lines) {
      const key = `${runDay} ${kind}`;
      sums[key] = (sums[key] ?? 0) + inEuro(amount);
    }
  }
  return sums;
}

/** Lines of one run in euro per component. */
export function linesOf(result: OracleResult, runDay: string, kind: string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const batch of result.batches.filter((b) => b.runDay === runDay)) {
    for (const line of batch.lines.filter((l) => l.kind === kind)) {
      sums[line.component] = (sums[line.component] ?? 0) + inEuro(line.amount);
    }
  }
  return sums;
}

/** Measurements as `number date outcome amount evidence`. */
export function measured(result: OracleResult): string[] {
  return result.measurements.map((m) =>
    `${m.measurement} ${m.measured_on} ${m.outcome} ${inEuro(m.amount)} ${m.employment_id}`.trim(),
  );
}
