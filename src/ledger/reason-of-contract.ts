/**
 * Which change of art. 60 (or of the WEO start, on which the deadline and the holding of contracts depend) gave or took a
 * month.
 */
import { firstDayOf, lastDayOf, type Month } from '../calendar.js';
import type { Reason } from '../law/codes.js';
import { contractsThatCount, standingOf } from '../law/contracts.js';
import type { Law } from '../law/law.js';
import type { Art60Contract } from '../records/facts.js';
import type { Seen } from './reason.js';

/** When art. 60 counts as present in a month, as `comp.presence` has it. */
export type Presence = Law['compPresence'];

/** Why a trajectory is not timely (any more). */
export function standingTaken(before: Seen | undefined, now: Seen, law: Law): Reason {
  const moved = before && movedStart(before, now);
  if (moved) return moved;
  const standing = standingOf(now.facts, contractsThatCount(now.facts), law, now.asOf.knownUntil);
  return standing === 'LATE' ? 'LATE_A60' : 'NO_A60';
}

/**
 * Why a trajectory became timely. A first contract that only began after the earlier look was not registered too late:
 * the month waited for it (`a60.pending_policy = HOLD`).
 */
export function standingGiven(before: Seen, now: Seen): Reason | undefined {
  const moved = movedStart(before, now);
  if (moved) return moved;
  const first = contractsThatCount(now.facts)[0];
  if (first === undefined || first.employmentId === contractsThatCount(before.facts)[0]?.employmentId) return undefined;
  return first.start > before.asOf.knownUntil ? 'REGULAR' : 'LATE_REGISTRATION';
}

/** The corrected start that moved the first art. 60 start towards its deadline: of the contract, or of the WEO. */
function movedStart(before: Seen, now: Seen): Reason | undefined {
  const was = before.facts.contracts[0];
  const same = now.facts.contracts.find((each) => each.employmentId === was?.employmentId);
  if (was !== undefined && same !== undefined && was.start !== same.start) return 'A60_START_CORRECTED';
  return same !== undefined && before.facts.start !== now.facts.start ? 'WEO_START_CORRECTED' : undefined;
}

/** Why art. 60 does not run in a month (any more). */
export function contractTaken(month: Month, before: Seen | undefined, now: Seen, presence: Presence): Reason {
  const was = before && contractIn(month, before, presence);
  if (!was) return startsAfter(month, now.facts.contracts) ? 'A60_START_CORRECTED' : 'A60_END_CORRECTED';
  const is = now.facts.contracts.find((each) => each.employmentId === was.employmentId);
  if (is !== undefined) return cornerOf(was, is, month, before, now);
  // Withdrawn; or registered anew with another end.
  return now.facts.contracts.some((each) => each.start === was.start) ? 'A60_END_CORRECTED' : 'WITHDRAWN';
}

/** Why art. 60 runs in a month in which it did not before. */
export function contractGiven(month: Month, before: Seen, now: Seen, presence: Presence): Reason | undefined {
  const is = contractIn(month, now, presence);
  if (is === undefined) return undefined;
  const was = before.facts.contracts.find((each) => each.employmentId === is.employmentId);
  if (was !== undefined) return cornerOf(is, was, month, before, now);
  return before.facts.contracts.some((each) => each.start === is.start) ? 'A60_END_CORRECTED' : 'LATE_REGISTRATION';
}

/** Why no art. 60 runs any more on the last day of a month, where it did; then the category is not asked (R-EFF-5). */
export function art60Gone(month: Month, before: Seen, now: Seen): Reason | undefined {
  const stillRuns = contractIn(month, now, 'LAST_DAY') !== undefined;
  return stillRuns ? undefined : contractTaken(month, before, now, 'LAST_DAY');
}

/** Which date keeps `without` out of a month in which `within`, the same contract, runs. */
function cornerOf(within: Art60Contract, without: Art60Contract, month: Month, before: Seen, now: Seen): Reason {
  if (without.start > lastDayOf(month)) return 'A60_START_CORRECTED';
  if (without.end < within.end && without.end < lastDayOf(month)) return 'A60_END_CORRECTED';
  // It covers the month, but is held because it starts before its WEO.
  return within.start === without.start && before.facts.start !== now.facts.start
    ? 'WEO_START_CORRECTED'
    : 'A60_START_CORRECTED';
}

function contractIn(month: Month, { facts }: Seen, presence: Presence): Art60Contract | undefined {
  const until = presence === 'LAST_DAY' ? lastDayOf(month) : firstDayOf(month);
  return contractsThatCount(facts).find(({ start, end }) => start <= lastDayOf(month) && end >= until);
}

function startsAfter(month: Month, contracts: readonly Art60Contract[]): boolean {
  return contracts.length > 0 && contracts.every(({ start }) => start > lastDayOf(month));
}
