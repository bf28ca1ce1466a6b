/** A run that is watched: operators are told how it ended, and the metrics are written. */
import process from 'node:process';
import { alertOn, type AlertContext } from './alert.js';
import { writeMetrics } from './metrics.js';

export interface WatchedRun {
  readonly job: string;
  /** `YYYY-MM-DD` */
  readonly businessDate: string;
}

/** Errors that were told where they were met: around the run, and once more around the opening of its database. */
const told = new WeakSet<object>();

/**
 * Does a run. What it throws is thrown again, after operators were told: unless a person sits before it, who reads it anyway.
 * Metrics are written when there is a database.
 */
export async function watched<T>(run: WatchedRun, context: AlertContext, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    await alertOn({ what: 'RUN_DONE', ...run }, context);
    return result;
  } catch (error) {
    if (!process.stderr.isTTY && isNew(error)) await alertOn({ what: 'RUN_FAILED', ...run, error }, context);
    throw error;
  } finally {
    if (context.database !== undefined) await writeMetrics(context.database, context.config, context.log);
  }
}

function isNew(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || told.has(error)) return false;
  told.add(error);
  return true;
}
