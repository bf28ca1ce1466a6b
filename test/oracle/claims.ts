/** One payment or claim per OCMW and batch: netting, threshold and what is carried over (R-F-4 to R-F-6, 15.2). */
import type { Batch, BatchLine } from './batches.js';
import { groupBy } from './knowledge.js';
import { toCents, type OracleLaw } from './law.js';

export interface Claim {
  readonly ocmw_id: string;
  /** Cents, never negative. */
  readonly amount: number;
  readonly direction: 'PAY' | 'CLAIM';
}

/** OFFSET_NEXT: cents by OCMW that are still to be taken off; negative when too much was taken off (reading O-54). */
export type Debts = ReadonlyMap<string, number>;

interface NettingGroup {
  readonly ocmwId: string;
  readonly net: number;
  readonly lines: readonly BatchLine[];
}

/**
 * What is netted to one amount: per OCMW, or with `clawback.netting = NONE` the results of its trajectories that are
 * positive and those that are negative apart (reading O-12).
 */
function nettingGroups(lines: readonly BatchLine[], law: OracleLaw): NettingGroup[] {
  const perOcmw = groupBy(lines, (line) => line.ocmw_id);
  return [...perOcmw].flatMap(([ocmwId, ofOcmw]) => {
    if (law.is('clawback.netting', 'PER_OCMW')) return [{ ocmwId, net: sum(ofOcmw), lines: ofOcmw }];
    const trajectories = [...groupBy(ofOcmw, (line) => line.weo_id).values()];
    const sides = [trajectories.filter((t) => sum(t) >= 0), trajectories.filter((t) => sum(t) < 0)];
    return sides
      .map((side) => side.flat())
      .filter((side) => side.length > 0)
      .map((side) => ({ ocmwId, net: sum(side), lines: side }));
  });
}

/** The lines that make up a payment or claim of a batch. */
export function linesOfClaim(
  batch: Pick<Batch, 'lines'>,
  { ocmw_id, direction }: Claim,
  law: OracleLaw,
): readonly BatchLine[] {
  const isWhole = law.is('clawback.netting', 'PER_OCMW');
  const isOfSide = (net: number): boolean => isWhole || (direction === 'PAY' ? net >= 0 : net < 0);
  const groups = nettingGroups(batch.lines, law).filter((group) => group.ocmwId === ocmw_id);
  return groups.filter(({ net }) => isOfSide(net)).flatMap((group) => group.lines);
}

/** 15.2: a claim below the threshold is not booked, its lines stay open. There are no claims under OFFSET_NEXT. */
export function dropSmallClaims(lines: readonly BatchLine[], law: OracleLaw): BatchLine[] {
  if (law.is('clawback.method', 'OFFSET_NEXT')) return [...lines];
  const threshold = toCents(law.number('clawback.threshold'));
  return nettingGroups(lines, law)
    .filter(({ net }) => net >= 0 || -net >= threshold)
    .flatMap((group) => group.lines);
}

/** Payments and claims of a batch; `debts` as they stand before it (only looked at under OFFSET_NEXT). */
export function claimsOf(lines: readonly BatchLine[], law: OracleLaw, job: Batch['job'], debts: Debts): Claim[] {
  const groups = nettingGroups(lines, law);
  if (law.is('clawback.method', 'OFFSET_NEXT')) return paymentsAfterDebts(groups, job, debts);
  return groups
    .filter(({ net }) => net !== 0)
    .map(({ ocmwId, net }) => ({ ocmw_id: ocmwId, amount: Math.abs(net), direction: net > 0 ? 'PAY' : 'CLAIM' }));
}

/**
 * OFFSET_NEXT: a quarterly payment is less what is still to be taken off; what was taken off too much is paid with it,
 * less what the batch itself takes back. Other runs pay what they order (reading O-50).
 */
function paymentsAfterDebts(groups: readonly NettingGroup[], job: Batch['job'], debts: Debts): Claim[] {
  const isQuarterly = job === 'quarterly-payment';
  const ocmws = new Set([...groups.map((group) => group.ocmwId), ...(isQuarterly ? debts.keys() : [])]);
  return [...ocmws].flatMap((ocmwId): Claim[] => {
    const nets = groups.filter((group) => group.ocmwId === ocmwId).map((group) => group.net);
    const gives = nets.filter((net) => net > 0).reduce((a, b) => a + b, 0);
    const takes = nets.filter((net) => net < 0).reduce((a, b) => a - b, 0);
    const debt = isQuarterly ? (debts.get(ocmwId) ?? 0) : 0;
    const amount = Math.max(0, gives - Math.max(0, debt)) + Math.max(0, -debt - takes);
    return amount > 0 ? [{ ocmw_id: ocmwId, amount, direction: 'PAY' }] : [];
  });
}

function sum(lines: readonly BatchLine[]): number {
  return lines.reduce((total, line) => total + line.amount, 0);
}
