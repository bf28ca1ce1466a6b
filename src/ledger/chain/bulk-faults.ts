/** Ledger entries and measurement versions of a part against its links: which row was changed first. */
import type { Session } from '../../db/database.js';
import { checksOf, findChange, type PresentRow } from './find-change.js';
import { rowFault, rowsFault, unsealedFault, type ChainFault, type NamedRow } from './fault.js';
import type { BulkKind, Link, Part } from './link.js';
import { checkOf } from './row-seals.js';
import { readStoredRows, sealStoredRows, type Range } from './stored-rows.js';

/** Links whose rows are read once more to find the row: after the first few nobody reads on. */
const MOST_LOOKED_INTO = 5;

type BulkLink = Link & { readonly kind: BulkKind };

/** Reads the rows of a part back. `rows`: how many there were. @param runIds of all runs, by number */
export async function bulkFaults(
  session: Session,
  part: Part,
  runIds: ReadonlyMap<number, string>,
): Promise<{ rows: number; faults: ChainFault[] }> {
  let rows = 0;
  const faults: ChainFault[] = [];
  for (const kind of ['ENTRIES', 'MEASUREMENTS'] as const) {
    const range = await rangeOf(session, kind, part);
    const found = new Map<string, Group>();
    for (const [runNo, groups] of await sealStoredRows(session, kind, range)) {
      const runId = runIds.get(runNo) ?? `run ${runNo}`;
      for (const { key: ocmwId, rowCount, rowsDigest, firstNo } of groups) {
        rows += rowCount;
        found.set(`${runId}\t${ocmwId}`, { kind, runNo, runId, ocmwId, rowCount, rowsDigest, firstNo });
      }
    }
    faults.push(...(await compare(session, kind, part.links, found, range, runIds)));
  }
  return { rows, faults };
}

interface Group {
  readonly kind: BulkKind;
  readonly runNo: number;
  readonly runId: string;
  readonly ocmwId: string;
  readonly rowCount: number;
  readonly rowsDigest: string;
  readonly firstNo: number;
}

async function rangeOf(session: Session, kind: BulkKind, { head, before }: Part): Promise<Range> {
  const last = kind === 'ENTRIES' ? 'lastEntryNo' : 'lastVersionNo';
  if (before !== undefined || head !== undefined) return { after: before?.[last], upTo: head?.[last] };
  // No run has sealed the chains yet: what was there before waits for the first one.
  const column = kind === 'ENTRIES' ? 'last_entry_no' : 'last_version_no';
  const [start] = await session.rows<{ last: number }>(`select ${column} as last from twe.chain_start`);
  return { after: start!.last === 0 ? undefined : start!.last, upTo: undefined };
}

async function compare(
  session: Session,
  kind: BulkKind,
  links: readonly Link[],
  found: Map<string, Group>,
  range: Range,
  runIds: ReadonlyMap<number, string>,
): Promise<ChainFault[]> {
  const runNos = new Map([...runIds].map(([runNo, runId]) => [runId, runNo]));
  const faults: ChainFault[] = [];
  const suspects: (() => Promise<ChainFault>)[] = [];
  for (const link of links.filter((each): each is BulkLink => each.kind === kind)) {
    const key = `${link.about}\t${link.ocmwId}`;
    const group = found.get(key);
    found.delete(key);
    if (group?.rowsDigest === link.rowsDigest && group.rowCount === link.rowCount) continue;
    const runNo = group?.runNo ?? runNos.get(link.about);
    suspects.push(() => lookInto(session, link, runNo, range));
  }
  for (const group of found.values()) suspects.push(() => lookAtUnsealed(session, group, range));
  for (const look of suspects.slice(0, MOST_LOOKED_INTO)) faults.push(await look());
  return faults.sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity));
}

async function lookInto(
  session: Session,
  link: BulkLink,
  runNo: number | undefined,
  range: Range,
): Promise<ChainFault> {
  const [stored] = await session.rows<{ checks: Buffer | null }>(
    'select checks from twe.chain_link where ocmw_id = $1 and link_no = $2',
    [link.ocmwId, link.linkNo],
  );
  const present = runNo === undefined ? [] : await rowsOf(session, link.kind, range, { runNo, ocmwId: link.ocmwId });
  const change = findChange(checksOf(stored!.checks ?? Buffer.alloc(0)), present);
  return change === undefined ? rowsFault(link, present.length) : rowFault(link, change, present);
}

async function lookAtUnsealed(session: Session, group: Group, range: Range): Promise<ChainFault> {
  const { kind, ocmwId, runId } = group;
  const [first] = await rowsOf(session, kind, range, group);
  return unsealedFault({ kind, ocmwId, about: runId }, first!, group.rowCount);
}

async function rowsOf(
  session: Session,
  kind: BulkKind,
  range: Range,
  only: { readonly runNo: number; readonly ocmwId: string },
): Promise<(PresentRow & NamedRow)[]> {
  const rows: (PresentRow & NamedRow)[] = [];
  await readStoredRows(
    session,
    kind,
    range,
    ({ no, bytes, from, to }) => {
      const values = bytes.toString('utf8', from, to - 1).split('\t');
      rows.push({ no, check: checkOf(bytes, from, to), values });
    },
    only,
  );
  return rows;
}
