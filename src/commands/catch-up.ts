/** `twe catch-up`: every night that is due and not yet done, oldest first, in one process. */
import { day, formatDay, type Day } from '../calendar.js';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import { firstDeliveryDate } from '../feeds/deliveries.js';
import { createLogger } from '../log.js';
import type { Job, StepCounts } from '../runs/job.js';
import { fetchBeforeFirstNight } from '../runs/fetch-step.js';
import { lastNight, runJob } from '../runs/run-job.js';
import { EXIT, Failure } from '../errors.js';
import { fetchLines } from './fetch-lines.js';
import { businessDateOf, configOf, prepareFolders, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

export interface CatchUpOptions extends CommonOptions {
  readonly until?: string;
  readonly exports?: string;
}

export async function catchUpCommand(nightly: Job, options: CatchUpOptions): Promise<void> {
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
  const log = createLogger(config.log);
  const fetched: (StepCounts | undefined)[] = [];
  const nights = await withDatabase(config, async (database) => {
    const progress = (text: string) => terminal.progress(text);
    if ((await lastNight(database)) === undefined) {
      fetched.push(await fetchBeforeFirstNight(database, { config, today: until, log, progress }));
    }
    const first = await firstNightDue(database, config);
    let done = 0;
    for (let today = first ?? until + 1; today <= until; today++) {
      terminal.progress(`night of ${formatDay(today)}`);
      const { steps } = await runJob(database, nightly, {
        config,
        today,
        skipDeliveries: [],
        lang: 'nl',
        progress: (text) => terminal.progress(`${formatDay(today)}: ${text}`),
        log,
        documents: options.exports === 'last' && today < until ? 'BATCHES' : 'ALL',
      });
      fetched.push(steps['fetch']);
      done++;
    }
    return done;
  });
  if (options.json) terminal.print(JSON.stringify({ version: 1, nights, until: formatDay(until) }));
  else if (!options.quiet) {
    terminal.print(`${nights} nights done, up to ${formatDay(until)}; documents lie in ${config.out}`);
    for (const line of fetchLines(fetched)) terminal.print(line);
  }
}

/** The night after the last finished one, or one that was begun; the first night is that of the first delivery. */
async function firstNightDue(database: Database, config: Config): Promise<Day | undefined> {
  const last = await lastNight(database);
  if (last !== undefined) return last.isDone ? last.day + 1 : last.day;
  const first = await firstDeliveryDate(config.feedsSource);
  return first === undefined ? undefined : day(first);
}
