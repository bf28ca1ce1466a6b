/** How one kind of finding is made: a query that finds the rows, a sentence for each. */
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import type { Finding } from '../../finding.js';

/** What every query of `sql/queries/findings` returns besides its own columns. */
export interface FoundRow {
  readonly ocmw_id: string;
  /** Left out by queries that are about an OCMW. */
  readonly weo_id?: string;
}

/** Values of the named places (`:evening`) of the queries, as SQL. */
export type Places = Readonly<Record<string, string>>;

/** What a row says. */
export interface Told {
  readonly severity: Finding['severity'];
  /** Stable, UPPER_SNAKE. */
  readonly code: string;
  /** What it is about besides OCMW and agreement: an employment, a payment, a measurement, a year. */
  readonly subject?: string;
  /** One sentence: what, since when, what to do. */
  readonly message: string;
}

/** Looks for one kind of finding. */
export type Look = (session: Session, places: Places) => Promise<Finding[]>;

/** A look with the query `sql/queries/findings/<query>.sql`; `tell` says what a row means. */
export function look<Row extends FoundRow>(query: string, tell: (row: Row) => Told): Look {
  return async (session, places) => {
    const rows = await session.rows<Row>(statement(query, places));
    return rows.map((row) => ({ ocmwId: row.ocmw_id, weoId: row.weo_id ?? '', subject: '', ...tell(row) }));
  };
}

/** The text of a query with its places filled in. */
export function statement(query: string, places: Places): string {
  let text = sql(`findings/${query}`);
  for (const [name, value] of Object.entries(places)) text = text.replaceAll(`:${name}`, value);
  return text;
}
