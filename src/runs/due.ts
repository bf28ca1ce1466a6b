/**
 * Which runs are due, decided from what was done and the time: pure. The program may have been down for days or been woken
 * twice; what was missed comes oldest first, each run with its own business date.
 */
import { lastCompleteMonth, monthOf, lastDayOf, type Day, type Month } from '../calendar.js';
import { localTime, type LocalTime } from '../clock.js';
import type { At, Timetable } from '../config/schedule.js';

/** What is known of the past. */
export interface Done {
  /** The last night that was begun, and whether it was finished. */
  readonly lastNight: { readonly day: Day; readonly isDone: boolean } | undefined;
  /** Day of the first delivery that lies there; undefined when there is none. */
  readonly firstDelivery: Day | undefined;
  /** The last month of which statements were made. */
  readonly lastStatement: Month | undefined;
}

export interface DueRun {
  readonly job: 'nightly' | 'monthly-statement';
  readonly day: Day;
}

/** The last day whose time has come. */
export function lastDueDay(at: At, now: LocalTime): Day {
  return now.minutes >= at.minutes ? now.day : now.day - 1;
}

/** Days up to which each kind of run is due. */
export interface Until {
  readonly night: Day;
  readonly statement: Day | undefined;
}

/** Up to where runs are due at a moment. */
export function untilAt(timetable: Timetable, moment: Date): Until {
  const now = localTime(moment);
  const { nightly, statement } = timetable;
  return { night: lastDueDay(nightly, now), statement: statement && lastDueDay(statement, now) };
}

/**
 * All runs that are due, in order. Statements follow the night of the last day of their month, or the last night there is when
 * that was missed; when none were ever made, those of the last month alone.
 */
export function dueRuns(done: Done, until: Until): DueRun[] {
  const first = firstNightDue(done);
  if (first === undefined) return [];
  // A night that was begun is to be finished whatever time it is.
  const last = Math.max(until.night, done.lastNight?.isDone === false ? first : first - 1);
  const nights = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const runs: DueRun[] = [];
  let stated = done.lastStatement ?? lastCompleteMonth(last) - 1;
  const stateAfter = (night: Day): void => {
    if (until.statement === undefined || night > until.statement || lastCompleteMonth(night) <= stated) return;
    runs.push({ job: 'monthly-statement', day: night });
    stated = lastCompleteMonth(night);
  };
  if (done.lastNight?.isDone === true) stateAfter(done.lastNight.day);
  for (const night of nights) {
    runs.push({ job: 'nightly', day: night });
    stateAfter(night);
  }
  return runs;
}

/** The night after the last finished one, or one that was begun; the first night is that of the first delivery. */
function firstNightDue({ lastNight, firstDelivery }: Done): Day | undefined {
  if (lastNight === undefined) return firstDelivery;
  return lastNight.isDone ? lastNight.day + 1 : lastNight.day;
}

/** Which run comes next when nothing is due. */
export function nextRun(
  { nightly, statement }: Timetable,
  done: Done,
  moment: Date,
): (DueRun & { readonly at: At }) | undefined {
  const first = firstNightDue(done);
  if (first === undefined) return undefined;
  const { day } = localTime(moment);
  const last = done.lastNight?.day;
  const isOpen = (month: Month): boolean => done.lastStatement === undefined || month > done.lastStatement;
  if (statement !== undefined && last === day && day === lastDayOf(monthOf(day)) && isOpen(monthOf(day))) {
    return { job: 'monthly-statement', day, at: statement };
  }
  return { job: 'nightly', day: first, at: nightly };
}
