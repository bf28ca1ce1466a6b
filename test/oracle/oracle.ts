/**
 * The second, independent computation: what `twe run nightly --date D` must export, straight from the rules, naive and
 * without a database. The choices it takes where the text leaves room stand in `readings.md` (O-01, O-02, ...).
 */
import { bookBatches, type Batch, type Ledger } from './batches.js';
import type { Day, Month } from './days.js';
import { dueLines } from './due.js';
import { readFeeds, type Reject } from './feeds.js';
import { know, makeArchive } from './knowledge.js';
import { readLaw, type Component, type LawOverrides } from './law.js';
import { measure, resultCents, type Outcome } from './measurements.js';
import { indexAmounts, keyOfLine, orderedUntil } from './orders.js';
import { standingOfOrders, type References, type Rejection } from './payments.js';

export interface Entitlement {
  readonly ocmw_id: string;
  readonly weo_id: string;
  readonly component: Component;
  readonly month: Month;
  /** Cents. */
  readonly due: number;
}

export interface MeasurementRow {
  readonly ocmw_id: string;
  readonly weo_id: string;
  readonly measurement: 1 | 2;
  readonly measured_on: Day;
  readonly outcome: Outcome;
  readonly employment_id: string;
  /** Cents. */
  readonly amount: number;
}

export interface PositionRow extends Entitlement {
  /** Cents. */
  readonly ordered: number;
  readonly paid: number;
  readonly open: number;
}

export interface OracleResult {
  readonly entitlements: readonly Entitlement[];
  readonly measurements: readonly MeasurementRow[];
  readonly position: readonly PositionRow[];
  readonly rejects: readonly Reject[];
  readonly batches: readonly Batch[];
}

export interface OracleInput {
  readonly feedsDir: string;
  /** Business date D: one first night over the whole folder, unless `nights` says that others went before. */
  readonly date: Day;
  /** All nights that were run, in order, the last one D. Only `final.when = NIGHTLY` depends on it. */
  readonly nights?: readonly Day[];
  /** Overrides of rulebook section 12, raw. */
  readonly law: LawOverrides;
  /** Makes no difference here: a batch that waits for approval counts as ordered. */
  readonly approvalRequired: boolean;
  /** Which reference was given to which payment or claim; without it a payment with a reference is unmatched. */
  readonly references?: References;
  readonly rejections?: readonly Rejection[];
}

/** Computes everything that the machine exports of that night must hold. Throws on a file that is no proper file. */
export function computeOracle(input: OracleInput): OracleResult {
  const { feedsDir, date, nights = [date], references = new Map(), rejections = [] } = input;
  const law = readLaw(input.law);
  const feeds = readFeeds(feedsDir, date);
  const archive = makeArchive(feeds);
  const ledger = bookBatches(archive, { law, references, rejections }, nights);
  const known = know(archive, date, date);
  const question = { archive, law, known };

  const due = dueLines(question, ledger.frozen).map(({ weo, component, month, cents }) => ({
    ocmwId: known.payee(weo.ocmwId, date),
    weoId: weo.id,
    component,
    month,
    cents,
  }));
  const measurements = [...known.weos.values()].flatMap((weo) => {
    const made = measure(weo, question, ledger.frozen);
    const cents = resultCents(weo, made, question);
    return made.map((m) => ({
      ocmw_id: known.payee(weo.ocmwId, date),
      weo_id: weo.id,
      measurement: m.number,
      measured_on: m.date,
      outcome: m.outcome,
      employment_id: m.evidence,
      amount: cents[m.number],
    }));
  });
  return {
    entitlements: due.map(({ ocmwId, weoId, component, month, cents }) => ({
      ocmw_id: ocmwId,
      weo_id: weoId,
      component,
      month,
      due: cents,
    })),
    measurements,
    position: positionOf(due, [...orderedUntil(ledger, archive, date).values()], paidOn(ledger, archive, date)),
    rejects: feeds.rejects,
    batches: ledger.batches,
  };
}

type Amounts = Parameters<typeof indexAmounts>[0];

/** What payment.csv brought in as opening balance, and the lines of batches that it confirmed (15.2). */
function paidOn(ledger: Ledger, archive: ReturnType<typeof makeArchive>, date: Day): Amounts {
  const known = know(archive, date, date);
  const opening = known.openingPayments.map((p) => ({ ...p, component: p.component as Component }));
  const { confirmed } = standingOfOrders(ledger, archive, date);
  const ofBatches = [...confirmed].map((line) => ({ ...keyOfLine(line), cents: line.amount }));
  return [...opening, ...ofBatches].map((paid) => ({ ...paid, ocmwId: known.payee(paid.ocmwId, date) }));
}

function positionOf(due: Amounts, ordered: Amounts, paid: Amounts): PositionRow[] {
  const [dueBy, orderedBy, paidBy] = [indexAmounts(due), indexAmounts(ordered), indexAmounts(paid)];
  const keys = new Map([...dueBy, ...orderedBy, ...paidBy]);
  const rows = [...keys].map(([name, { ocmwId, weoId, component, month }]) => {
    const [dueCents, orderedCents] = [dueBy.get(name)?.cents ?? 0, orderedBy.get(name)?.cents ?? 0];
    const cents = {
      due: dueCents,
      ordered: orderedCents,
      paid: paidBy.get(name)?.cents ?? 0,
      open: dueCents - orderedCents,
    };
    return { ocmw_id: ocmwId, weo_id: weoId, component, month, ...cents };
  });
  return rows.filter((row) => row.due !== 0 || row.ordered !== 0 || row.paid !== 0);
}
