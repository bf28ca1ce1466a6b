/** The step before everything is read: sources to inbox. */
import { formatDay, type Day } from '../calendar.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config.js';
import type { Database, Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import type { Logger } from '../log.js';
import { fetchDeliveries, type FetchResult } from '../sources/fetch.js';
import { Looks } from '../sources/looks.js';
import type { Step, StepCounts } from './job.js';
import { withLease } from './lease.js';

/** What sources said a moment ago, for as long as the program works with one configuration. */
const looksOf = new WeakMap<Config, Looks>();

/**
 * Done again until the deliveries are taken in: one that was refused may have been sent again since. What is fetched after
 * that belongs to another night.
 */
export const fetchStep: Step = {
  name: 'fetch',
  mode: 'reading',
  isDue: ({ config }, done) => config.feedsSources.length > 0 && !done.has('take-in'),
  async run(context, session) {
    const result = await fetchNew(session, context);
    return { counts: countsOf(result), findings: result.findings };
  },
};

/** How a step says how many deliveries a source gave: this, and the source in the words of a sentence. */
export const FROM = 'from ';

function countsOf({ fetched, files, bytes, sources }: FetchResult): StepCounts {
  const given = sources.map(({ label, deliveries }) => [`${FROM}${label}`, deliveries] as const);
  const failedSources = sources.filter(({ hasFailed }) => hasFailed).length;
  return { deliveries: fetched.length, files, bytes, failedSources, ...Object.fromEntries(given) };
}

interface Fetching {
  readonly config: Config;
  readonly today: Day;
  readonly log: Logger;
  readonly progress: (text: string) => void;
}

/**
 * Fills an inbox from which nothing was taken yet, so that the date of the first delivery is known. Returns its counts,
 * undefined without sources. Throws a Failure (exit 5) when another run is at work, 2 when the inbox cannot be written.
 */
export async function fetchBeforeFirstNight(database: Database, fetching: Fetching): Promise<StepCounts | undefined> {
  if (fetching.config.feedsSources.length === 0) return undefined;
  return withLease(database, { doing: 'fetch' }, () =>
    database.session(async (session) => countsOf(await fetchNew(session, fetching))),
  );
}

async function fetchNew(session: Session, { config, today, log, progress }: Fetching): Promise<FetchResult> {
  const looks = looksOf.get(config) ?? new Looks();
  looksOf.set(config, looks);
  const met = await session.rows<{ name: string }>(sql('feeds/list_recorded_deliveries'));
  return fetchDeliveries({
    sources: config.feedsSources,
    inbox: config.feedsSource,
    businessDate: formatDay(today),
    met: new Set(met.map(({ name }) => name)),
    env: process.env,
    looks,
    now: systemClock.now(),
    log,
    progress,
  });
}
