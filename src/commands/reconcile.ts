/** `twe reconcile`: the account of an OCMW beside ledger, batches and payments of a year; the inspection workbook. */
import { basename, resolve } from 'node:path';
import { formatDay, formatMonth } from '../calendar.js';
import { EXIT, Failure } from '../errors.js';
import { enterpriseNumber } from '../exports/workbook/common-sheets.js';
import { isValidEnterpriseNumber, maskInszIn } from '../identifiers.js';
import { readAccount } from '../inspect/reconcile/account/read-account.js';
import { needsAttention } from '../inspect/reconcile/control-table.js';
import type { Booking, Expected } from '../inspect/reconcile/model.js';
import { reconcile, type Inspection } from '../inspect/reconcile/reconcile.js';
import { summaryLines, totalsByMatter } from '../inspect/reconcile/summary.js';
import { writeInspection } from '../inspect/reconcile/workbook/workbook.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

export interface ReconcileCommandOptions extends CommonOptions {
  readonly ocmw: string;
  readonly year: string;
  readonly account: string;
}

/**
 * Throws a Failure: exit 2 for an OCMW or year that is none or not known, or an account that is not there; exit 3 for an
 * account that cannot be read; and whatever the documents throw.
 */
export async function reconcileCommand(options: ReconcileCommandOptions): Promise<void> {
  const ocmwId = ocmwOf(options.ocmw);
  const year = yearOf(options.year);
  const settings = settingsOf(options);
  const path = resolve(options.account);
  const account = await readAccount(path, settings.reconcile.account);
  const { days, year: paymentYear } = settings.reconcile;
  const inspection = await withDatabase(settings, (database) =>
    reconcile(database, ocmwId, year, account, settings, { days, year: paymentYear, ledgerMap: settings.ledgerMap }),
  );
  const folder = options.out === undefined ? settings.out : resolve(options.out);
  const file = await writeInspection(folder, inspection, account.sha256);
  const terminal = createTerminal(false);
  if (options.json) {
    const source = { file: basename(path), sha256: account.sha256, lines: account.bookings.length };
    terminal.print(JSON.stringify({ ...asJson(inspection), account: source, files: [file] }, null, 2));
    return;
  }
  for (const line of summaryLines(inspection)) terminal.print(line);
  terminal.print(`Written: ${file}`);
}

function ocmwOf(text: string): string {
  const id = text.replaceAll(/[\s.]/g, '');
  if (isValidEnterpriseNumber(id)) return id;
  throw new Failure(
    EXIT.usage,
    `--ocmw ${maskInszIn(text)} is not an enterprise number: 10 digits with their check digits, for example 0212214917.`,
  );
}

function yearOf(text: string): number {
  if (/^(19|20)\d\d$/.test(text)) return Number(text);
  throw new Failure(EXIT.usage, `--year ${maskInszIn(text)} is not a year. Write it as YYYY, for example 2024.`);
}

function asJson(inspection: Inspection) {
  const { ocmw, year, night, reconciliation, control, isStatement } = inspection;
  const { expectedCents, bookedCents, differences, leftAside, uncheckedComponents, searchEnded } = reconciliation;
  return {
    version: 1,
    ocmw: { ocmwId: ocmw.ocmwId, name: ocmw.name, shown: enterpriseNumber(ocmw.ocmwId) },
    year,
    known: { on: formatDay(night.today), runId: night.runId },
    isStatement,
    expectedCents,
    bookedCents,
    matters: totalsByMatter(inspection),
    differences: differences.map(({ kind, matter, expected, bookings, repeated, effectCents }) => ({
      kind,
      matter: matter ?? null,
      effectCents,
      expected: expected.map(expectedAsJson),
      bookings: bookings.map(bookingAsJson),
      repeated: repeated.map(bookingAsJson),
    })),
    leftAside: leftAside.map(bookingAsJson),
    uncheckedComponents,
    searchEnded,
    control: control.map((row) => ({ ...row, month: formatMonth(row.month), needsAttention: needsAttention(row) })),
  };
}

function expectedAsJson({ id, kind, matter, year, day, cents, standing, reference, batchId, period }: Expected) {
  return { id, kind, matter, year, day: formatDay(day), cents, standing, reference, batchId, period };
}

function bookingAsJson({ line, bookedOn, account, field, cents, reference, text }: Booking) {
  const said = { reference: maskInszIn(reference), text: maskInszIn(text) };
  return { line, bookedOn: formatDay(bookedOn), account: account ?? null, field: field ?? null, cents, ...said };
}
