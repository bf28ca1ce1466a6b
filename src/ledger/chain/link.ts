/** What is chained, and how the digests of links and heads are made: the same in sql/migrations/0007_chains.sql. */
import { createHash } from 'node:crypto';
import type { Session } from '../../db/database.js';
import type { SealedRows } from './row-seals.js';

/** Kinds of links whose rows are streamed: those that a night appends by the million. */
export type BulkKind = 'ENTRIES' | 'MEASUREMENTS';
export type LinkKind = BulkKind | 'BATCH_PART' | 'BATCH' | 'DECISION' | 'HOLD' | 'DELIVERIES' | 'GUARDS';

/** What is sealed of the rows: not what numbers them, nor the run and the OCMW, which the link names. */
export const SEALED_COLUMNS: Readonly<Record<BulkKind, string>> = {
  ENTRIES: 'weo_id, component, first_month, last_month, cents, rule, reason',
  MEASUREMENTS: 'weo_id, measurement, measured_on, outcome, employment_id, source, cents, voided',
};

/** A link as it stands in the database. */
export interface Link {
  /** '' for what belongs to no OCMW. */
  readonly ocmwId: string;
  readonly linkNo: number;
  readonly headNo: number;
  readonly kind: LinkKind;
  /** Id of the run or of the batch. */
  readonly about: string;
  readonly rowCount: number;
  readonly firstNo: number | null;
  readonly lastNo: number | null;
  readonly rowsDigest: string;
  readonly digest: string;
  readonly seal: string;
}

/** Columns of a `Link` in twe.chain_link. */
export const LINK_COLUMNS = `ocmw_id as "ocmwId", link_no as "linkNo", head_no as "headNo", kind, about,
  row_count as "rowCount", first_no as "firstNo", last_no as "lastNo", rows_digest as "rowsDigest", digest, seal`;

/** A head as it stands in the database. */
export interface Head {
  readonly headNo: number;
  readonly runId: string;
  readonly lastEntryNo: number;
  readonly lastVersionNo: number;
  readonly digest: string;
}

/** What a head covers; without a head what was appended since the last one. */
export interface Part {
  readonly head: Head | undefined;
  readonly before: Head | undefined;
  readonly links: readonly Link[];
}

/** Digest of a link. @param before that of the link before in its chain, '' for the first one */
export function linkDigest(before: string, { ocmwId, kind, about, rowCount, rowsDigest }: Link): string {
  return sha256([before, ocmwId, kind, about, rowCount, rowsDigest].join('\n'));
}

/** Seal of a link. @param before that of the link before in its chain; circumstances: who, where and when */
export function linkSeal(before: string, { digest, firstNo, lastNo }: Link, circumstances: string): string {
  return sha256([before, digest, firstNo ?? '', lastNo ?? '', circumstances].join('\n'));
}

/** Digest of a head. @param links all since the head before, by OCMW and number */
export function headDigest(before: string, runId: string, links: readonly Link[]): string {
  const lines = links.map(({ ocmwId, linkNo, digest }) => `${ocmwId}\t${linkNo}\t${digest}`);
  return sha256([before, runId, ...lines].join('\n'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Links that go to the database at once: their checks are four bytes a row. */
const TOGETHER = 64;

/** Adds a link for each group of rows, whose key is its OCMW, in the transaction that appended the rows. */
export async function appendLinks(
  session: Session,
  kind: BulkKind,
  runId: string,
  groups: readonly SealedRows[],
): Promise<void> {
  for (let from = 0; from < groups.length; from += TOGETHER) {
    const part = groups.slice(from, from + TOGETHER);
    await session.rows(
      `select twe.append_link(ocmw_id, $1, $2, row_count, first_no, last_no, checks, rows_digest, '')
       from unnest($3::text[], $4::integer[], $5::bigint[], $6::bigint[], $7::bytea[], $8::text[])
         as link (ocmw_id, row_count, first_no, last_no, checks, rows_digest)`,
      [
        kind,
        runId,
        part.map(({ key }) => key),
        part.map(({ rowCount }) => rowCount),
        ...(kind === 'ENTRIES'
          ? [part.map(({ firstNo }) => firstNo), part.map(({ lastNo }) => lastNo)]
          : [part.map(() => null), part.map(() => null)]),
        part.map(({ checks }) => checks),
        part.map(({ rowsDigest }) => rowsDigest),
      ],
    );
  }
}
