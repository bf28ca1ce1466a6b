/** The receipt of a run: what went in, by which law and program, and what came out, all as digests. */
import { basename, dirname } from 'node:path';
import type { Session } from '../db/database.js';
import type { PublishedFolder } from '../exports/publish.js';

/** Keeps what a run published in a folder, instead of what it published there before. */
export async function recordFiles(session: Session, runId: string, { path, files }: PublishedFolder): Promise<void> {
  const folder = `${basename(dirname(path))}/${basename(path)}`;
  await session.rows('delete from twe.exported_file where run_id = $1 and folder = $2', [runId, folder]);
  await session.rows(
    `insert into twe.exported_file (run_id, folder, name, row_count, total_cents, sha256)
     select $1, $2, * from unnest($3::text[], $4::integer[], $5::bigint[], $6::text[])`,
    [
      runId,
      folder,
      files.map(({ name }) => name),
      files.map(({ rows }) => rows),
      files.map(({ totalCents }) => totalCents),
      files.map(({ sha256 }) => sha256),
    ],
  );
}

/** What a run keeps of itself, to be compared when it is computed again. */
export interface Receipt {
  /** sha256 over names and digests of the deliveries taken in up to its date; null for a run that did not come so far. */
  readonly inputDigest: string | null;
  readonly lawDigest: string;
  readonly programVersion: string;
  /** Head over all chains when it had done its work. */
  readonly head: string | null;
  /** What it published last. */
  readonly files: readonly {
    readonly folder: string;
    readonly name: string;
    readonly rows: number;
    readonly totalCents: number;
    readonly sha256: string;
  }[];
}

/** The receipt of a run; undefined when there is no such run. */
export async function readReceipt(session: Session, runId: string): Promise<Receipt | undefined> {
  const [run] = await session.rows<Omit<Receipt, 'files'>>(
    `select input_digest as "inputDigest", law_digest as "lawDigest", program_version as "programVersion", digest as head
     from twe.run left join twe.chain_head using (run_id)
     where run_id = $1`,
    [runId],
  );
  if (run === undefined) return undefined;
  const files = await session.rows<Receipt['files'][number]>(
    `select folder, name, row_count as rows, total_cents as "totalCents", sha256
     from twe.exported_file where run_id = $1 order by folder, name`,
    [runId],
  );
  return { ...run, files };
}
