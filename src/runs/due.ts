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
  /** The last month after which what was too old was removed. */
  readonly lastRetention: Month | undefined;
}

/** Jobs of the last day of a month, in order. */
const MONTHLY_JOBS = ['monthly-statement', 'retention'] as const;
type MonthlyJob = (typeof MONTHLY_JOBS)[number];

export interface DueRun {
  readonly job: 'nightly' | MonthlyJob;
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
  readonly retention: Day | undefined;
}

/** Up to where runs are due at a moment. */
export function untilAt(timetable: Timetable, moment: Date): Until {
  const now = localTime(moment);
  const { nightly, statement, retention } = timetable;
  return {
    night: lastDueDay(nightly, now),
    statement: statement && lastDueDay(statement, now),
    retention: retention && lastDueDay(retention, now),
  };
}

/** When a job runs; undefined for one that does not run by itself. */
export function timeOf(job: DueRun['job'], { nightly, statement, retention }: Timetable): At | undefined {
  return { nightly, 'monthly-statement': statement, retention }[job];
}

function lastDone(job: MonthlyJob, { lastStatement, lastRetention }: Done): Month | undefined {
  return job === 'retention' ? lastRetention : lastStatement;
}

/**
 * All runs that are due, in order. What is done each month follows the night of the last day of the month, or the last night
 * there is when that was missed; what was never done is done for the last month alone.
 */
export function dueRuns(done: Done, until: Until): DueRun[] {
  const first = firstNightDue(done);
  if (first === undefined) return [];
  // A night that was begun is to be finished whatever time it is.
  const last = Math.max(until.night, done.lastNight?.isDone === false ? first : first - 1);
  const nights = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const runs: DueRun[] = [];
  const months = new Map(MONTHLY_JOBS.map((job) => [job, lastDone(job, done) ?? lastCompleteMonth(last) - 1]));
  const untilOf = { 'monthly-statement': until.statement, retention: until.retention };
  const addMonthly = (night: Day): void => {
    for (const job of MONTHLY_JOBS) {
      const day = untilOf[job];
      if (day === undefined || night > day || lastCompleteMonth(night) <= months.get(job)!) continue;
      runs.push({ job, day: night });
      months.set(job, lastCompleteMonth(night));
    }
  };
  if (done.lastNight?.isDone === true) addMonthly(done.lastNight.day);
  for (const night of nights) {
    runs.push({ job: 'nightly', day: night });
    addMonthly(night);
  }
  return runs;
}

/** The night after the last finished one, or one that was begun; the first night is that of the first delivery. */
function firstNightDue({ lastNight, firstDelivery }: Done): Day | undefined {
  if (lastNight === undefined) return firstDelivery;
  return lastNight.isDone ? lastNight.day + 1 : lastNight.day;
}

/** Which run comes next when nothing is due. */
export function nextRun(timetable: Timetable, done: Done, moment: Date): (DueRun & { readonly at: At }) | undefined {
  const first = firstNightDue(done);
  if (first === undefined) return undefined;
  const { day } = localTime(moment);
  if (done.lastNight?.day === day && day === lastDayOf(monthOf(day))) {
    for (const job of MONTHLY_JOBS) {
      const at = timeOf(job, timetable);
      const last = lastDone(job, done);
      if (at !== undefined && (last === undefined || monthOf(day) > last)) return { job, day, at };
    }
  }
  return { job: 'nightly', day: first, at: timetable.nightly };
}
