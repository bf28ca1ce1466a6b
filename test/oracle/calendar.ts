/** Run days and cut-offs of the quarterly and the yearly run (R-P-7, R-Y-2). */
import { earlier, firstDay, lastDay, monthOf, plusMonths, quarterStart, type Day, type Month } from './days.js';
import type { OracleLaw } from './law.js';

export interface QuarterRun {
  /** First month of the closed quarter. */
  readonly quarter: Month;
  /** Last day of the closed quarter. */
  readonly quarterEnd: Day;
  readonly runDay: Day;
  /** Facts count when registered up to this day. */
  readonly cutoff: Day;
}

/** The run that pays the quarter that holds a month. */
export function runOfQuarter(month: Month, law: OracleLaw): QuarterRun {
  const quarter = quarterStart(month);
  const quarterEnd = lastDay(plusMonths(quarter, 2));
  const runDay = `${plusMonths(quarter, 3)}-${String(law.number('run.day')).padStart(2, '0')}`;
  return { quarter, quarterEnd, runDay, cutoff: law.is('run.cutoff', 'RUN_DATE') ? runDay : quarterEnd };
}

/** All quarterly runs whose run day lies from `from` to `until`, oldest first. */
export function quarterRuns(from: Day, until: Day, law: OracleLaw): QuarterRun[] {
  const runs: QuarterRun[] = [];
  for (
    let month = plusMonths(quarterStart(monthOf(from)), -3);
    firstDay(month) <= until;
    month = plusMonths(month, 3)
  ) {
    const run = runOfQuarter(month, law);
    if (run.runDay >= from && run.runDay <= until) runs.push(run);
  }
  return runs;
}

/** All yearly runs whose run day lies from `from` to `until`, oldest first. */
export function yearRuns(from: Day, until: Day, law: OracleLaw): { year: number; runDay: Day }[] {
  const runs: { year: number; runDay: Day }[] = [];
  for (let year = Number(from.slice(0, 4)) - 1; year < Number(until.slice(0, 4)); year++) {
    const runDay = earlier(
      `${year + 1}-${law.text('year.cutoff')}`,
      lastDay(`${year + 1}-${law.text('year.cutoff').slice(0, 2)}`),
    );
    if (runDay >= from && runDay <= until) runs.push({ year, runDay });
  }
  return runs;
}

/** `2024-Q1` of a month in that quarter. */
export function quarterName(month: Month): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;
}
