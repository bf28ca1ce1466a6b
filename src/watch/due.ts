/** What should have been done by now, what is so late that somebody must be told, and what comes next. */
import { jobs } from '../../jobs/index.js';
import { formatDay } from '../calendar.js';
import type { Settings } from '../config.js';
import type { Database } from '../db/database.js';
import { readDone } from '../runs/done.js';
import { dueRuns, nextRun, timeOf, untilAt, type Done, type DueRun } from '../runs/due.js';
import { momentAt } from '../clock.js';

export interface TimedRun {
  readonly job: string;
  /** `YYYY-MM-DD` */
  readonly businessDate: string;
  /** When its time has come, or comes. */
  readonly at: Date;
}

export interface LateRuns {
  /** The oldest one. */
  readonly oldest: TimedRun;
  /** How many runs are due in all. */
  readonly runs: number;
}

export interface DueState {
  /** Oldest first. */
  readonly due: readonly TimedRun[];
  readonly late: LateRuns | undefined;
  /** Undefined before the first night, or while something is due. */
  readonly next: TimedRun | undefined;
}

type Scheduled = Pick<Settings, 'timetable' | 'usesFixtures'>;

/** What is due at a moment. Before the first night nothing is: that one begins with the first delivery. */
export async function readDue(database: Database, settings: Scheduled, now: Date): Promise<DueState> {
  // The fixtures do not grow: after their last delivery nothing is due.
  if (settings.usesFixtures) return { due: [], late: undefined, next: undefined };
  return dueState(settings, await readDone(database, undefined), now);
}

/** The same from what was done. */
export function dueState({ timetable }: Pick<Settings, 'timetable'>, done: Done, now: Date): DueState {
  const timed = ({ job, day }: DueRun): TimedRun => ({
    job,
    businessDate: formatDay(day),
    at: momentAt(day, (timeOf(job, timetable) ?? timetable.nightly).minutes),
  });
  const due = dueRuns(done, untilAt(timetable, now)).map(timed);
  const oldest = due.find((run) => run.at.getTime() + lateAfterMs(run.job) <= now.getTime());
  const next = due.length > 0 ? undefined : nextRun(timetable, done, now);
  return {
    due,
    late: oldest && { oldest, runs: due.length },
    next: next && timed(next),
  };
}

function lateAfterMs(name: string): number {
  const job = jobs.find((each) => each.name === name)!;
  return job.lateAfterHours * 60 * 60 * 1000;
}
