/** The head over all chains that a run leaves behind, and the links of what was there before there were chains. */
import type { Database, Session } from '../../db/database.js';
import { appendLinks, type BulkKind } from './link.js';
import { BULK_TABLES, sealStoredRows } from './stored-rows.js';

/** A run and the digest of the head over all chains when it had done its work. */
export interface ChainHead {
  readonly runId: string;
  /** sha256, hex. */
  readonly head: string;
}

/**
 * Makes the head of a run, over everything that was appended since the last head; a run that has one keeps it. Nobody else
 * may be appending to ledger or measurements.
 * @param session the transaction of the step
 * @param database reads what is committed, on a connection of its own
 */
export async function sealChains(
  database: Pick<Database, 'session'>,
  session: Session,
  runId: string,
): Promise<{ links: number }> {
  const [first] = await session.rows('select 1 from twe.chain_start where not exists (select from twe.chain_head)');
  if (first !== undefined) {
    await linkWhatWasBefore(database, session, 'ENTRIES', 'last_entry_no');
    await linkWhatWasBefore(database, session, 'MEASUREMENTS', 'last_version_no');
  }
  await session.rows('select twe.append_head($1)', [runId]);
  const [counted] = await session.rows<{ links: number }>(
    `select count(*) as links from twe.chain_link
     where head_no = (select head_no from twe.chain_head where run_id = $1)`,
    [runId],
  );
  return counted!;
}

/** The head of a run that has sealed the chains; undefined for one of before, or one that has not come so far. */
export async function headOf(session: Session, runId: string): Promise<ChainHead | undefined> {
  const [row] = await session.rows<ChainHead>(
    'select run_id as "runId", digest as head from twe.chain_head where run_id = $1',
    [runId],
  );
  return row;
}

/** Rows that the schema held when chains came: a link for each run and OCMW, run after run. */
async function linkWhatWasBefore(
  database: Pick<Database, 'session'>,
  session: Session,
  kind: BulkKind,
  lastNo: 'last_entry_no' | 'last_version_no',
): Promise<void> {
  const [start] = await session.rows<{ last: number }>(`select ${lastNo} as last from twe.chain_start`);
  if (start!.last === 0) return;
  const { table, number } = BULK_TABLES[kind];
  const runs = await session.rows<{ run_no: number; run_id: string }>(
    `select run_no, coalesce(run_id, 'run ' || run_no) as run_id
     from (select run_no, min(${number}) as first from ${table} where ${number} <= $1 group by run_no) used
     left join twe.run using (run_no)
     order by first`,
    [start!.last],
  );
  const range = { after: undefined, upTo: start!.last };
  const groups = await database.session((reader) => sealStoredRows(reader, kind, range));
  for (const run of runs) await appendLinks(session, kind, run.run_id, groups.get(run.run_no) ?? []);
}
