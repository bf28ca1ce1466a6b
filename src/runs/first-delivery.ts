/** The day of the first delivery, which is that of the first night. */
import { existsSync } from 'node:fs';
import { day, type Day } from '../calendar.js';
import type { Config } from '../config.js';
import { firstDeliveryDate } from '../feeds/deliveries.js';

/** Where deliveries lie. */
export type Feeds = Pick<Config, 'feedsSource' | 'feedsSources'>;

/** Undefined when none lies there yet. Throws a Failure (exit 2) when the folder of the deliveries is missing. */
export async function firstDelivery({ feedsSource, feedsSources }: Feeds): Promise<Day | undefined> {
  // An inbox is made when something is fetched into it.
  if (feedsSources.length > 0 && !existsSync(feedsSource)) return undefined;
  const date = await firstDeliveryDate(feedsSource);
  return date === undefined ? undefined : day(date);
}
