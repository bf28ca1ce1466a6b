/** Why guidance subsidy or compensation of a month changed: by the verdict that denies it now, or denied it before. */
import { lastDayOf, OPEN_END, type Month } from '../calendar.js';
import type { Reason } from '../law/codes.js';
import { vdabComponents, type MonthVerdicts } from '../law/entitlement.js';
import type { Law } from '../law/law.js';
import { SegmentList } from '../law/segments.js';
import {
  ART60_NOT_BEGUN,
  ART60_STOPPED,
  BEFORE_ART60,
  BETWEEN_CONTRACTS,
  CATEGORY_WRONG,
  COMPENSATION_CATEGORY_WRONG,
  COMPENSATION_NOT_TIMELY,
  COMPENSATION_TERM_RUNS,
  HELD_WHILE_PENDING,
  NO_ART60,
  NOT_EXTENDED,
  NOT_TIMELY,
  NOTHING_AFTER_MAXIMUM,
  OVER_MAXIMUM,
  PART_2_WAITS_FOR_THE_END,
  PART_3_NOT_YET,
  PART_3_OVER_BOUND,
  PART_3_WITHOUT_ART60,
  type Verdict,
} from '../law/verdict.js';
import type { ChangedAmount, Seen } from './reason.js';
import {
  art60Gone,
  contractGiven,
  contractTaken,
  standingGiven,
  standingTaken,
  type Presence,
} from './reason-of-contract.js';

/** What the facts tell about EFF, C1, C2 or C3 of a month; undefined when both verdicts are the same. */
export function monthReason(change: ChangedAmount, before: Seen, now: Seen, law: Law): Reason | undefined {
  const was = verdictOn(change, before, law);
  const is = verdictOn(change, now, law);
  if (subjectOf(was) === subjectOf(is)) return undefined;
  return change.cents < 0 ? taken(change, is, before, now, law) : given(change, was, before, now, law);
}

/** What denies EFF, C1, C2 or C3 of a month now; undefined when it is due. */
export function presentDenial(change: ChangedAmount, now: Seen, law: Law): Reason | undefined {
  return taken(change, verdictOn(change, now, law), undefined, now, law);
}

/** What a verdict on a month is about. */
type Subject = 'DUE' | 'CATEGORY' | 'STANDING' | 'CONTRACT' | 'MAXIMUM' | 'WEO_END' | 'NOT_ACTIVE' | 'LAW';

const SUBJECTS: ReadonlyMap<Verdict, Subject> = new Map<Verdict, Subject>([
  [CATEGORY_WRONG, 'CATEGORY'],
  [COMPENSATION_CATEGORY_WRONG, 'CATEGORY'],
  [NOT_TIMELY, 'STANDING'],
  [NO_ART60, 'STANDING'],
  [HELD_WHILE_PENDING, 'STANDING'],
  [BEFORE_ART60, 'STANDING'],
  [COMPENSATION_NOT_TIMELY, 'STANDING'],
  [COMPENSATION_TERM_RUNS, 'STANDING'],
  [ART60_NOT_BEGUN, 'CONTRACT'],
  [BETWEEN_CONTRACTS, 'CONTRACT'],
  [ART60_STOPPED, 'CONTRACT'],
  [PART_3_WITHOUT_ART60, 'CONTRACT'],
  [OVER_MAXIMUM, 'MAXIMUM'],
  [NOT_EXTENDED, 'MAXIMUM'],
  [NOTHING_AFTER_MAXIMUM, 'MAXIMUM'],
  [PART_3_OVER_BOUND, 'MAXIMUM'],
  [PART_3_NOT_YET, 'MAXIMUM'],
  [PART_2_WAITS_FOR_THE_END, 'WEO_END'],
]);

function subjectOf(verdict: Verdict | undefined): Subject {
  if (verdict === undefined) return 'NOT_ACTIVE';
  return verdict.due ? 'DUE' : (SUBJECTS.get(verdict) ?? 'LAW');
}

function taken(
  change: ChangedAmount,
  is: Verdict | undefined,
  before: Seen | undefined,
  now: Seen,
  law: Law,
): Reason | undefined {
  switch (subjectOf(is)) {
    case 'CATEGORY':
      return 'CATEGORY';
    case 'STANDING':
      return standingTaken(before, now, law);
    case 'CONTRACT':
      return contractTaken(change.month, before, now, presenceOf(change, law));
    case 'MAXIMUM':
      return byRank(is!, before, now);
    case 'WEO_END':
      return 'WEO_END_CORRECTED';
    case 'NOT_ACTIVE':
      return lastDayOf(change.month) < now.facts.start ? 'WEO_START_CORRECTED' : 'WEO_END_CORRECTED';
    case 'DUE':
    case 'LAW':
      return undefined;
  }
}

function given(change: ChangedAmount, was: Verdict | undefined, before: Seen, now: Seen, law: Law): Reason | undefined {
  switch (subjectOf(was)) {
    case 'CATEGORY':
      return art60Gone(change.month, before, now) ?? 'RELEASED';
    case 'STANDING':
      return standingGiven(before, now);
    case 'CONTRACT':
      return contractGiven(change.month, before, now, presenceOf(change, law));
    case 'MAXIMUM':
      return byRank(was!, before, now);
    case 'WEO_END':
      return endReason(before, now);
    case 'NOT_ACTIVE':
      return notActiveBefore(change.month, before);
    case 'DUE':
    case 'LAW':
      return undefined;
  }
}

/**
 * An amount that waited for the WEO end: nothing is late about an end that had not come when it was last looked at.
 * An end that was not known at all was registered too late; another end was corrected.
 */
export function endReason(before: Seen, now: Seen): Reason {
  if (now.facts.end > before.asOf.today) return 'REGULAR';
  return before.facts.end >= OPEN_END ? 'LATE_REGISTRATION' : 'WEO_END_CORRECTED';
}

function notActiveBefore(month: Month, { facts, asOf }: Seen): Reason {
  if (lastDayOf(month) > asOf.today) return 'REGULAR';
  return lastDayOf(month) < facts.start ? 'WEO_START_CORRECTED' : 'WEO_END_CORRECTED';
}

/** Month 25 and what follows from it: the rank moves with the start; otherwise it is the maximum itself. */
function byRank(verdict: Verdict, before: Seen | undefined, now: Seen): Reason | undefined {
  if (before !== undefined && before.facts.start !== now.facts.start) return 'WEO_START_CORRECTED';
  return verdict === PART_3_NOT_YET ? undefined : 'OVER_24';
}

/** `comp.presence` is about C1 and C2; part 3 and what replaces it look at the last day (R-C3-3). */
function presenceOf({ component }: ChangedAmount, law: Law): Presence {
  return component === 'C3' ? 'LAST_DAY' : law.compPresence;
}

function verdictOn({ component, month }: ChangedAmount, { facts, asOf }: Seen, law: Law): Verdict | undefined {
  let found: Verdict | undefined;
  vdabComponents(facts, law, asOf, new SegmentList(), (counted, verdicts) => {
    if (counted.month === month) found = deciding(component as keyof MonthVerdicts, verdicts);
  });
  return found;
}

/** Past month 24 compensation follows part 3: what denies that is the cause. */
function deciding(component: keyof MonthVerdicts, verdicts: MonthVerdicts): Verdict {
  const verdict = verdicts[component];
  return verdict === NOTHING_AFTER_MAXIMUM ? verdicts.C3 : verdict;
}
