/**
 * Whether ledger, measurements, batches, approvals and deliveries still are what was sealed. Each head covers a part: the
 * newest part takes seconds, all of them reads everything back.
 */
import type { Database, Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { bulkFaults } from './bulk-faults.js';
import {
  circumstancesFault,
  goneHeadFault,
  headFault,
  linkFault,
  rowsFault,
  unlinkedFault,
  type ChainFault,
} from './fault.js';
import {
  headDigest,
  linkDigest,
  linkSeal,
  LINK_COLUMNS,
  type Head,
  type Link,
  type LinkKind,
  type Part,
} from './link.js';

export interface ChainReport {
  /** Heads, links and rows that were looked at. */
  readonly heads: number;
  readonly links: number;
  readonly rows: number;
  /** In the order of the ledger, the first one first. */
  readonly faults: readonly ChainFault[];
}

/** More are of no use to anyone. */
const MOST_FAULTS = 20;

/** Reads in one snapshot. @param full everything; without it the part of the last head and what came after it */
export async function verifyChains(database: Pick<Database, 'transaction'>, full: boolean): Promise<ChainReport> {
  return database.transaction(async (session) => {
    await session.client.query('set transaction isolation level repeatable read');
    return lookAtChains(session, full);
  });
}

/** The same in a transaction of the caller. */
export async function lookAtChains(session: Session, full: boolean): Promise<ChainReport> {
  const heads = await loadHeads(session);
  const looked = { heads: 0, links: 0, rows: 0 };
  const gone = goneHead(heads);
  if (gone !== undefined) return { ...looked, faults: [gone] };
  const faults: ChainFault[] = [];
  const runs = await session.rows<{ run_no: number; run_id: string }>('select run_no, run_id from twe.run');
  const runIds = new Map(runs.map((run) => [run.run_no, run.run_id]));
  for (let index = full ? 0 : Math.max(0, heads.length - 1); index <= heads.length; index++) {
    if (faults.length >= MOST_FAULTS) break;
    const part = await loadPart(session, heads[index], heads[index - 1]);
    looked.heads += part.head === undefined ? 0 : 1;
    looked.links += part.links.length;
    const bulk = await bulkFaults(session, part, runIds);
    looked.rows += bulk.rows;
    faults.push(...bulk.faults, ...(await linkFaults(session, part)), ...headFaults(part));
  }
  faults.push(...(await unlinked(session)));
  return { ...looked, faults: faults.slice(0, MOST_FAULTS) };
}

async function loadHeads(session: Session): Promise<Head[]> {
  return session.rows<Head>(
    `select head_no as "headNo", run_id as "runId", last_entry_no as "lastEntryNo", last_version_no as "lastVersionNo", digest
     from twe.chain_head order by head_no`,
  );
}

/** Without one of them it cannot be said what the next one covers: nothing more is looked at then. */
function goneHead(heads: readonly Head[]): ChainFault | undefined {
  const next = heads.find(({ headNo }, index) => headNo !== index + 1);
  return next && goneHeadFault(next.runId, next.digest);
}

async function loadPart(session: Session, head: Head | undefined, before: Head | undefined): Promise<Part> {
  const links = await session.rows<Link>(
    `select ${LINK_COLUMNS} from twe.chain_link where head_no = $1 order by ocmw_id, link_no`,
    [head?.headNo ?? (before?.headNo ?? 0) + 1],
  );
  return { head, before, links };
}

function headFaults({ head, before, links }: Part): ChainFault[] {
  if (head === undefined || headDigest(before?.digest ?? '', head.runId, links) === head.digest) return [];
  return [headFault(head.runId, head.digest)];
}

interface LinkNow {
  readonly ocmwId: string;
  readonly linkNo: number;
  /** Of the link before; null when it is gone. */
  readonly digestBefore: string | null;
  readonly sealBefore: string | null;
  /** Of few rows: as they are now; null for rows that are streamed. */
  readonly rowCount: number | null;
  readonly rowsDigest: string | null;
  readonly circumstances: string;
}

/** The digests of the links of a part, and the rows of those that have few. */
async function linkFaults(session: Session, { links }: Part): Promise<ChainFault[]> {
  if (links.length === 0) return [];
  const faults: ChainFault[] = [];
  const now = new Map(
    (await session.rows<LinkNow>(sql('ledger/list_links_now'), [links[0]!.headNo])).map((each) => [
      `${each.ocmwId} ${each.linkNo}`,
      each,
    ]),
  );
  for (const link of links) {
    const { digestBefore, sealBefore, rowCount, rowsDigest, circumstances } = now.get(`${link.ocmwId} ${link.linkNo}`)!;
    if (rowCount !== null && (rowCount !== link.rowCount || rowsDigest !== link.rowsDigest))
      faults.push(rowsFault(link, rowCount));
    if (digestBefore === null || linkDigest(digestBefore, link) !== link.digest) faults.push(linkFault(link));
    else if (sealBefore === null || linkSeal(sealBefore, link, circumstances) !== link.seal)
      faults.push(circumstancesFault(link));
  }
  return faults;
}

/** Batches, decisions, holds, deliveries and accepted guards without a link. */
async function unlinked(session: Session): Promise<ChainFault[]> {
  const rows = await session.rows<{ kind: LinkKind; ocmw_id: string; about: string }>(sql('ledger/list_unlinked'));
  return rows.map(({ kind, ocmw_id: ocmwId, about }) => unlinkedFault(kind, ocmwId, about));
}
