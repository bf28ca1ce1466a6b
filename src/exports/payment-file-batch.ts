/** From the database to `betaling-<period>.xml`: what an approved batch pays, written into the folder of its documents. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Debtor } from '../config.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import type { Cents } from '../money.js';
import { paymentFile, totalCents, type Payment, type PaymentBatch } from './payment-file.js';
import type { StagedFile } from './publish.js';

interface PaymentRow {
  readonly period: string;
  readonly decidedOn: string;
  readonly ocmwId: string;
  readonly name: string;
  readonly iban: string | null;
  /** Day on which the account became known, when that was after the run day. */
  readonly knownOn: string | null;
  readonly cents: Cents;
  readonly reference: string;
}

/** What is to be paid by one file, and its name. */
interface PlannedFile {
  readonly name: string;
  readonly batch: PaymentBatch;
}

/**
 * What an approved batch pays: those with an account on its run day, and a supplement for each later day on which accounts
 * of others became known. Empty while it is not approved, or when it pays nothing.
 */
export async function readPaymentBatches(session: Session, batchId: string): Promise<PaymentBatch[]> {
  return (await plannedFiles(session, batchId)).map(({ batch }) => batch);
}

async function plannedFiles(session: Session, batchId: string): Promise<PlannedFile[]> {
  const rows = await session.rows<PaymentRow>(sql('exports/list_payments'), [batchId]);
  if (rows.length === 0) return [];
  const { period, decidedOn } = rows[0]!;
  const withoutIban = rows.filter(({ iban }) => iban === null).map(paymentOf);
  const knownLater = [...new Set(rows.flatMap(({ knownOn }) => knownOn ?? []))].sort();
  const paidBy = (day: string | null) =>
    rows.flatMap((row) => (row.iban !== null && row.knownOn === day ? { ...paymentOf(row), iban: row.iban } : []));
  const first = { batchId, period, decidedOn, payments: paidBy(null), withoutIban };
  const supplements = knownLater.map((day) => ({
    name: `betaling-${period}-${day}.xml`,
    batch: {
      // A message of its own: within the 35 characters of an identifier.
      batchId: `${batchId}+${day.slice(2).replaceAll('-', '')}`,
      period,
      decidedOn: day > decidedOn ? day : decidedOn,
      payments: paidBy(day),
      withoutIban: [],
    },
  }));
  return [{ name: `betaling-${period}.xml`, batch: first }, ...supplements];
}

function paymentOf({ ocmwId, name, cents, reference }: PaymentRow): Payment {
  return { ocmwId, name, cents, reference };
}

/**
 * Writes the payment files of the approved batches into a folder; none without a debtor (`payment.debtor_*`) or when there
 * is nothing that can be paid.
 */
export async function writePaymentFiles(
  session: Session,
  folder: string,
  batchIds: readonly string[],
  debtor: Debtor | undefined,
): Promise<StagedFile[]> {
  if (debtor === undefined) return [];
  const files: StagedFile[] = [];
  for (const batchId of batchIds) {
    for (const { name, batch } of await plannedFiles(session, batchId)) {
      if (batch.payments.length === 0) continue;
      await writeFile(join(folder, name), paymentFile(batch, debtor));
      files.push({ name, rows: batch.payments.length, totalCents: totalCents(batch.payments) });
    }
  }
  return files;
}
