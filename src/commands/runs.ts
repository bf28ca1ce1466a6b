/** `twe runs`: the runs that there were, last first. */
import { parseDay } from '../calendar.js';
import { EXIT, Failure } from '../errors.js';
import { readLease } from '../runs/lease.js';
import { shownMoment } from '../clock.js';
import { listRuns, RUN_STATES, type ListedRun } from '../watch/runs.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

export interface RunsOptions extends CommonOptions {
  readonly job?: string;
  readonly state?: string;
  readonly limit?: string;
}

const MOST = 100_000;

/** Throws a Failure (exit 2) for a filter that cannot be. */
export async function runsCommand(jobNames: readonly string[], options: RunsOptions): Promise<void> {
  const filter = filterOf(jobNames, options);
  const terminal = createTerminal(false);
  const runs = await withDatabase(settingsOf(options), (database) =>
    database.session(async (session) => listRuns(session, await readLease(session), filter)),
  );
  if (options.json) {
    terminal.print(JSON.stringify({ version: 1, runs }, null, 2));
    return;
  }
  if (runs.length === 0) terminal.print('There is no such run.');
  for (const run of runs) terminal.print(runLine(run));
}

function filterOf(jobNames: readonly string[], { job, date, state, limit = '30' }: RunsOptions) {
  if (job !== undefined && !jobNames.includes(job)) {
    throw new Failure(EXIT.usage, `there is no job called ${job}. Jobs are: ${jobNames.join(', ')}.`);
  }
  if (date !== undefined && parseDay(date) === undefined) {
    throw new Failure(EXIT.usage, `--date ${date} is not a date. Write it as YYYY-MM-DD.`);
  }
  const known = RUN_STATES.find((each) => each === state?.toUpperCase());
  if (state !== undefined && known === undefined) {
    throw new Failure(EXIT.usage, `--state ${state} is not a state. Write one of ${RUN_STATES.join(', ')}.`);
  }
  if (!/^[1-9]\d*$/.test(limit) || Number(limit) > MOST) {
    throw new Failure(EXIT.usage, `--limit ${limit} is not a number of runs. Write a whole number from 1 to ${MOST}.`);
  }
  return { job, businessDate: date, state: known, limit: Number(limit) };
}

function runLine({ runId, state, steps, durationMs, startedAt, failure }: ListedRun): string {
  const began = shownMoment(startedAt);
  const line = `${runId.padEnd(34)} ${state.padEnd(8)} begun ${began}  ${steps} steps  ${Math.round(durationMs / 1000)} s`;
  return failure === null ? line : `${line}  ${failure}`;
}
