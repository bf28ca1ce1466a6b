/** Guidance subsidy (inspanningsvergoeding, EFF): R-EFF-1 to R-EFF-7, rulebook 3.2. */
import type { Law } from './law.js';
import type { CountedMonth } from './trajectory.js';
import {
  type Ask,
  BEFORE_ART60,
  CATEGORY_WRONG,
  GUIDANCE_DUE,
  HELD_WHILE_PENDING,
  NO_ART60,
  NOT_EXTENDED,
  NOT_TIMELY,
  OVER_MAXIMUM,
  type Verdict,
} from './verdict.js';

/** Whether guidance subsidy is due for an active month; from month 25 compensation part 3 takes its place (R-C3-1). */
export function guidanceSubsidy(month: CountedMonth, part3: Verdict, law: Law, ask?: Ask): Verdict {
  const unmet = timelyStart(month, law);
  ask?.('TIMELY', unmet === undefined);
  if (unmet !== undefined) return unmet;
  const within = !part3.due && month.capRank <= law.effMaxMonths;
  ask?.('WITHIN_MAXIMUM', within);
  if (!within) return OVER_MAXIMUM;
  // Only with `eff.cap_counts = PAID` can months be left past month 24.
  if (month.seq > law.effMaxMonths) {
    ask?.('EXTENDED', month.extendedForRights !== false);
    if (month.extendedForRights === false) return NOT_EXTENDED;
  }
  ask?.('CATEGORY', month.categoryOk);
  return month.categoryOk ? GUIDANCE_DUE : CATEGORY_WRONG;
}

/** R-EFF-4: a timely art. 60 start, with `a60.pending_policy` before and `a60.late_policy` after the deadline. */
function timelyStart(month: CountedMonth, law: Law): Verdict | undefined {
  switch (month.standing) {
    case 'TIMELY':
      return undefined;
    case 'PENDING':
      return law.a60PendingPolicy === 'PAY_PROVISIONAL' ? undefined : HELD_WHILE_PENDING;
    case 'NO_ART60':
      return NO_ART60;
    case 'LATE':
      if (law.a60LatePolicy !== 'PAY_FROM_START') return NOT_TIMELY;
      return month.paidFromStart ? undefined : BEFORE_ART60;
  }
}
