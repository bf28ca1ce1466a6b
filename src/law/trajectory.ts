/**
 * The month test, base of every payment: R-M-1, rulebook 3.1. A month counts when the WEO is registered on its last
 * calendar day; `seq` is its rank among those months.
 */
import { lastCompleteMonth, lastDayOf, monthOf, type Day, type Month } from '../calendar.js';
import type { Art60Contract, TrajectoryFacts } from '../records/facts.js';
import { categoryAllows } from './category.js';
import type { Standing } from './contracts.js';
import type { Law } from './law.js';

/** For when a computation is made. */
export interface AsOf {
  /** Months and measurements up to this day are computed (rulebook 15.3, 4.3). */
  readonly today: Day;
  /** Day up to which facts are known: decides `pending` (rulebook 3.1). */
  readonly knownUntil: Day;
}

/** One active month of a trajectory with everything the component rules ask. Reused from month to month. */
export interface CountedMonth {
  month: Month;
  lastDay: Day;
  /** Rank of the month among the active months of this WEO, from 1. */
  seq: number;
  /** Months that count for the cap of guidance subsidy up to and including this one (R-EFF-7, `eff.cap_*`). */
  capRank: number;
  standing: Standing;
  /** Late, but `a60.late_policy = PAY_FROM_START` and the month has been reached. */
  paidFromStart: boolean;
  /** An art. 60 contract runs on the last day (`on60`). */
  art60OnLastDay: boolean;
  /** One runs on some day of the month (`comp.presence = ANY_DAY`). */
  art60OnSomeDay: boolean;
  /** One started on the last day or before it. */
  art60Began: boolean;
  /** One starts after the last day; only told when none runs on it. */
  art60ToCome: boolean;
  /** `cat_ok`. */
  categoryOk: boolean;
  /** `weo.extended_for_rights`; undefined when empty. */
  extendedForRights: boolean | undefined;
}

/** First and last active month up to `today`; last < first when there is none (R-M-1). */
export function activeMonths(facts: TrajectoryFacts, today: Day): { first: Month; last: Month } {
  return { first: monthOf(facts.start), last: lastCompleteMonth(Math.min(facts.end, today)) };
}

/** A month object to be filled by `fillMonth`. */
export function newCountedMonth(): CountedMonth {
  return {
    month: 0,
    lastDay: 0,
    seq: 0,
    capRank: 0,
    standing: 'NO_ART60',
    paidFromStart: false,
    art60OnLastDay: false,
    art60OnSomeDay: false,
    art60Began: false,
    art60ToCome: false,
    categoryOk: true,
    extendedForRights: undefined,
  };
}

/** Fills in what depends on contracts and category for one active month (`on60`, `cat_ok`). */
export function fillMonth(
  target: CountedMonth,
  month: Month,
  facts: TrajectoryFacts,
  contracts: readonly Art60Contract[],
  law: Law,
): void {
  const lastDay = lastDayOf(month);
  target.month = month;
  target.lastDay = lastDay;
  target.art60OnLastDay = false;
  target.art60OnSomeDay = false;
  target.art60Began = false;
  target.art60ToCome = false;
  for (const contract of contracts) {
    if (contract.start > lastDay) {
      target.art60ToCome = true;
      break;
    }
    target.art60Began = true;
    if (contract.end >= lastDay) {
      target.art60OnLastDay = true;
      target.art60OnSomeDay = true;
      break;
    }
    if (monthOf(contract.end) === month) target.art60OnSomeDay = true;
  }
  target.categoryOk = !target.art60OnLastDay || categoryAllows(facts, month, law);
  if (target.standing === 'LATE' && law.a60LatePolicy === 'PAY_FROM_START' && target.art60OnLastDay) {
    target.paidFromStart = true;
  }
}
