/** Which OCMWs stand out, and by what yardstick: each sign asks for numbers that are large enough to say something. */
import type { Cents } from '../../money.js';
import type { ExportedFinding } from '../machine-files.js';
import type { NightFacts } from './facts.js';
import { sumOf } from './page-context.js';
import { chanceLimits, Z998 } from './statistics.js';

export const SIGNS = ['outflowHigh', 'outflowLow', 'takenBack', 'openClaim', 'errors'] as const;
export type Sign = (typeof SIGNS)[number];

/** What a sign asks for at least. */
export const SIGN_LIMITS = {
  decided: 20,
  grantedCents: 10_000_00,
  /** Times the share of all OCMWs together. */
  takenBackTimes: 2,
  openDays: 30,
} as const;

export interface OcmwRow {
  readonly ocmwId: string;
  readonly name: string;
  readonly trajectories: number;
  /** First measurements, decided and positive. */
  readonly decided: number;
  readonly positive: number;
  readonly dueCents: Cents;
  readonly orderedCents: Cents;
  /** Lines of batches that count: what they gave, and what they took back (positive). */
  readonly grantedCents: Cents;
  readonly takenBackCents: Cents;
  /** Approved claims that are not paid back in full: what is missing, and of that what is older than the limit. */
  readonly openClaimCents: Cents;
  readonly oldClaimCents: Cents;
  readonly errors: number;
  readonly findings: number;
  readonly signs: readonly Sign[];
}

export interface Averages {
  /** Share positive of the decided first measurements of all OCMWs; undefined without any. */
  readonly outflow: number | undefined;
  /** Share of what batches granted that batches took back. */
  readonly takenBack: number | undefined;
}

type Unsigned = Omit<OcmwRow, 'signs'>;

/** Every OCMW that is paid, those with most signs first. `nameOf` gives names fit for the page. */
export function ocmwRows(
  facts: NightFacts,
  findings: readonly ExportedFinding[],
  nameOf: (ocmwId: string) => string,
): { readonly rows: readonly OcmwRow[]; readonly averages: Averages } {
  const found = countFindings(findings);
  const outcomes = new Map(
    facts.outcomesByPayee.filter(({ measurement }) => measurement === 1).map((each) => [each.ocmwId, each]),
  );
  const money = new Map(facts.moneyByPayee.map((each) => [each.ocmwId, each]));
  const unsigned = facts.payees.map(({ ocmwId, trajectories, grantedCents, takenBackCents }) => {
    const { dueCents = 0, orderedCents = 0 } = money.get(ocmwId) ?? {};
    const outcome = outcomes.get(ocmwId);
    const claims = facts.openClaims.filter((claim) => claim.ocmw_id === ocmwId && claim.direction === 'CLAIM');
    const missing = (of: typeof claims) => sumOf(of, (claim) => claim.cents - claim.received_cents);
    return {
      ...{ ocmwId, name: nameOf(ocmwId), trajectories, dueCents, orderedCents, grantedCents },
      decided: (outcome?.positive ?? 0) + (outcome?.negative ?? 0),
      positive: outcome?.positive ?? 0,
      // not -0
      takenBackCents: 0 - takenBackCents,
      openClaimCents: missing(claims),
      oldClaimCents: missing(claims.filter(({ days }) => days > SIGN_LIMITS.openDays)),
      errors: found.get(ocmwId)?.errors ?? 0,
      findings: found.get(ocmwId)?.all ?? 0,
    };
  });
  const averages = averagesOf(unsigned);
  const rows = unsigned.filter(hasAnything).map((row) => ({ ...row, signs: signsOf(row, averages) }));
  return { rows: rows.sort((a, b) => b.signs.length - a.signs.length || compareTexts(a.name, b.name)), averages };
}

/** An OCMW that is known and has no trajectory, money or finding does not fill a row. */
function hasAnything({ trajectories, dueCents, orderedCents, grantedCents, findings }: Unsigned): boolean {
  return trajectories > 0 || dueCents !== 0 || orderedCents !== 0 || grantedCents !== 0 || findings > 0;
}

function averagesOf(rows: readonly Unsigned[]): Averages {
  const decided = sumOf(rows, (row) => row.decided);
  const granted = sumOf(rows, ({ grantedCents }) => grantedCents);
  return {
    outflow: decided === 0 ? undefined : sumOf(rows, ({ positive }) => positive) / decided,
    takenBack: granted === 0 ? undefined : sumOf(rows, ({ takenBackCents }) => takenBackCents) / granted,
  };
}

function signsOf(row: Unsigned, { outflow, takenBack }: Averages): Sign[] {
  const signs: Sign[] = [];
  if (outflow !== undefined && row.decided >= SIGN_LIMITS.decided) {
    const { low, high } = chanceLimits(outflow, row.decided, Z998);
    const share = row.positive / row.decided;
    if (share > high) signs.push('outflowHigh');
    if (share < low) signs.push('outflowLow');
  }
  const isLarge = row.grantedCents >= SIGN_LIMITS.grantedCents;
  if (isLarge && row.takenBackCents / row.grantedCents > SIGN_LIMITS.takenBackTimes * (takenBack ?? 0)) {
    signs.push('takenBack');
  }
  if (row.oldClaimCents > 0) signs.push('openClaim');
  if (row.errors > 0) signs.push('errors');
  return signs;
}

function countFindings(findings: readonly ExportedFinding[]): Map<string, { all: number; errors: number }> {
  const counts = new Map<string, { all: number; errors: number }>();
  for (const { ocmwId, severity } of findings) {
    const count = counts.get(ocmwId) ?? { all: 0, errors: 0 };
    count.all += 1;
    if (severity === 'ERROR') count.errors += 1;
    counts.set(ocmwId, count);
  }
  return counts;
}

/** By code unit: the same on every computer, whatever its language. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
