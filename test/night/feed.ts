/** A two-line way to write the small feeds of these tests. */
import { writeDelivery, type FeedRow } from '../support/random-feed/delivery.js';

export { art60, category, CLIENT, job, ocmw, OCMW, OCMW_2, paidBefore, weo } from '../oracle/tiny-feeds.js';
export type { FeedRow } from '../support/random-feed/delivery.js';

/** Deliveries by name; a row without a registration is registered at noon of the day of its delivery. */
export type Story = Readonly<Record<string, readonly FeedRow[]>>;

/** Writes the deliveries of a story into a feed folder. */
export function writeFeed(feedsDir: string, story: Story): void {
  for (const [name, rows] of Object.entries(story)) {
    const noon = `${name.slice(0, 10)}T12:00:00+01:00`;
    const registered = rows.map(({ file, cells }) => ({ file, cells: { registered_at: noon, ...cells } }));
    writeDelivery(feedsDir, name, registered);
  }
}

/** A later version of a row: these cells are changed. */
export function changed({ file, cells }: FeedRow, change: Readonly<Record<string, string>>): FeedRow {
  return { file, cells: { ...cells, ...change } };
}

/** The version that withdraws a row. */
export function withdrawn(row: FeedRow): FeedRow {
  return changed(row, { withdrawn: 'true' });
}
