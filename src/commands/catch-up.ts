/** `twe catch-up`: every run that is due and not yet done, oldest first, in one process. */
import { formatDay, type Day } from '../calendar.js';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import { createLogger } from '../log.js';
import { readDone } from '../runs/done.js';
import { dueRuns, type DueRun } from '../runs/due.js';
import { fetchBeforeFirstNight } from '../runs/fetch-step.js';
import type { Job, StepCounts } from '../runs/job.js';
import { runJob } from '../runs/run-job.js';
import { watched } from '../watch/watched.js';
import { fetchLines } from './fetch-lines.js';
import { businessDateOf, configOf, prepareFolders, withDatabase, type CommonOptions } from './options.js';
import { stopSignals } from './stop-signals.js';
import { createTerminal } from './terminal.js';

export interface CatchUpOptions extends CommonOptions {
  readonly until?: string;
  readonly exports?: string;
}

export async function catchUpCommand(jobs: readonly Job[], options: CatchUpOptions): Promise<void> {
  if (options.exports !== undefined && options.exports !== 'all' && options.exports !== 'last') {
    throw new Failure(EXIT.usage, `--exports is all or last, not ${options.exports}.`);
  }
  const config = configOf(options);
  const terminal = createTerminal(options.quiet ?? false);
  const until = await businessDateOf(
    { ...options, ...(options.until ? { date: options.until } : {}) },
    config,
    '--until',
  );
  prepareFolders(config);
  const fetched: (StepCounts | undefined)[] = [];
  const log = createLogger(config.log);
  const opening = { job: 'nightly', businessDate: formatDay(until) };
  const work = async (database: Database) => {
    const context = { config, log, stop: stopSignals() };
    const progress = (text: string) => terminal.progress(text);
    const due = await runsDue(database, config, until, async () => {
      fetched.push(await fetchBeforeFirstNight(database, { ...context, today: until, progress }));
    });
    const lastNight = due.findLast(({ job }) => job === 'nightly');
    for (const run of due) {
      const businessDate = formatDay(run.day);
      const { steps } = await watched({ job: run.job, businessDate }, { ...context, database }, () =>
        runJob(
          database,
          jobs.find(({ name }) => name === run.job)!,
          {
            ...context,
            today: run.day,
            skipDeliveries: [],
            lang: 'nl',
            progress: (text) => terminal.progress(`${businessDate}: ${text}`),
            documents: options.exports === 'last' && run.job === 'nightly' && run !== lastNight ? 'BATCHES' : 'ALL',
          },
        ),
      );
      fetched.push(steps['fetch']);
    }
    return due;
  };
  // A database that is down is told as well.
  const runs = await watched(opening, { config, log }, () => withDatabase(config, work));
  const nights = runs.filter(({ job }) => job === 'nightly').length;
  const statements = runs.filter(({ job }) => job === 'monthly-statement').length;
  if (options.json) terminal.print(JSON.stringify({ version: 1, nights, statements, until: formatDay(until) }));
  else if (!options.quiet) {
    terminal.print(`${nights} nights done, up to ${formatDay(until)}; documents lie in ${config.out}`);
    if (statements > 0) terminal.print(`statements of ${statements} ${statements === 1 ? 'month' : 'months'} made`);
    for (const line of fetchLines(fetched)) terminal.print(line);
  }
}

/** @param fetchFirst fills the inbox before the first night, whose day is that of the first delivery */
async function runsDue(
  database: Database,
  config: Config,
  until: Day,
  fetchFirst: () => Promise<void>,
): Promise<readonly DueRun[]> {
  const { timetable } = config;
  let done = await readDone(database, config);
  if (done.lastNight === undefined) {
    await fetchFirst();
    done = await readDone(database, config);
  }
  return dueRuns(done, {
    night: until,
    statement: timetable.statement && until,
    retention: timetable.retention && until,
  });
}
