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

/** OFFSET_NEXT: cents by OCMW still to be deducted from a later quarter. */
export type Carried = Map<string, number>;

/**
 * What is netted to one amount: per OCMW, or with `clawback.netting = NONE` the results of its trajectories that are
 * positive and those that are negative apart (reading O-12).
 */
function nettingGroups(
  lines: readonly BatchLine[],
  law: OracleLaw,
): { ocmwId: string; net: number; lines: BatchLine[] }[] {
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

/** 15.2: a claim below the threshold is not booked, its lines stay open. There are no claims under OFFSET_NEXT. */
export function dropSmallClaims(lines: readonly BatchLine[], law: OracleLaw): BatchLine[] {
  if (law.is('clawback.method', 'OFFSET_NEXT')) return [...lines];
  const threshold = toCents(law.number('clawback.threshold'));
  return nettingGroups(lines, law)
    .filter(({ net }) => net >= 0 || -net >= threshold)
    .flatMap((group) => group.lines);
}

/** Payments and claims of a batch. Changes `carried` under OFFSET_NEXT: deducted from quarterly payments only. */
export function claimsOf(
  lines: readonly BatchLine[],
  law: OracleLaw,
  job: Batch['job'],
  carried: Carried,
  payee: (ocmwId: string) => string,
): Claim[] {
  const claims: Claim[] = [];
  for (const { ocmwId, net } of nettingGroups(lines, law)) {
    if (!law.is('clawback.method', 'OFFSET_NEXT')) {
      if (net !== 0) claims.push({ ocmw_id: ocmwId, amount: Math.abs(net), direction: net > 0 ? 'PAY' : 'CLAIM' });
      continue;
    }
    if (net < 0) carried.set(ocmwId, (carried.get(ocmwId) ?? 0) - net);
    const deducted = job === 'quarterly-payment' && net > 0 ? deduct(carried, ocmwId, net, payee) : 0;
    if (net - deducted > 0) claims.push({ ocmw_id: ocmwId, amount: net - deducted, direction: 'PAY' });
  }
  return claims;
}

/** Takes up to `limit` from what is carried for an OCMW or those it has succeeded. */
function deduct(carried: Carried, ocmwId: string, limit: number, payee: (ocmwId: string) => string): number {
  let deducted = 0;
  for (const [of, cents] of carried) {
    if (payee(of) !== ocmwId) continue;
    const part = Math.min(cents, limit - deducted);
    carried.set(of, cents - part);
    deducted += part;
  }
  return deducted;
}

function sum(lines: readonly BatchLine[]): number {
  return lines.reduce((total, line) => total + line.amount, 0);
}
