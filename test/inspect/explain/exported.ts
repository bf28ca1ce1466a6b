/** What the machine CSVs of a night say of a trajectory, and what its explanation says of the same, in one shape. */
import { join } from 'node:path';
import type { ExplainedBatchLine, Explanation } from '../../../src/inspect/explain/explanation.js';
import { readCsv, type CsvRow } from '../../night/documents.js';

export interface Exported {
  /** Who is paid; undefined when no file holds an amount due or a measurement. */
  readonly payee: string | undefined;
  /** Euro due by component and month. */
  readonly due: Readonly<Record<string, string>>;
  /** `due / ordered / paid` of each line with one of them. */
  readonly position: Readonly<Record<string, string>>;
  readonly measurements: Readonly<Record<string, string>>;
}

const euro = (cents: number): string => (cents / 100).toFixed(2);

/** The files of a published folder, by trajectory. */
export function readExported(folder: string): (weoId: string) => Exported {
  const of = (name: string) => byWeo(readCsv(join(folder, name)));
  const [entitlements, positions, measured] = [of('entitlements.csv'), of('position.csv'), of('measurements.csv')];
  return (weoId) => {
    const own = [entitlements, positions, measured].map((file) => file.get(weoId) ?? []);
    const cell = (row: CsvRow) => `${row['component']} ${row['month']}`;
    return {
      // A line that was only ordered or paid may stand under another OCMW.
      payee: own.flat().find(({ due, amount }) => amount !== undefined || Number(due) !== 0)?.['ocmw_id'],
      due: Object.fromEntries(own[0]!.map((row) => [cell(row), row['due']!])),
      position: Object.fromEntries(
        own[1]!.map((row) => [cell(row), `${row['due']} / ${row['ordered']} / ${row['paid']}`]),
      ),
      measurements: Object.fromEntries(
        own[2]!.map((row) => [row['measurement']!, `${row['measured_on']} ${row['outcome']} ${row['amount']}`]),
      ),
    };
  };
}

function byWeo(rows: readonly CsvRow[]): ReadonlyMap<string, CsvRow[]> {
  const grouped = new Map<string, CsvRow[]>();
  for (const row of rows) grouped.set(row['weo_id']!, [...(grouped.get(row['weo_id']!) ?? []), row]);
  return grouped;
}

/** The same from the explanation alone. */
export function exportedOf(explanation: Explanation): Exported {
  const { lines, measurements } = explanation;
  const due = lines.filter(({ dueCents }) => dueCents !== 0);
  const position = new Map<string, { due: number; ordered: number; paid: number }>();
  const at = (component: string, month: string) => {
    const key = `${component} ${month}`;
    if (!position.has(key)) position.set(key, { due: 0, ordered: 0, paid: 0 });
    return position.get(key)!;
  };
  for (const { component, month, dueCents } of due) at(component, month).due += dueCents;
  for (const line of explanation.batchLines.filter((each) => counts(each, explanation))) {
    const money = at(line.component, line.month);
    money.ordered += line.cents;
    money.paid += paidOf(line, explanation);
  }
  for (const { component, month, cents } of openingPayments(explanation)) {
    const money = at(component, month);
    money.ordered += cents;
    money.paid += cents;
  }
  const stands = [...position].filter(([, each]) => each.due !== 0 || each.ordered !== 0 || each.paid !== 0);
  return {
    payee: explanation.ocmw.payeeId,
    due: Object.fromEntries(due.map(({ component, month, dueCents }) => [`${component} ${month}`, euro(dueCents)])),
    position: Object.fromEntries(
      stands.map(([key, each]) => [key, `${euro(each.due)} / ${euro(each.ordered)} / ${euro(each.paid)}`]),
    ),
    measurements: Object.fromEntries(
      measurements
        .filter(({ outcome }) => outcome !== null)
        .map((each) => [String(each.measurement), `${each.measuredOn} ${each.outcome} ${euro(each.cents)}`]),
    ),
  };
}

/** Rulebook 15.2: rejected or held lines, and those of a payment that came back, count no more. */
function counts(line: ExplainedBatchLine, explanation: Explanation): boolean {
  if (line.state === 'REJECTED' || line.state === 'HELD') return false;
  const back = claimsOf(line, explanation)
    .filter(({ direction }) => direction === 'PAY')
    .some(({ cents, payments }) => {
      const returned = payments.filter((payment) => !payment.forLine && payment.cents < 0);
      return returned.some((each) => -each.cents === cents) || -sum(returned) === cents;
    });
  return !back;
}

function paidOf(line: ExplainedBatchLine, explanation: Explanation): number {
  const confirmed = claimsOf(line, explanation).some(({ direction, cents, payments }) => {
    const own = payments.filter((payment) => !payment.forLine && payment.cents > 0 === (direction === 'PAY'));
    return own.some((each) => Math.abs(each.cents) === cents) || (own.length > 0 && Math.abs(sum(own)) === cents);
  });
  return confirmed && line.state === 'APPROVED' ? line.cents : 0;
}

function claimsOf({ batchId, ocmwId }: ExplainedBatchLine, { batchParts }: Explanation) {
  return batchParts
    .filter((part) => part.batchId === batchId && part.ocmwId === ocmwId)
    .flatMap(({ claims }) => claims);
}

function openingPayments({ records }: Explanation) {
  return records
    .filter(({ kind }) => kind === 'payment')
    .map(({ versions }) => versions.at(-1)!)
    .filter(({ withdrawn, fields }) => !withdrawn && fields['reference'] === undefined && fields['month'] !== undefined)
    .map(({ fields }) => ({
      component: String(fields['component']),
      month: String(fields['month']),
      cents: Number(fields['cents']),
    }));
}

function sum(payments: readonly { readonly cents: number }[]): number {
  return payments.reduce((total, { cents }) => total + cents, 0);
}
