/**
 * Why an amount of the past changed, in the words of R-F-7: by comparing what was known when it was last counted with
 * what is known now, for the very component and month. What denies a month now explains what is taken back; what denied
 * it before explains what is given.
 */
import type { Month } from '../calendar.js';
import type { Reason } from '../law/codes.js';
import type { Law } from '../law/law.js';
import { statusOf } from '../law/status.js';
import type { AsOf } from '../law/trajectory.js';
import type { TrajectoryFacts } from '../records/facts.js';
import { allowanceReason } from './reason-of-allowance.js';
import { monthReason, presentDenial } from './reason-of-month.js';
import { presentResultDenial, resultReason } from './reason-of-result.js';

/** One side of the comparison: the facts and the day for which they were computed. */
export interface Seen {
  readonly facts: TrajectoryFacts;
  readonly asOf: AsOf;
}

export interface ChangedAmount {
  /** Name in COMPONENTS. */
  readonly component: string;
  readonly month: Month;
  /** Now minus before. */
  readonly cents: number;
}

/**
 * The reason of a ledger entry: what the facts tell; when they tell nothing, the law must have changed.
 * @param before what was known when the amount was last counted; undefined when the trajectory was not known at all
 */
export function reasonOf(change: ChangedAmount, before: Seen | undefined, now: Seen, law: Law): Reason {
  if (before === undefined) return 'LATE_REGISTRATION';
  const told = reasonInFacts(change, before, now, law);
  if (told !== undefined) return told;
  // Allowances also depend on what others took of the budget.
  const sharesBudget = change.component === 'ORD' || change.component === 'INC';
  return sharesBudget && !sameFacts(before.facts, now.facts) ? 'OTHER' : 'LAW_CHANGED';
}

/** What the facts tell about a change, under the present law; undefined when they make no difference for it. */
export function reasonInFacts(change: ChangedAmount, before: Seen, now: Seen, law: Law): Reason | undefined {
  return (
    byStatus(before, now) ??
    byComponent(change, asSeenThen(before), now, law) ??
    byOcmw(change, before.facts, now.facts)
  );
}

/** What denies an amount now, whatever was known before; undefined when nothing does. */
export function reasonAtPresent(change: ChangedAmount, now: Seen, law: Law): Reason | undefined {
  const status = statusOf(now.facts);
  if (status === 'WITHDRAWN') return 'WITHDRAWN';
  if (status === 'HELD') return 'DUPLICATE';
  if (status === 'BEFORE_TWE') return 'WEO_START_CORRECTED';
  if (change.component === 'ORD' || change.component === 'INC') return undefined;
  return isResult(change) ? presentResultDenial(change, now, law) : presentDenial(change, now, law);
}

function byStatus(before: Seen, now: Seen): Reason | undefined {
  const was = statusOf(before.facts);
  const is = statusOf(now.facts);
  if (was === is) return undefined;
  if (is === 'WITHDRAWN') return 'WITHDRAWN';
  if (is === 'HELD' || was === 'HELD') return 'DUPLICATE';
  return was === 'WITHDRAWN' ? 'LATE_REGISTRATION' : 'WEO_START_CORRECTED';
}

function byComponent(change: ChangedAmount, before: Seen, now: Seen, law: Law): Reason | undefined {
  if (change.component === 'ORD' || change.component === 'INC') return allowanceReason(change, before, now);
  return isResult(change) ? resultReason(change, before, now, law) : monthReason(change, before, now, law);
}

/**
 * A corrected `ocmw_id` (rulebook 15.6) that alone explains the change: the agreement is no longer registered with the
 * old OCMW; the new one is paid for the first time.
 */
function byOcmw({ cents }: ChangedAmount, before: TrajectoryFacts, now: TrajectoryFacts): Reason | undefined {
  if (before.ocmwId === now.ocmwId) return undefined;
  return cents < 0 ? 'WITHDRAWN' : 'REGULAR';
}

function isResult({ component }: ChangedAmount): boolean {
  return component === 'M1' || component === 'M2';
}

/** Facts come with the final settlement in force now: before its run day nothing was frozen. */
function asSeenThen(seen: Seen): Seen {
  const { frozen } = seen.facts;
  if (frozen === undefined || frozen.frozenOn < seen.asOf.today) return seen;
  return { ...seen, facts: { ...seen.facts, frozen: undefined } };
}

function sameFacts(a: TrajectoryFacts, b: TrajectoryFacts): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
