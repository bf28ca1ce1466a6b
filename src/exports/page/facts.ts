/** What the page of a night shows, read in a handful of statements: sums come from the database, not from lines. */
import { formatDay, type Day, type Month } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import type { Cents } from '../../money.js';
import { fillOrders } from '../../settlement/orders.js';

export interface DeliveryFacts {
  readonly name: string;
  readonly state: string;
  readonly mode: string;
  readonly rowCount: number;
  readonly fileCount: number;
  readonly setAside: number;
}

export interface FileFacts {
  readonly file: string;
  readonly rowCount: number;
  readonly setAside: number;
  readonly newVersions: number;
}

export interface RejectFacts {
  readonly file: string;
  readonly column: string;
  readonly code: string;
  readonly rows: number;
  readonly waits: number;
  readonly tonight: number;
}

export interface MoneyFacts {
  readonly component: number;
  readonly month: Month;
  readonly dueCents: Cents;
  readonly orderedCents: Cents;
  readonly paidCents: Cents;
}

/** Everything of one OCMW. */
export interface PayeeMoneyFacts {
  readonly ocmwId: string;
  readonly dueCents: Cents;
  readonly orderedCents: Cents;
}

/** Measurements of a quarter or of an OCMW. */
export interface OutcomeFacts {
  readonly measurement: 1 | 2;
  /** year * 4 + quarter - 1; null in a row of an OCMW. */
  readonly quarter: number | null;
  /** Null in a row of a quarter. */
  readonly ocmwId: string | null;
  readonly positive: number;
  readonly negative: number;
  readonly pending: number;
  readonly cents: Cents;
  readonly tonightPositive: number;
  readonly tonightNegative: number;
  readonly tonightPending: number;
  readonly tonightCents: Cents;
  readonly tonightVoided: number;
}

export interface PayeeFacts {
  readonly ocmwId: string;
  readonly name: string;
  readonly trajectories: number;
  /** Lines of batches that count: what they gave, and what they took back (0 or negative). */
  readonly grantedCents: Cents;
  readonly takenBackCents: Cents;
}

export interface BatchFacts {
  readonly batchId: string;
  readonly job: string;
  readonly period: string;
  readonly runDay: string;
  readonly bookedTonight: boolean | null;
  /** The documents of this folder are those of this batch. */
  readonly isShown: boolean;
  readonly decision: 'APPROVED' | 'REJECTED' | null;
  readonly payCount: number;
  readonly payCents: Cents;
  readonly claimCount: number;
  readonly claimCents: Cents;
}

/** An approved payment or claim that is not confirmed in full. */
export interface OpenClaimFacts {
  readonly ocmw_id: string;
  readonly direction: 'PAY' | 'CLAIM';
  readonly cents: Cents;
  readonly received_cents: Cents;
  readonly days: number;
}

export interface StepFacts {
  readonly runId: string;
  readonly step: string;
  readonly counts: Readonly<Record<string, number>>;
}

export interface NightFacts {
  readonly deliveries: readonly DeliveryFacts[];
  readonly files: readonly FileFacts[];
  readonly rejects: readonly RejectFacts[];
  readonly money: readonly MoneyFacts[];
  readonly moneyByPayee: readonly PayeeMoneyFacts[];
  readonly outcomesByQuarter: readonly OutcomeFacts[];
  readonly outcomesByPayee: readonly OutcomeFacts[];
  readonly payees: readonly PayeeFacts[];
  readonly batches: readonly BatchFacts[];
  readonly openClaims: readonly OpenClaimFacts[];
  readonly steps: readonly StepFacts[];
}

/** Reads everything for the evening of `businessDate`. Needs the tables of `prepareExport`. */
export async function readNightFacts(session: Session, businessDate: Day): Promise<NightFacts> {
  const list = <T>(name: string) => session.rows<T>(sql(`exports/${name}`));
  const money = await list<MoneyFacts & { readonly ocmwId: string | null }>('sum_page_money');
  const outcomes = await list<OutcomeFacts>('sum_page_outcomes');
  await fillOrders(session, businessDate);
  return {
    deliveries: await list('list_page_deliveries'),
    files: await list('list_page_files'),
    rejects: await list('list_page_rejects'),
    money: money.filter(({ ocmwId }) => ocmwId === null),
    moneyByPayee: money.flatMap(({ ocmwId, ...sums }) => (ocmwId === null ? [] : [{ ...sums, ocmwId }])),
    outcomesByQuarter: outcomes.filter(({ quarter }) => quarter !== null),
    outcomesByPayee: outcomes.filter(({ ocmwId }) => ocmwId !== null),
    payees: await list('list_page_payees'),
    batches: await list('list_page_batches'),
    openClaims: await session.rows(sql('settlement/list_open_claims'), [formatDay(businessDate)]),
    steps: await list('list_page_steps'),
  };
}
