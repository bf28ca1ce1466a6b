/** What was done so far, as `dueRuns` needs it. */
import { day, lastCompleteMonth } from '../calendar.js';
import type { Database } from '../db/database.js';
import { firstDeliveryDate } from '../feeds/deliveries.js';
import type { Done } from './due.js';
import { lastNight } from './run-job.js';

/** @param feedsSource where deliveries lie, for the day of the first night */
export async function readDone(database: Database, feedsSource: string): Promise<Done> {
  const last = await lastNight(database);
  const first = last === undefined ? await firstDeliveryDate(feedsSource) : undefined;
  const [statement] = await database.rows<{ last: string | null }>(
    `select max(business_date) as last from twe.run where job = 'monthly-statement' and state = 'DONE'`,
  );
  return {
    lastNight: last,
    firstDelivery: first === undefined ? undefined : day(first),
    lastStatement: statement!.last === null ? undefined : lastCompleteMonth(day(statement!.last)),
  };
}
