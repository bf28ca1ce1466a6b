/** A copy of the database for work that must leave no trace. */
import type { Database, OpenOptions } from './database.js';
import { onScratch } from './scratch.js';

/**
 * Does some work on a copy of the whole database, which is gone afterwards. Throws a `Failure` (exit code 2) when the
 * user may not make databases or when somebody else is connected to the original.
 */
export async function onCopy<T>(options: OpenOptions, work: (database: Database) => Promise<T>): Promise<T> {
  return onScratch(options, { purpose: 'rehearsal', content: 'COPY', who: 'A dry run' }, work);
}
