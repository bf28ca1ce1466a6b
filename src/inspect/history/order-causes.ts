/** Why what was ordered or paid changed: batches, decisions on them, payments that came in, failed or came back. */
import { formatDay } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { COMPONENTS } from '../../law/codes.js';
import type { Cents } from '../../money.js';
import {
  NO_PLACE,
  payeeShare,
  type Between,
  type Cause,
  type ChangedLine,
  type ExplainedChange,
  type Share,
} from './causes.js';

interface OrderRow {
  readonly ocmw_id: string;
  readonly batch_id: string;
  readonly weo_id: string;
  readonly component: number;
  readonly month: number;
  readonly cents: Cents;
  readonly night: string;
  readonly counted: boolean;
  readonly counts: boolean;
  readonly ended_by: 'REJECTED' | 'HELD' | 'RETURNED' | null;
  readonly ended_on: string | null;
  readonly ended_text: string;
}

interface PaymentRow {
  readonly weo_id: string;
  readonly component: number;
  readonly month: number;
  readonly payment_id: string;
  readonly known_on: string;
  readonly withdrawn: boolean;
  readonly has_reference: boolean;
  readonly delivery: string;
  readonly line: number;
}

/** Rows of a line of the position. */
class ByLine<Row extends { readonly weo_id: string; readonly component: number; readonly month: number }> {
  private readonly rows = new Map<string, Row[]>();

  constructor(rows: readonly Row[]) {
    for (const row of rows) {
      const key = `${row.weo_id}\t${COMPONENTS[row.component]!}\t${row.month}`;
      this.rows.set(key, [...(this.rows.get(key) ?? []), row]);
    }
  }

  of({ weoId, component, month }: ChangedLine): readonly Row[] {
    return this.rows.get(`${weoId}\t${component}\t${month}`) ?? [];
  }
}

/** Needs the tables of `fillOrderedLines` of the later evening. */
export async function orderCauses(
  session: Session,
  changed: readonly ChangedLine[],
  between: Between,
): Promise<ExplainedChange[]> {
  if (changed.length === 0) return [];
  const orders = new ByLine(await ordersSince(session, changed, between));
  const payments = new ByLine(await paymentsSince(session, changed, between));
  return changed.map((line) => {
    const shares = orders.of(line).flatMap(orderShare);
    const brought = payments.of(line).find(({ has_reference }) => !has_reference);
    return { ...line, shares: [...shares, ...restShare(line, shares, brought)] };
  });
}

/** Payments confirm what was ordered; what was released is confirmed no more. */
export async function paidCauses(
  session: Session,
  changed: readonly ChangedLine[],
  between: Between,
): Promise<ExplainedChange[]> {
  if (changed.length === 0) return [];
  const orders = new ByLine(await ordersSince(session, changed, between));
  const payments = new ByLine(await paymentsSince(session, changed, between));
  return changed.map((line) => {
    const released = orders.of(line).find(({ counted, counts }) => counted && !counts);
    const payment = payments.of(line)[0];
    if (payment !== undefined || released === undefined) return { ...line, shares: restShare(line, [], payment) };
    return { ...line, shares: [{ cause: endOf(released), cents: line.nowCents - line.beforeCents }] };
  });
}

async function ordersSince(session: Session, changed: readonly ChangedLine[], between: Between): Promise<OrderRow[]> {
  const rows = await session.rows<OrderRow>(sql('inspect/list_orders_since'), [
    formatDay(between.since),
    between.sinceMoment,
    weosOf(changed),
  ]);
  return rows.filter(({ ocmw_id }) => ocmw_id === between.ocmwId);
}

function paymentsSince(session: Session, changed: readonly ChangedLine[], { since }: Between): Promise<PaymentRow[]> {
  return session.rows<PaymentRow>(sql('inspect/list_payments_since'), [formatDay(since), weosOf(changed), COMPONENTS]);
}

const weosOf = (changed: readonly ChangedLine[]): string[] => [...new Set(changed.map(({ weoId }) => weoId))];

function orderShare(row: OrderRow): Share[] {
  const { counted, counts, cents, batch_id: batchId, night } = row;
  if (counted === counts) return [];
  if (!counts) return [{ cause: endOf(row), cents: -cents }];
  return [{ cause: { kind: 'BATCH', text: `booked in batch ${batchId}`, night, ...NO_PLACE }, cents }];
}

function endOf({ ended_by: kind, ended_on: night, ended_text: text }: OrderRow): Cause {
  return { kind: kind!, text, night, ...NO_PLACE };
}

function restShare(line: ChangedLine, shares: readonly Share[], payment: PaymentRow | undefined): Share[] {
  const rest = payeeShare(line, shares);
  if (rest.length === 0 || payment === undefined) return rest;
  const { payment_id: id, known_on: night, withdrawn, has_reference: hasReference, delivery, line: number } = payment;
  const what = hasReference ? 'payment' : 'opening balance';
  const text = `${what} ${id} ${withdrawn ? 'was withdrawn' : 'came in'}`;
  return [
    { cause: { kind: 'PAYMENT', text, night, delivery, file: 'payment.csv', line: number }, cents: rest[0]!.cents },
  ];
}
