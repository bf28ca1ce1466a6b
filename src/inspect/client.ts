/** Who the client of an agreement is: asked for with a reason, written down, and only then shown. */
import type { Database } from '../db/database.js';
import { sql } from '../db/sql.js';
import { systemUser } from '../system-user.js';

export interface ShownClient {
  /** Eleven digits; null when nobody asked, or when the client was removed. */
  readonly insz: string | null;
  /** `YYYY-MM-DD` on which the client was removed after the retention term; null when he was not. */
  readonly removedOn: string | null;
}

/** The day on which the client of a WEO was removed; null when he was not. Reads no number. */
export async function removalOf(database: Database, weoId: string): Promise<string | null> {
  const [client] = await database.rows<{ removedOn: string | null }>(sql('inspect/find_removed_client'), [weoId]);
  return client?.removedOn ?? null;
}

/**
 * The national number of the client of a WEO. The reading stays in twe.identity_read, committed before the number is given.
 * Throws a Failure (exit 2) when the role of the database may not read numbers.
 */
export async function readClient(database: Database, weoId: string, reason: string): Promise<ShownClient> {
  const [client] = await database.transaction((session) =>
    session.rows<ShownClient>('select insz, removed_on as "removedOn" from twe.read_insz($1, $2, $3)', [
      ...[weoId, reason, systemUser()],
    ]),
  );
  return client ?? { insz: null, removedOn: null };
}

/** A reading of a national number. */
export interface IdentityRead {
  readonly readNo: number;
  /** ISO 8601, UTC. */
  readonly readAt: string;
  /** Role of the database. */
  readonly role: string;
  readonly systemUser: string;
  readonly weoId: string;
  readonly personId: number;
  readonly reason: string;
}

/** Who read which number and why, oldest first. @param since `YYYY-MM-DD` in Brussels; undefined: all */
export function listIdentityReads(database: Database, since: string | undefined): Promise<IdentityRead[]> {
  return database.rows<IdentityRead>(sql('inspect/list_identity_reads'), [since ?? null]);
}
