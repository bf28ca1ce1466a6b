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
