/** What VDAB paid and claimed, as an account of the OCMW should hold it: batches, and what was paid outside this program. */
import { day, formatDay, formatMonth, monthOf, parseMonth, yearOf, type Day, type Month } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { COMPONENTS, type Component } from '../../law/codes.js';
import type { Cents } from '../../money.js';
import type { PaymentYear } from './load.js';
import type { Expected, ExpectedPart, Standing } from './model.js';

interface BatchRow {
  readonly batch_id: string;
  readonly period: string;
  readonly run_day: string;
  readonly direction: 'PAY' | 'CLAIM';
  readonly cents: Cents;
  readonly reference: string;
  readonly standing: Exclude<Standing, 'RETURNED'>;
  readonly payments: readonly { readonly paidOn: string; readonly cents: Cents }[];
  readonly lines: readonly (readonly [weoId: string, component: number, month: Month, cents: Cents])[];
}

/** Payments (positive) and claims (negative) of batches. */
export async function batchesOf(
  session: Session,
  ocmwId: string,
  today: Day,
  paymentYear: PaymentYear,
): Promise<Expected[]> {
  const rows = await session.rows<BatchRow>(sql('inspect/list_expected_batches'), [ocmwId, formatDay(today)]);
  return rows.map((row) => {
    const sign = row.direction === 'PAY' ? 1 : -1;
    const confirmed = row.payments.filter(({ cents }) => cents > 0 === (sign === 1)).at(-1);
    const returnedCents = sign === 1 ? sumOfSign(row, -1) : 0;
    const standing = row.standing === 'STANDS' && returnedCents >= row.cents ? 'RETURNED' : row.standing;
    const on = day(confirmed?.paidOn ?? row.run_day);
    return {
      id: `${row.batch_id} ${row.direction}`,
      kind: 'BATCH',
      matter: 'VDAB',
      year: paymentYear === 'PAID' ? yearOf(monthOf(on)) : Number(row.period.slice(0, 4)),
      day: on,
      cents: standing === 'STANDS' ? sign * row.cents : 0,
      standing,
      reference: row.reference,
      batchId: row.batch_id,
      period: row.period,
      confirmedOn: confirmed === undefined ? undefined : on,
      parts: row.lines.map(([weoId, component, month, cents]) => ({
        weoId,
        component: COMPONENTS[component]!,
        month,
        cents,
      })),
    };
  });
}

function sumOfSign({ payments }: BatchRow, sign: 1 | -1): Cents {
  return payments.reduce((sum, { cents }) => sum + (Math.sign(cents) === sign ? Math.abs(cents) : 0), 0);
}

/** What was paid before this program, or beside it: one payment for each day, and each year when the months decide. */
export async function openingPaymentsOf(
  session: Session,
  ocmwId: string,
  today: Day,
  paymentYear: PaymentYear,
): Promise<Expected[]> {
  const rows = await session.rows<{
    paid_on: string;
    weo_id: string;
    component: Component;
    month: string;
    cents: Cents;
  }>(sql('inspect/list_opening_payments'), [ocmwId, formatDay(today)]);
  const payments = new Map<string, { readonly year: number; readonly paidOn: Day; readonly parts: ExpectedPart[] }>();
  for (const row of rows) {
    const paidOn = day(row.paid_on);
    const month = parseMonth(row.month.slice(0, 7))!;
    const year = yearOf(paymentYear === 'PAID' ? monthOf(paidOn) : month);
    // Allowances that were paid outside are granted months of the ledger as well.
    if (row.component === 'ORD' || row.component === 'INC') continue;
    const key = `${row.paid_on} ${year}`;
    const payment = payments.get(key) ?? { year, paidOn, parts: [] };
    payments.set(key, payment);
    payment.parts.push({ weoId: row.weo_id, component: row.component, month, cents: row.cents });
  }
  return [...payments].map(([key, { year, paidOn, parts }]) => ({
    id: `opening ${key}`,
    kind: 'OPENING',
    matter: 'VDAB',
    year,
    day: paidOn,
    cents: parts.reduce((sum, { cents }) => sum + cents, 0),
    standing: 'STANDS',
    reference: '',
    batchId: '',
    period: periodOf(parts),
    confirmedOn: paidOn,
    parts,
  }));
}

function periodOf(parts: readonly ExpectedPart[]): string {
  const months = parts.map(({ month }) => month);
  const [first, last] = [Math.min(...months), Math.max(...months)].map(formatMonth);
  return first === last ? first! : `${first!} - ${last!}`;
}
