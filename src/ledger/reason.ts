/**
 * Why an amount of the past changed, in the words of R-F-7: by comparing what was known when it was last counted with
 * what is known now. The first difference that explains it wins, in the order of the rulebook's weight: the agreement
 * itself, its dates, the contracts, the category, the measurement.
 */
import { lastDayOf, monthOf, type Month } from '../calendar.js';
import type { Reason } from '../law/codes.js';
import { contractsThatCount, standingOf, type Standing } from '../law/contracts.js';
import { statusOf } from '../law/status.js';
import type { Law } from '../law/law.js';
import { decisionInForce } from '../law/outflow.js';
import { activeMonths, fillMonth, newCountedMonth, type AsOf } from '../law/trajectory.js';
import type { TrajectoryFacts } from '../records/facts.js';

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
 * @param before what was known when the amount was last counted; undefined when the trajectory was not known at all
 */
export function reasonOf(change: ChangedAmount, before: Seen | undefined, now: Seen, law: Law): Reason {
  if (before === undefined) return 'LATE_REGISTRATION';
  return (
    byStatus(before, now) ??
    byDates(change, before, now) ??
    byMeasurement(change, before, now) ??
    byStanding(change, before, now, law) ??
    byContracts(change, before, now, law) ??
    byCategory(change, before, now, law) ??
    byTime(change, before, now) ??
    (sameFacts(before.facts, now.facts) ? 'LAW_CHANGED' : 'OTHER')
  );
}

function byStatus(before: Seen, now: Seen): Reason | undefined {
  const was = statusOf(before.facts);
  const is = statusOf(now.facts);
  if (was === is) return undefined;
  if (is === 'WITHDRAWN') return 'WITHDRAWN';
  if (is === 'HELD') return 'DUPLICATE';
  return was === 'HELD' ? 'DUPLICATE' : 'LATE_REGISTRATION';
}

/**
 * A start or end that was corrected. An end that came in the ordinary course of things is no correction: it must have
 * taken the month away, given it back, or moved after it was reached.
 */
function byDates({ component, month }: ChangedAmount, before: Seen, now: Seen): Reason | undefined {
  if (before.facts.start !== now.facts.start) return 'WEO_START_CORRECTED';
  if (before.facts.end === now.facts.end) return undefined;
  const wasReached = before.facts.end <= before.asOf.today;
  if (component === 'M1' || component === 'M2') return wasReached ? 'MEASUREMENT_VOID' : undefined;
  if (component === 'C2' && wasReached && now.facts.end > now.asOf.today) return 'WEO_END_CORRECTED';
  return isActive(month, before.facts) === isActive(month, now.facts) ? undefined : 'WEO_END_CORRECTED';
}

/** R-M-1 without regard to the day of the question. */
function isActive(month: Month, facts: TrajectoryFacts): boolean {
  const lastDay = lastDayOf(month);
  return facts.start <= lastDay && lastDay <= facts.end;
}

function byMeasurement({ component }: ChangedAmount, before: Seen, now: Seen): Reason | undefined {
  if (component !== 'M1' && component !== 'M2') return undefined;
  for (const measurement of [1, 2] as const) {
    const was = decisionInForce(before.facts, measurement)?.decisionId;
    const is = decisionInForce(now.facts, measurement)?.decisionId;
    if (was !== is) return 'DECISION';
  }
  return undefined;
}

function byStanding(change: ChangedAmount, before: Seen, now: Seen, law: Law): Reason | undefined {
  const was = standingIn(before, law);
  const is = standingIn(now, law);
  if (was === is) return undefined;
  const startCorrected = firstStart(before) !== undefined && firstStart(before) !== firstStart(now);
  if (startCorrected) return 'A60_START_CORRECTED';
  if (change.cents < 0) return is === 'LATE' ? 'LATE_A60' : 'NO_A60';
  return was === 'PENDING' ? undefined : 'LATE_REGISTRATION';
}

function byContracts(change: ChangedAmount, before: Seen, now: Seen, law: Law): Reason | undefined {
  const was = firstStart(before);
  const is = firstStart(now);
  if (was === undefined && is !== undefined) return runsIn(change, now, law) ? 'LATE_REGISTRATION' : undefined;
  if (was !== is) return 'A60_START_CORRECTED';
  const wasRunning = runsIn(change, before, law);
  const isRunning = runsIn(change, now, law);
  if (wasRunning && !isRunning) return 'A60_END_CORRECTED';
  if (!wasRunning && isRunning) {
    const added = contractsThatCount(now.facts).length > contractsThatCount(before.facts).length;
    return added ? 'LATE_REGISTRATION' : 'A60_END_CORRECTED';
  }
  return undefined;
}

function byCategory(change: ChangedAmount, before: Seen, now: Seen, law: Law): Reason | undefined {
  const was = monthAs(change.month, before, law);
  const is = monthAs(change.month, now, law);
  if (was?.categoryOk === is?.categoryOk) return undefined;
  return is?.categoryOk ? 'RELEASED' : 'CATEGORY';
}

function byTime(change: ChangedAmount, before: Seen, now: Seen): Reason | undefined {
  const becameComplete = activeMonths(now.facts, now.asOf.today).last >= change.month;
  const wasComplete = activeMonths(before.facts, before.asOf.today).last >= change.month;
  if (change.cents > 0 && becameComplete && !wasComplete) return 'REGULAR';
  const ended = now.facts.end <= now.asOf.today && before.facts.end > before.asOf.today;
  if (change.cents > 0 && ended) return 'REGULAR';
  const isResult = change.component === 'M1' || change.component === 'M2';
  const measuredSince = change.month >= monthOf(before.asOf.today);
  return isResult && change.cents > 0 && measuredSince ? 'REGULAR' : undefined;
}

function standingIn(seen: Seen, law: Law): Standing {
  return standingOf(seen.facts, contractsThatCount(seen.facts), law, seen.asOf.knownUntil);
}

function firstStart(seen: Seen): number | undefined {
  return contractsThatCount(seen.facts)[0]?.start;
}

function runsIn(change: ChangedAmount, seen: Seen, law: Law): boolean {
  const month = monthAs(change.month, seen, law);
  if (month === undefined) return false;
  return law.compPresence === 'ANY_DAY' && change.component !== 'C3' ? month.art60OnSomeDay : month.art60OnLastDay;
}

function monthAs(month: Month, seen: Seen, law: Law) {
  const { first, last } = activeMonths(seen.facts, seen.asOf.today);
  if (month < first || month > last) return undefined;
  const counted = newCountedMonth();
  fillMonth(counted, month, seen.facts, contractsThatCount(seen.facts), law);
  return counted;
}

/** Same records: then only the law can have made the difference. */
function sameFacts(a: TrajectoryFacts, b: TrajectoryFacts): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
