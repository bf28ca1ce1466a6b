/** The end of a transaction that counts. */
import type { Knex } from 'knex';
import type pg from 'pg';

/** What knex gives for a commit and does not declare. */
interface CommitAnswer {
  readonly response: pg.QueryResult;
}

/**
 * Throws when the server did not commit. What knex returns is fulfilled all the same: a refused commit only rejects the promise
 * of the transaction, and one that became a rollback, after a fault that nobody noticed, is none to knex.
 */
export async function commit(trx: Knex.Transaction): Promise<void> {
  const [answer] = (await Promise.all([trx.commit(), trx.executionPromise])) as unknown as [CommitAnswer];
  if (answer.response.command === 'COMMIT') return;
  throw new Error('the server rolled back what was to be committed: a fault of a statement in it went unnoticed');
}
