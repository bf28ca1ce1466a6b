/**
 * When batches are booked and what they may know (rulebook 5, 6 and 15.1): R-P-7 for quarters, R-Y-2 for years.
 */
import { addMonths, firstDayOf, lastDayOf, quarterStart, type Day, type Month } from '../calendar.js';
import type { Law } from './law.js';

/** What a computation may look at: versions registered up to and delivered up to these days (rulebook 15.1). */
export interface Knowledge {
  readonly registeredUntil: Day;
  readonly deliveredUntil: Day;
}

/** Day on which the quarter that begins with `quarter` is paid: `run.day` of the first month after it (R-P-7). */
export function quarterRunDay(quarter: Month, law: Law): Day {
  return firstDayOf(quarter + 3) + law.runDay - 1;
}

/** Knowledge of the quarterly run of a quarter: registered up to its cut-off, delivered up to its run day. */
export function quarterKnowledge(quarter: Month, law: Law): Knowledge {
  const runDay = quarterRunDay(quarter, law);
  return {
    registeredUntil: law.runCutoff === 'QUARTER_END' ? lastDayOf(quarter + 2) : runDay,
    deliveredUntil: runDay,
  };
}

/** Knowledge with which the quarter of a month is paid; what `category.policy = FORFEIT` looks at. */
export function knowledgeOfQuarterOf(month: Month, law: Law): Knowledge {
  return quarterKnowledge(quarterStart(month), law);
}

/** Run day and cut-off of the yearly settlement of a year: `year.cutoff` of the year after it (R-Y-2). */
export function yearRunDay(year: number, law: Law): Day {
  return firstDayOf((year + 1) * 12 + law.yearCutoff.month - 1) + law.yearCutoff.day - 1;
}

/** Last day on which an art. 60 start is timely (R-LC-2, rulebook 2.2). */
export function art60Deadline(weoStart: Day, law: Law): Day {
  const deadline = addMonths(weoStart, law.a60DeadlineMonths);
  return law.a60DeadlineInclusive ? deadline : deadline - 1;
}
