/** Does what is due whenever it is woken: oldest first, one at a time, and what failed again after a while. */
import { formatDay } from '../calendar.js';
import { momentAt, type Clock } from '../clock.js';
import type { Timetable } from '../config/schedule.js';
import { EXIT, Failure } from '../errors.js';
import { sentenceOf } from '../safe-error.js';
import { dueRuns, timeOf, untilAt, type Done, type DueRun } from './due.js';

export interface SchedulerOptions {
  readonly timetable: Timetable;
  readonly clock: Clock;
  /** Aborted when the program is asked to stop. */
  readonly stop: AbortSignal;
  readonly readDone: () => Promise<Done>;
  readonly run: (due: DueRun) => Promise<void>;
  readonly lateAfterHours: (job: DueRun['job']) => number;
  /** Told on every wake of what is late: the oldest run, since when it is due, and how many are. */
  readonly late: (oldest: DueRun, since: Date, runs: number) => Promise<void>;
  /** A sentence for whoever watches. */
  readonly told: (sentence: string) => void;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** After a failure a run waits so long, then twice as long, and so on. */
const FIRST_WAIT_MS = 5 * MINUTE_MS;
const LONGEST_WAIT_MS = HOUR_MS;

interface Failed {
  readonly tries: number;
  /** In milliseconds since 1970. */
  readonly again: number;
}

export class Scheduler {
  private working: Promise<void> | undefined;
  private readonly failed = new Map<string, Failed>();

  constructor(private readonly options: SchedulerOptions) {}

  /** Never throws: tomorrow is another night. A wake while one works does nothing. */
  async wake(): Promise<void> {
    if (this.working !== undefined || this.options.stop.aborted) return;
    this.working = this.doWhatIsDue()
      .catch((error: unknown) => this.options.told(sentenceOf(error)))
      .finally(() => (this.working = undefined));
    await this.working;
  }

  /** When what was begun has ended. */
  async atRest(): Promise<void> {
    await this.working;
  }

  private async doWhatIsDue(): Promise<void> {
    const { clock, stop } = this.options;
    // Asked anew after each run: another scheduler may have done the next one, and time goes on.
    for (let due = await this.due(); due.length > 0; due = await this.due()) {
      await this.tellWhatIsLate(due);
      // Nights are done in order; what comes each month does not hold them up.
      const nights = due.findIndex(({ job }) => job === 'nightly');
      const next = due.find((run, index) => (index <= nights || nights === -1) && !this.mustWait(run, clock.now()));
      if (next === undefined || stop.aborted || !(await this.attempt(next))) return;
    }
  }

  private async due(): Promise<DueRun[]> {
    const { readDone, timetable, clock } = this.options;
    return dueRuns(await readDone(), untilAt(timetable, clock.now()));
  }

  /** Whether to go on at once. */
  private async attempt(run: DueRun): Promise<boolean> {
    const key = keyOf(run);
    try {
      await this.options.run(run);
      this.failed.delete(key);
      return true;
    } catch (error) {
      if (error instanceof Failure && (error.exitCode === EXIT.stopped || error.exitCode === EXIT.lease)) {
        if (error.exitCode === EXIT.lease) this.options.told(`${key} waits: ${error.message}`);
        return false;
      }
      const tries = (this.failed.get(key)?.tries ?? 0) + 1;
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
      this.failed.set(key, { tries, again: this.options.clock.now().getTime() + waitMs });
      this.options.told(`${key} failed, try ${tries}; again in ${waitMs / MINUTE_MS} minutes: ${sentenceOf(error)}`);
      return true;
    }
  }

  private mustWait(run: DueRun, now: Date): boolean {
    const failed = this.failed.get(keyOf(run));
    if (failed === undefined) return false;
    const waitMs = failed.again - now.getTime();
    // A longer wait than there is: the clock was set back meanwhile.
    return waitMs > 0 && waitMs <= LONGEST_WAIT_MS;
  }

  private async tellWhatIsLate(due: readonly DueRun[]): Promise<void> {
    const { timetable, clock, late, lateAfterHours } = this.options;
    for (const job of ['nightly', 'monthly-statement', 'retention'] as const) {
      const runs = due.filter((run) => run.job === job);
      const at = timeOf(job, timetable);
      if (runs.length === 0 || at === undefined) continue;
      const since = momentAt(runs[0]!.day, at.minutes);
      if (clock.now().getTime() - since.getTime() > lateAfterHours(job) * HOUR_MS)
        await late(runs[0]!, since, runs.length);
    }
  }
}

function keyOf({ job, day }: DueRun): string {
  return `${formatDay(day)}/${job}`;
}
