/**
 * What `payment.csv` and rejections say of what was ordered (15.2, contract section 3): which lines count no more, how
 * much of a payment came back, and which lines are confirmed. A reference is known by the part that it was given to.
 */
import type { Batch, BatchLine, Ledger } from './batches.js';
import { linesOfClaim, type Claim } from './claims.js';
import type { Day } from './days.js';
import { know, type Archive, type ReferencedPayment } from './knowledge.js';

/** The payment or claim of one OCMW in one batch. */
export interface PartName {
  readonly job: Batch['job'];
  /** `2024-Q1` or `2024`. */
  readonly period: string;
  readonly ocmw_id: string;
  readonly direction: Claim['direction'];
}

/** Structured communications that batches were given: their form is free, so whoever asks must say which is whose. */
export type References = ReadonlyMap<string, PartName>;

/** A batch that was refused, from a day on. */
export interface Rejection {
  readonly job: Batch['job'];
  readonly period: string;
  readonly day: Day;
}

/** How the orders stand on a day. */
export interface Standing {
  /** Lines that count no more: of a rejected batch, of a part that came back, or come back by themselves. */
  readonly released: Set<BatchLine>;
  /** Cents of a payment that came back. */
  readonly cameBack: Map<Claim, number>;
  readonly confirmed: Set<BatchLine>;
}

/** How everything that was booked so far stands with the payments and rejections known on `day`. */
export function standingOfOrders(ledger: Ledger, archive: Archive, day: Day): Standing {
  const standing: Standing = { released: new Set(), cameBack: new Map(), confirmed: new Set() };
  const known = know(archive, day, day);
  for (const batch of ledger.batches) {
    const isRejected = ledger.setting.rejections.some((r) => isOf(batch, r) && r.day <= day);
    if (isRejected) batch.lines.forEach((line) => standing.released.add(line));
    for (const claim of batch.claims) {
      if (isRejected) standing.cameBack.set(claim, claim.amount);
      const payments = known.referencedPayments.filter((payment) => {
        const part = ledger.setting.references.get(payment.reference);
        if (!part || !isOf(batch, part) || part.direction !== claim.direction) return false;
        const payees = [part.ocmw_id, claim.ocmw_id, payment.ocmwId].map((ocmw) => known.payee(ocmw, day));
        return part.ocmw_id === claim.ocmw_id && new Set(payees).size === 1;
      });
      if (!isRejected) judge(standing, claim, linesOfClaim(batch, claim, ledger.setting.law), payments);
    }
  }
  return standing;
}

/**
 * One payment or claim of a batch. Positive on a payment: paid. Negative on a payment: it came back. Negative on a claim:
 * the OCMW paid it back. Only amounts that fit count (reading O-53).
 */
function judge(
  standing: Standing,
  claim: Claim,
  lines: readonly BatchLine[],
  payments: readonly ReferencedPayment[],
): void {
  const isPayment = claim.direction === 'PAY';
  const inwards = payments.filter((p) => p.cents < 0);
  const confirming = isPayment ? payments.filter((p) => p.cents > 0) : inwards;
  for (const line of lines) {
    const ofLine = (p: ReferencedPayment): boolean => namesLine(p, line);
    const isWhole = addUpTo(confirming, isPayment ? claim.amount : -claim.amount);
    if (isWhole || confirming.some((p) => ofLine(p) && p.cents === line.amount)) standing.confirmed.add(line);
    if (isPayment && inwards.some((p) => ofLine(p) && p.cents === -line.amount)) {
      standing.released.add(line);
      standing.cameBack.set(claim, (standing.cameBack.get(claim) ?? 0) + line.amount);
    }
  }
  if (isPayment && addUpTo(inwards, -claim.amount)) {
    lines.forEach((line) => standing.released.add(line));
    standing.cameBack.set(claim, claim.amount);
  }
  for (const line of lines) if (standing.released.has(line)) standing.confirmed.delete(line);
}

/** One of them alone, or the first ones together, are the amount; those that name a line are not of the total. */
function addUpTo(payments: readonly ReferencedPayment[], cents: number): boolean {
  let sum = 0;
  return payments.filter(namesNoLine).some((payment) => {
    sum += payment.cents;
    return payment.cents === cents || sum === cents;
  });
}

function namesNoLine({ weoId, component, month }: ReferencedPayment): boolean {
  return weoId === '' && component === '' && month === '';
}

function namesLine(payment: ReferencedPayment, line: BatchLine): boolean {
  return payment.weoId === line.weo_id && payment.component === line.component && payment.month === line.month;
}

function isOf(batch: Batch, { job, period }: { readonly job: Batch['job']; readonly period: string }): boolean {
  return batch.job === job && batch.period === period;
}
