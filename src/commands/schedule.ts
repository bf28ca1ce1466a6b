/** `twe schedule`: stays up, wakes by cron and does what is due. */
import { formatDay } from '../calendar.js';
import { businessDateToday, systemClock } from '../clock.js';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import { createLogger, type Logger } from '../log.js';
import { readDone } from '../runs/done.js';
import { nextRun, type Done } from '../runs/due.js';
import { fetchBeforeFirstNight } from '../runs/fetch-step.js';
import type { Job } from '../runs/job.js';
import { Scheduler } from '../runs/scheduler.js';
import { runJob } from '../runs/run-job.js';
import { alertOn } from '../watch/alert.js';
import { serveMetrics } from '../watch/serve-metrics.js';
import { watched } from '../watch/watched.js';
import { configOf, prepareFolders, withDatabase, type CommonOptions } from './options.js';
import { stopSignals } from './stop-signals.js';
import { createTerminal } from './terminal.js';
import { wakeEveryMinute } from './wakes.js';

export interface ScheduleOptions extends CommonOptions {
  readonly metricsPort?: string;
}

/** Before the first night. */
const FIRST_DELIVERY_MS = 15 * 60_000;

/** Returns when the program is asked to stop. Throws a Failure (exit 2) for a configuration or database that is of no use. */
export async function scheduleCommand(jobs: readonly Job[], options: ScheduleOptions): Promise<void> {
  const config = configOf(options);
  if (config.usesFixtures) {
    throw new Failure(
      EXIT.usage,
      'a schedule needs a configuration: without one the program works on the fixtures, which do not grow. Name the file ' +
        'with --config, or put twe.config.json in this folder.',
    );
  }
  prepareFolders(config);
  const port = portIn(options.metricsPort);
  const stop = stopSignals();
  await withDatabase(config, async (database) => {
    const log = createLogger(config.log);
    const metrics = port === undefined ? undefined : await serveMetrics(port, { database, config, log });
    const scheduler = schedulerOf(database, config, jobs, stop, options);
    const wakes = wakeEveryMinute(() => void scheduler.wake());
    try {
      await sayWhatIsNext(database, config, options);
      void scheduler.wake();
      await aborted(stop);
      await scheduler.atRest();
    } finally {
      await wakes.stop();
      await metrics?.close();
    }
  });
}

function schedulerOf(
  database: Database,
  config: Config,
  jobs: readonly Job[],
  stop: AbortSignal,
  options: ScheduleOptions,
): Scheduler {
  const terminal = createTerminal(options.quiet ?? false);
  const log = createLogger(config.log);
  const context = { config, log, database };
  return new Scheduler({
    timetable: config.timetable,
    clock: systemClock,
    stop,
    readDone: doneWithFirstDelivery(database, config, log),
    async run(due) {
      const businessDate = formatDay(due.day);
      await watched({ job: due.job, businessDate }, context, () =>
        runJob(
          database,
          jobs.find(({ name }) => name === due.job)!,
          {
            ...context,
            stop,
            today: due.day,
            skipDeliveries: [],
            lang: 'nl',
            progress: (text) => terminal.progress(`${businessDate}: ${text}`),
          },
        ),
      );
      terminal.note(`${businessDate}/${due.job} done`);
    },
    lateAfterHours: (job) => jobs.find(({ name }) => name === job)!.lateAfterHours,
    late: ({ job, day }, since, runs) =>
      alertOn({ what: 'JOB_LATE', job, businessDate: formatDay(day), dueSince: since, runs }, context),
    told: (sentence) => {
      log.warn(sentence);
      terminal.note(sentence);
    },
  });
}

/** Sources are asked for the first delivery now and then: its day is that of the first night. */
function doneWithFirstDelivery(database: Database, config: Config, log: Logger): () => Promise<Done> {
  let askedAt = -Infinity;
  return async () => {
    const done = await readDone(database, config);
    if (done.lastNight !== undefined || performance.now() - askedAt < FIRST_DELIVERY_MS) return done;
    askedAt = performance.now();
    const today = businessDateToday();
    await fetchBeforeFirstNight(database, { config, today, log, progress: () => undefined });
    return readDone(database, config);
  };
}

async function sayWhatIsNext(database: Database, config: Config, options: ScheduleOptions): Promise<void> {
  const next = nextRun(config.timetable, await readDone(database, config), systemClock.now());
  const what =
    next === undefined
      ? 'waits for the first delivery'
      : `next: ${next.job} of ${formatDay(next.day)} at ${next.at.text}`;
  createTerminal(options.quiet ?? false).note(`twe schedule is up; ${what} (Europe/Brussels)`);
}

function portIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Failure(EXIT.usage, `--metrics-port ${text} is no port; write a number from 1 to 65535.`);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
