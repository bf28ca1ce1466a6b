/** What was approved and is not confirmed yet: payments under way and claims that an OCMW has still to pay, by age. */
import { formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import type { Cents } from '../money.js';
import { fillPayee } from '../records/payee.js';
import { fillOrders } from './orders.js';

export interface OpenClaim {
  readonly batchId: string;
  readonly period: string;
  readonly ocmwId: string;
  readonly name: string | null;
  readonly direction: 'PAY' | 'CLAIM';
  /** Structured communication. */
  readonly reference: string;
  readonly cents: Cents;
  /** Confirmed by payment.csv under the reference. */
  readonly receivedCents: Cents;
  /** Of a payment: what failed or came back. */
  readonly returnedCents: Cents;
  readonly approvedOn: string;
  /** Since the approval. */
  readonly days: number;
}

interface Row {
  readonly batch_id: string;
  readonly period: string;
  readonly ocmw_id: string;
  readonly name: string | null;
  readonly direction: 'PAY' | 'CLAIM';
  readonly reference: string;
  readonly cents: number;
  readonly received_cents: number;
  readonly returned_cents: number;
  readonly approved_on: string;
  readonly days: number;
}

/** Payments and claims not confirmed in full on an evening, oldest first. Needs a transaction: it uses temporary tables. */
export async function listOpenClaims(session: Session, evening: Day): Promise<OpenClaim[]> {
  await fillPayee(session, evening);
  await fillOrders(session, evening);
  const rows = await session.rows<Row>(sql('settlement/list_open_claims'), [formatDay(evening)]);
  return rows.map((row) => ({
    batchId: row.batch_id,
    period: row.period,
    ocmwId: row.ocmw_id,
    name: row.name,
    direction: row.direction,
    reference: row.reference,
    cents: row.cents,
    receivedCents: row.received_cents,
    returnedCents: row.returned_cents,
    approvedOn: row.approved_on,
    days: row.days,
  }));
}

/** Ages by which open claims are added up: up to so many days, the last without end. */
const AGES = [30, 60, 90, Infinity] as const;

export interface AgeGroup {
  readonly direction: 'PAY' | 'CLAIM';
  /** `0-30`, `31-60`, `61-90`, `over 90` days. */
  readonly age: string;
  readonly count: number;
  /** Not confirmed yet. */
  readonly openCents: Cents;
}

/** Open amounts by direction and age. */
export function byAge(claims: readonly OpenClaim[]): AgeGroup[] {
  return (['PAY', 'CLAIM'] as const)
    .flatMap((direction) =>
      AGES.map((upTo, index) => {
        const over = index === 0 ? -1 : AGES[index - 1]!;
        const inGroup = claims.filter(
          (claim) => claim.direction === direction && claim.days > over && claim.days <= upTo,
        );
        return {
          direction,
          age: upTo === Infinity ? `over ${over}` : `${over + 1}-${upTo}`,
          count: inGroup.length,
          openCents: inGroup.reduce((sum, claim) => sum + openCentsOf(claim), 0),
        };
      }),
    )
    .filter(({ count }) => count > 0);
}

/** What is not confirmed yet; negative when more came in than was asked. */
export function openCentsOf({ cents, receivedCents, returnedCents }: OpenClaim): Cents {
  return cents - receivedCents + returnedCents;
}

/** Fills the temporary table `open_claim` with the rows of `list_open_claims.sql` for an evening. Needs a transaction. */
export async function fillOpenClaims(session: Session, evening: Day): Promise<void> {
  await fillPayee(session, evening);
  await fillOrders(session, evening);
  const rows = sql('settlement/list_open_claims').replaceAll('$1', `date '${formatDay(evening)}'`);
  await session.client.query(`
    drop table if exists open_claim;
    create temporary table open_claim on commit drop as ${rows}`);
}
