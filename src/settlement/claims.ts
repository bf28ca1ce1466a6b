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
  /** Brought forward from earlier batches: to be taken off (negative) or taken off too much (positive). */
  readonly offsetCents: Cents;
  /** Left for later batches, likewise. */
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
 * @param carried what earlier batches left to take off per OCMW (negative), or took off too much (positive)
 * @param isQuarter whether the batch pays a quarter: only there is taken off what was carried over (R-F-5)
 */
export function net(
  lines: readonly DraftLine[],
  carried: ReadonlyMap<string, Cents>,
  isQuarter: boolean,
  law: Law,
): Netted {
  const byOcmw = groupBy(lines, (line) => line.ocmwId);
  let booked: DraftLine[] = [];
  const leftOut: { line: DraftLine; cause: string }[] = [];
  const parts: Part[] = [];
  const claims: Claim[] = [];
  for (const ocmwId of [...new Set([...byOcmw.keys(), ...owedIn(carried, isQuarter)])].sort()) {
    const { claimed, paid } = split(byOcmw.get(ocmwId) ?? [], law);
    const claimCents = -sum(claimed);
    const tooSmall = law.clawbackMethod === 'CLAIM' && claimCents > 0 && claimCents < law.clawbackThresholdCents;
    if (tooSmall) for (const line of claimed) leftOut.push({ line, cause: 'BELOW_THRESHOLD' });
    const kept = tooSmall ? paid : [...paid, ...claimed];
    if (kept.length === 0 && (carried.get(ocmwId) ?? 0) <= 0) continue;
    // Not push(...): a batch can have more lines than a call has room for arguments.
    booked = booked.concat(kept);
    const sides = { paidCents: sum(paid), claimedCents: tooSmall ? 0 : sum(claimed) };
    const settled = settle(sides, carried.get(ocmwId) ?? 0, isQuarter, law);
    parts.push({
      ocmwId,
      positiveCents: sum(kept.filter((line) => line.cents > 0)),
      negativeCents: sum(kept.filter((line) => line.cents < 0)),
      offsetCents: settled.offsetCents,
      carriedCents: settled.carriedCents,
    });
    if (settled.payCents > 0) claims.push({ ocmwId, direction: 'PAY', cents: settled.payCents });
    if (settled.claimCents > 0) claims.push({ ocmwId, direction: 'CLAIM', cents: settled.claimCents });
  }
  return { booked, leftOut, parts, claims };
}

/** OCMWs from which too much was taken off: a quarterly payment gives it back, also when it has no line of theirs. */
function owedIn(carried: ReadonlyMap<string, Cents>, isQuarter: boolean): string[] {
  return isQuarter ? [...carried].filter(([, cents]) => cents > 0).map(([ocmwId]) => ocmwId) : [];
}

/** Lines that end in a claim and lines that end in a payment: the OCMW as a whole, or each trajectory by itself. */
function split(lines: readonly DraftLine[], law: Law): { claimed: DraftLine[]; paid: DraftLine[] } {
  const groups = law.clawbackNetting === 'PER_OCMW' ? [[...lines]] : [...groupBy(lines, (line) => line.weoId).values()];
  const claimed: DraftLine[] = [];
  const paid: DraftLine[] = [];
  for (const group of groups) {
    const side = sum(group) < 0 ? claimed : paid;
    for (const line of group) side.push(line);
  }
  return { claimed, paid };
}

interface Settled {
  readonly payCents: Cents;
  readonly claimCents: Cents;
  readonly offsetCents: Cents;
  readonly carriedCents: Cents;
}

/**
 * R-F-5: a claim of its own, or deducted from the payment of the next quarter and carried over until used up. What was taken
 * off too much first makes good what is claimed now, then is paid with the quarter.
 */
function settle(
  { paidCents, claimedCents }: { readonly paidCents: Cents; readonly claimedCents: Cents },
  balanceBefore: Cents,
  isQuarter: boolean,
  law: Law,
): Settled {
  if (law.clawbackMethod === 'CLAIM') {
    // Left from a time with the other method: settled at once.
    const payCents = paidCents + Math.max(0, balanceBefore);
    const claimCents = -claimedCents + Math.max(0, -balanceBefore);
    return { payCents, claimCents, offsetCents: balanceBefore, carriedCents: 0 };
  }
  const owed = Math.max(0, balanceBefore);
  const madeGood = Math.min(owed, -claimedCents);
  const paidBack = isQuarter ? owed - madeGood : 0;
  const deducted = isQuarter ? Math.min(paidCents, Math.max(0, -balanceBefore)) : 0;
  return {
    payCents: paidCents + paidBack - deducted,
    claimCents: 0,
    offsetCents: balanceBefore,
    carriedCents: balanceBefore + claimedCents - paidBack + deducted,
  };
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
