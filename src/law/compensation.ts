/**
 * Compensation (compensatievergoeding): parts 1 and 2 by R-C-1 to R-C-10, rulebook 3.3; part 3 from month 25 by
 * R-C3-1 to R-C3-6, rulebook 3.4.
 */
import type { Law } from './law.js';
import type { CountedMonth } from './trajectory.js';
import {
  COMPENSATION_CATEGORY_WRONG,
  COMPENSATION_DUE,
  COMPENSATION_NOT_TIMELY,
  NO_ART60_IN_MONTH,
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
export function compensation(month: CountedMonth, part3: Verdict, law: Law): Verdict {
  if (!isTimelyForCompensation(month, law)) return COMPENSATION_NOT_TIMELY;
  const present = law.compPresence === 'LAST_DAY' ? month.art60OnLastDay : month.art60OnSomeDay;
  if (!present) return NO_ART60_IN_MONTH;
  if (!month.categoryOk) return COMPENSATION_CATEGORY_WRONG;
  // R-C-5: past month 24 only beside part 3.
  if (month.seq > law.effMaxMonths && !part3.due) return NOTHING_AFTER_MAXIMUM;
  return COMPENSATION_DUE;
}

/** Whether part 3 is due in an active month: it takes the place of guidance subsidy after month 24. */
export function compensationPart3(month: CountedMonth, law: Law): Verdict {
  if (month.seq <= law.effMaxMonths) return PART_3_NOT_YET;
  if (!isTimelyForCompensation(month, law)) return COMPENSATION_NOT_TIMELY;
  if (month.extendedForRights === false) return NOT_EXTENDED;
  if (!month.art60OnLastDay) return PART_3_WITHOUT_ART60;
  if (month.lastDay < law.c3ValidFrom) return PART_3_NOT_IN_FORCE;
  if (law.c3MaxMonths !== undefined && month.seq - law.effMaxMonths > law.c3MaxMonths) return PART_3_OVER_BOUND;
  if (!month.categoryOk) return COMPENSATION_CATEGORY_WRONG;
  return PART_3_DUE;
}

/** R-C-6: follows `a60.late_policy`. */
function isTimelyForCompensation(month: CountedMonth, law: Law): boolean {
  if (month.standing === 'TIMELY') return true;
  if (month.standing !== 'LATE') return false;
  return law.a60LatePolicy === 'EFF_ONLY' || month.paidFromStart;
}
