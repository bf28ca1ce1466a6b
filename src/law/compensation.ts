/**
 * Compensation (compensatievergoeding): parts 1 and 2 by R-C-1 to R-C-10, rulebook 3.3; part 3 from month 25 by
 * R-C3-1 to R-C3-6, rulebook 3.4.
 */
import type { Law } from './law.js';
import type { CountedMonth } from './trajectory.js';
import {
  type Ask,
  ART60_NOT_BEGUN,
  ART60_STOPPED,
  BETWEEN_CONTRACTS,
  COMPENSATION_BESIDE_PART_3,
  COMPENSATION_CATEGORY_WRONG,
  COMPENSATION_DUE,
  COMPENSATION_NOT_TIMELY,
  COMPENSATION_TERM_RUNS,
  NOT_EXTENDED,
  NOTHING_AFTER_MAXIMUM,
  PART_3_DUE,
  PART_3_NOT_IN_FORCE,
  PART_3_NOT_YET,
  PART_3_OVER_BOUND,
  PART_3_WITHOUT_ART60,
  type Verdict,
} from './verdict.js';

/** Whether parts 1 and 2 are earned in an active month. Part 2 is payable only after the WEO end (R-C-7). */
export function compensation(month: CountedMonth, part3: Verdict, law: Law, ask?: Ask): Verdict {
  const timely = isTimelyForCompensation(month, law);
  ask?.('TIMELY', timely);
  if (!timely) return withoutTimelyStart(month);
  const present = law.compPresence === 'LAST_DAY' ? month.art60OnLastDay : month.art60OnSomeDay;
  ask?.('ART60_PRESENT', present);
  if (!present) return withoutArt60(month);
  ask?.('CATEGORY', month.categoryOk);
  if (!month.categoryOk) return COMPENSATION_CATEGORY_WRONG;
  if (month.seq <= law.effMaxMonths) return COMPENSATION_DUE;
  ask?.('BESIDE_PART_3', part3.due);
  return part3.due ? COMPENSATION_BESIDE_PART_3 : NOTHING_AFTER_MAXIMUM;
}

/** R-C-1 asks for art. 60; R-C-8 and R-C-4 say what a gap and the end of it mean. */
function withoutArt60({ art60Began, art60ToCome }: CountedMonth): Verdict {
  if (!art60Began) return ART60_NOT_BEGUN;
  return art60ToCome ? BETWEEN_CONTRACTS : ART60_STOPPED;
}

/** Whether part 3 is due in an active month: it takes the place of guidance subsidy after month 24. */
export function compensationPart3(month: CountedMonth, law: Law, ask?: Ask): Verdict {
  const past = month.seq > law.effMaxMonths;
  ask?.('PAST_MAXIMUM', past);
  if (!past) return PART_3_NOT_YET;
  const timely = isTimelyForCompensation(month, law);
  ask?.('TIMELY', timely);
  if (!timely) return withoutTimelyStart(month);
  ask?.('EXTENDED', month.extendedForRights !== false);
  if (month.extendedForRights === false) return NOT_EXTENDED;
  ask?.('ART60_ON_LAST_DAY', month.art60OnLastDay);
  if (!month.art60OnLastDay) return PART_3_WITHOUT_ART60;
  const inForce = month.lastDay >= law.c3ValidFrom;
  ask?.('PART_3_IN_FORCE', inForce);
  if (!inForce) return PART_3_NOT_IN_FORCE;
  if (law.c3MaxMonths !== undefined) {
    const within = month.seq - law.effMaxMonths <= law.c3MaxMonths;
    ask?.('WITHIN_BOUND_OF_PART_3', within);
    if (!within) return PART_3_OVER_BOUND;
  }
  ask?.('CATEGORY', month.categoryOk);
  return month.categoryOk ? PART_3_DUE : COMPENSATION_CATEGORY_WRONG;
}

function withoutTimelyStart({ standing }: CountedMonth): Verdict {
  return standing === 'PENDING' ? COMPENSATION_TERM_RUNS : COMPENSATION_NOT_TIMELY;
}

/** R-C-6: follows `a60.late_policy`. */
function isTimelyForCompensation(month: CountedMonth, law: Law): boolean {
  if (month.standing === 'TIMELY') return true;
  if (month.standing !== 'LATE') return false;
  return law.a60LatePolicy === 'EFF_ONLY' || month.paidFromStart;
}
