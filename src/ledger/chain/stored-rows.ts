/** Reads back what ledger and measurements hold, in the form in which it was sealed, a piece at a time. */
import { copyOutLines } from '../../db/copy.js';
import type { Session } from '../../db/database.js';
import { SEALED_COLUMNS, type BulkKind } from './link.js';
import { RowSeals, type SealedRows } from './row-seals.js';

/** The table of a kind and the column that numbers its rows. */
export const BULK_TABLES: Readonly<Record<BulkKind, { readonly table: string; readonly number: string }>> = {
  ENTRIES: { table: 'twe.ledger_entry', number: 'entry_no' },
  MEASUREMENTS: { table: 'twe.measurement_version', number: 'version_no' },
};

/** Rows whose number lies above `after`, up to and with `upTo`; without that end when undefined. */
export interface Range {
  readonly after: number | undefined;
  readonly upTo: number | undefined;
}

/** A row within a piece that was read; valid until the next one. */
export interface StoredRow {
  readonly no: number;
  readonly runNo: number;
  readonly ocmwId: string;
  /** What is sealed, line end included: `bytes` from `from` to `to`. */
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

const TAB = 0x09;
const NEWLINE = 0x0a;

/** Calls `take` for each row of a range in order of number. @param only rows of one run and OCMW */
export async function readStoredRows(
  session: Session,
  kind: BulkKind,
  { after, upTo }: Range,
  take: (row: StoredRow) => void,
  only?: { readonly runNo: number; readonly ocmwId: string },
): Promise<void> {
  const { table, number } = BULK_TABLES[kind];
  // COPY takes no parameters.
  const conditions = [
    ...(after === undefined ? [] : [`${number} > ${after}`]),
    ...(upTo === undefined ? [] : [`${number} <= ${upTo}`]),
    ...(only === undefined ? [] : [`run_no = ${only.runNo}`, `ocmw_id = ${session.client.escapeLiteral(only.ocmwId)}`]),
  ];
  const select = `
    select ${number}, run_no, ocmw_id, ${SEALED_COLUMNS[kind]}
    from ${table}
    where ${['true', ...conditions].join(' and ')}
    order by ${number}`;
  for await (const piece of copyOutLines(session, select)) readPiece(piece, take);
}

/** The rows of a range sealed anew: by run number, for each OCMW. */
export async function sealStoredRows(
  session: Session,
  kind: BulkKind,
  range: Range,
): Promise<Map<number, SealedRows[]>> {
  const seals = new RowSeals();
  let runNo = Number.NaN;
  let ocmwId = '';
  let key = '';
  await readStoredRows(session, kind, range, (row) => {
    if (row.runNo !== runNo || row.ocmwId !== ocmwId) {
      ({ runNo, ocmwId } = row);
      key = `${runNo}\t${ocmwId}`;
    }
    seals.addBytes(key, row.no, row.bytes, row.from, row.to);
  });
  const byRun = new Map<number, SealedRows[]>();
  for (const sealed of seals.finish()) {
    const tab = sealed.key.indexOf('\t');
    const run = Number(sealed.key.slice(0, tab));
    byRun.set(run, [...(byRun.get(run) ?? []), { ...sealed, key: sealed.key.slice(tab + 1) }]);
  }
  return byRun;
}

/** Run and OCMW mostly are those of the row before: then their bytes are compared and no text is made. */
function readPiece(bytes: Buffer, take: (row: StoredRow) => void): void {
  let group = bytes.subarray(0, 0);
  let runNo = 0;
  let ocmwId = '';
  for (let start = 0; start < bytes.length;) {
    const afterNo = bytes.indexOf(TAB, start);
    const afterRun = bytes.indexOf(TAB, afterNo + 1);
    const from = bytes.indexOf(TAB, afterRun + 1) + 1;
    const to = bytes.indexOf(NEWLINE, from) + 1;
    if (bytes.compare(group, 0, group.length, afterNo, from) !== 0) {
      group = bytes.subarray(afterNo, from);
      runNo = Number(bytes.toString('latin1', afterNo + 1, afterRun));
      ocmwId = bytes.toString('utf8', afterRun + 1, from - 1);
    }
    take({ no: Number(bytes.toString('latin1', start, afterNo)), runNo, ocmwId, bytes, from, to });
    start = to;
  }
}
