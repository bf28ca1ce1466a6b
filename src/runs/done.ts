/** What was done so far, as `dueRuns` needs it. */
import { day, lastCompleteMonth, type Month } from '../calendar.js';
import type { Database } from '../db/database.js';
import type { Done } from './due.js';
import { firstDelivery, type Feeds } from './first-delivery.js';
import { lastNight } from './run-job.js';

/**
 * Reads what was done. Throws a Failure (exit 2) when the folder of the deliveries is missing.
 * @param feeds for the day of the first night; without them there is no such day
 */
export async function readDone(database: Database, feeds: Feeds | undefined): Promise<Done> {
  const last = await lastNight(database);
  const first = last === undefined && feeds !== undefined ? await firstDelivery(feeds) : undefined;
  return {
    lastNight: last,
    firstDelivery: first,
    lastStatement: await lastMonthOf(database, 'monthly-statement'),
    lastRetention: await lastMonthOf(database, 'retention'),
  };
}

async function lastMonthOf(database: Database, job: string): Promise<Month | undefined> {
  const [run] = await database.rows<{ last: string | null }>(
    `select max(business_date) as last from twe.run where job = $1 and state = 'DONE'`,
    [job],
  );
  return run!.last === null ? undefined : lastCompleteMonth(day(run!.last));
}
