/** One run at a time: whoever changes records or books holds this lock of the database. */
import type { Database } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';

/** Key of the lock: below 2^32, so that pg_locks shows it as objid. */
export const RUN_LOCK = 8_402_017;

/** Does some work while no run can. Throws a Failure (exit 5) when another run is at work. */
export async function withRunLock<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return database.session(async (holder) => {
    const [lock] = await holder.rows<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [RUN_LOCK]);
    if (!lock!.held) {
      throw new Failure(
        EXIT.lease,
        'another run is at work on this database; nothing was done. Wait for it (`twe status` shows it) or run again.',
      );
    }
    try {
      return await work();
    } finally {
      await holder.rows('select pg_advisory_unlock($1)', [RUN_LOCK]);
    }
  });
}
