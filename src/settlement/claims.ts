/**
 * From lines to one payment or claim per OCMW and batch: netting, threshold and offset (R-F-4 to R-F-6). Pure.
 */
import type { Law } from '../law/law.js';
import type { Cents } from '../money.js';
import type { DraftLine } from './lines.js';

export interface Part {
  readonly ocmwId: string;
  /** Sums of the lines that are booked. */
  readonly positiveCents: Cents;
  readonly negativeCents: Cents;
  /** Taken off from what earlier batches carried over (0 or negative). */
  readonly offsetCents: Cents;
  /** Left to take off from later batches (0 or negative). */
  readonly carriedCents: Cents;
}

export interface Claim {
  readonly ocmwId: string;
  readonly direction: 'PAY' | 'CLAIM';
  readonly cents: Cents;
}

export interface Netted {
  readonly booked: readonly DraftLine[];
  readonly leftOut: readonly { readonly line: DraftLine; readonly cause: string }[];
  readonly parts: readonly Part[];
  readonly claims: readonly Claim[];
}

/**
 * @param carried what earlier batches carried over per OCMW (0 or negative), for `clawback.method = OFFSET_NEXT`
 * @param isQuarter whether the batch pays a quarter: only there is taken off what was carried over (R-F-5)
 */
export function net(
  lines: readonly DraftLine[],
  carried: ReadonlyMap<string, Cents>,
  isQuarter: boolean,
  law: Law,
): Netted {
  const byOcmw = groupBy(lines, (line) => line.ocmwId);
  const booked: DraftLine[] = [];
  const leftOut: { line: DraftLine; cause: string }[] = [];
  const parts: Part[] = [];
  const claims: Claim[] = [];
  for (const ocmwId of [...byOcmw.keys()].sort()) {
    const { claimed, paid } = split(byOcmw.get(ocmwId)!, law);
    const claimCents = -sum(claimed);
    const tooSmall = law.clawbackMethod === 'CLAIM' && claimCents > 0 && claimCents < law.clawbackThresholdCents;
    if (tooSmall) leftOut.push(...claimed.map((line) => ({ line, cause: 'BELOW_THRESHOLD' })));
    const kept = tooSmall ? paid : [...paid, ...claimed];
    if (kept.length === 0) continue;
    booked.push(...kept);
    const part = partOf(ocmwId, kept, carried.get(ocmwId) ?? 0, isQuarter, law);
    parts.push(part);
    claims.push(...claimsOf(part, paid, tooSmall ? [] : claimed, law));
  }
  return { booked, leftOut, parts, claims };
}

/** Lines that end in a claim and lines that end in a payment: the OCMW as a whole, or each trajectory by itself. */
function split(lines: readonly DraftLine[], law: Law): { claimed: DraftLine[]; paid: DraftLine[] } {
  const groups = law.clawbackNetting === 'PER_OCMW' ? [[...lines]] : [...groupBy(lines, (line) => line.weoId).values()];
  const claimed: DraftLine[] = [];
  const paid: DraftLine[] = [];
  for (const group of groups) (sum(group) < 0 ? claimed : paid).push(...group);
  return { claimed, paid };
}

function partOf(ocmwId: string, kept: readonly DraftLine[], carriedBefore: Cents, isQuarter: boolean, law: Law): Part {
  const positiveCents = sum(kept.filter((line) => line.cents > 0));
  const negativeCents = sum(kept.filter((line) => line.cents < 0));
  const about = { ocmwId, positiveCents, negativeCents };
  if (law.clawbackMethod === 'CLAIM') return { ...about, offsetCents: 0, carriedCents: 0 };
  const own = positiveCents + negativeCents;
  if (isQuarter) return { ...about, offsetCents: carriedBefore, carriedCents: Math.min(0, own + carriedBefore) };
  return { ...about, offsetCents: 0, carriedCents: carriedBefore + Math.min(0, own) };
}

function claimsOf(part: Part, paid: readonly DraftLine[], claimed: readonly DraftLine[], law: Law): Claim[] {
  const { ocmwId } = part;
  if (law.clawbackMethod === 'OFFSET_NEXT') {
    const cents = part.positiveCents + part.negativeCents + part.offsetCents;
    return cents > 0 ? [{ ocmwId, direction: 'PAY', cents }] : [];
  }
  const claims: Claim[] = [];
  const payCents = sum(paid);
  const claimCents = -sum(claimed);
  if (payCents > 0) claims.push({ ocmwId, direction: 'PAY', cents: payCents });
  if (claimCents > 0) claims.push({ ocmwId, direction: 'CLAIM', cents: claimCents });
  return claims;
}

function sum(lines: readonly DraftLine[]): Cents {
  return lines.reduce((total, line) => total + line.cents, 0);
}

function groupBy(lines: readonly DraftLine[], keyOf: (line: DraftLine) => string): Map<string, DraftLine[]> {
  const groups = new Map<string, DraftLine[]>();
  for (const line of lines) {
    const group = groups.get(keyOf(line));
    if (group) group.push(line);
    else groups.set(keyOf(line), [line]);
  }
  return groups;
}
