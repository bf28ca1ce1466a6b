/** Which batches are due on a day: R-P-7, R-Y-2 and rulebook 15.1. Pure: schedule, what is booked, today. */
import { lastDayOf, monthOf, quarterStart, yearOf, formatMonth, type Day, type Month } from '../calendar.js';
import type { Law } from '../law/law.js';
import { quarterKnowledge, quarterRunDay, yearRunDay, type Knowledge } from '../law/payment-calendar.js';

export type BatchJob = 'quarterly-payment' | 'yearly-settlement' | 'final-settlement';

export interface DueBatch {
  readonly job: BatchJob;
  readonly runDay: Day;
  /** `2024-Q1`, the closed quarter, or `2024`. */
  readonly period: string;
  /** Months up to this one can have lines. */
  readonly lastMonth: Month;
  /** First month of the closed quarter; undefined for a year. */
  readonly quarter: Month | undefined;
  readonly known: Knowledge;
}

/** The batch that pays the quarter beginning with `quarter`. */
export function quarterBatch(quarter: Month, law: Law): DueBatch {
  return {
    job: 'quarterly-payment',
    runDay: quarterRunDay(quarter, law),
    period: quarterName(quarter),
    lastMonth: quarter + 2,
    quarter,
    known: quarterKnowledge(quarter, law),
  };
}

/** The yearly settlement of a year: its cut-off is its run day. */
export function yearBatch(year: number, law: Law): DueBatch {
  const runDay = yearRunDay(year, law);
  return {
    job: 'yearly-settlement',
    runDay,
    period: String(year),
    lastMonth: year * 12 + 11,
    quarter: undefined,
    known: { registeredUntil: runDay, deliveredUntil: runDay },
  };
}

/** `final.when = NIGHTLY`: final settlements of the night itself, named after the last closed quarter. */
export function nightlyFinalBatch(today: Day): DueBatch {
  const quarter = quarterStart(monthOf(today)) - 3;
  return {
    job: 'final-settlement',
    runDay: today,
    period: quarterName(quarter),
    lastMonth: monthOf(today),
    quarter,
    known: { registeredUntil: today, deliveredUntil: today },
  };
}

/**
 * Quarterly and yearly batches whose run day has come and that are not booked, oldest first; on the same day the
 * quarter before the year. No batch is due whose run day lies before the first delivery.
 * @param booked `<job>/<period>` of the batches that are booked
 */
export function dueBatches(firstDelivery: Day, today: Day, booked: ReadonlySet<string>, law: Law): DueBatch[] {
  const due: DueBatch[] = [];
  const consider = (batch: DueBatch) => {
    const hasCome = firstDelivery <= batch.runDay && batch.runDay <= today;
    if (hasCome && !booked.has(`${batch.job}/${batch.period}`)) due.push(batch);
  };
  const firstQuarter = quarterStart(monthOf(firstDelivery)) - 6;
  for (let quarter = firstQuarter; lastDayOf(quarter + 2) < today; quarter += 3) consider(quarterBatch(quarter, law));
  for (let year = yearOf(monthOf(firstDelivery)) - 2; year < yearOf(monthOf(today)); year++) {
    consider(yearBatch(year, law));
  }
  const rank = (batch: DueBatch) => (batch.job === 'quarterly-payment' ? 0 : 1);
  return due.sort((a, b) => a.runDay - b.runDay || rank(a) - rank(b));
}

/** `2024-Q1` of the quarter that begins with a month. */
export function quarterName(quarter: Month): string {
  return `${formatMonth(quarter).slice(0, 4)}-Q${(quarter % 12) / 3 + 1}`;
}
