/** The documents of a batch: what was written of it, and whether it still lies there as it was written. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDay, type Day } from '../calendar.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { EXIT, Failure } from '../errors.js';
import type { PublishedFolder } from './publish.js';

interface RecordedDocument {
  readonly name: string;
  readonly sha256: string;
  readonly folder: string;
}

/** Records what was published of a batch; a file that did not change gets no new row. */
export async function recordDocuments(
  session: Session,
  batchId: string,
  { path, files }: PublishedFolder,
  names: readonly string[],
): Promise<void> {
  for (const { name, sha256 } of files.filter((file) => names.includes(file.name))) {
    await session.rows(
      `insert into twe.batch_document (batch_no, name, sha256, folder)
       select batch_no, $2, $3, $4
       from twe.batch
       where batch_id = $1 and not exists (
         select from (
           select sha256, folder from twe.batch_document document
           where document.batch_no = batch.batch_no and name = $2
           order by document_no desc limit 1
         ) newest
         where newest.sha256 = $3 and newest.folder = $4
       )`,
      [batchId, name, sha256, path],
    );
  }
}

/**
 * Throws a Failure (exit 4) when a document of the batch is not as it was written. Returns the names that are no longer
 * there: moved away or written on another machine.
 */
export async function refuseAlteredDocuments(session: Session, batchId: string): Promise<string[]> {
  const documents = await newestDocuments(session, batchId);
  const missing: string[] = [];
  for (const { name, sha256, folder } of documents) {
    const path = join(folder, name);
    const present = await digestOf(path);
    if (present === undefined) missing.push(path);
    else if (present !== sha256) {
      throw new Failure(
        EXIT.check,
        `${path} was altered after it was written: it is no longer the document of batch ${batchId}. Nothing was ` +
          'changed. Move the file away; the next night writes it again, to be reviewed anew.',
      );
    }
  }
  return missing;
}

/** Paths of documents of batches decided since a day that are no longer as they were written. What is gone is left aside. */
export async function listAlteredDocuments(session: Session, since: Day): Promise<{ batchId: string; path: string }[]> {
  const documents = await session.rows<RecordedDocument & { readonly batch_id: string }>(
    `select distinct on (batch_no, name) batch_id, name, sha256, folder
     from twe.batch_document
     join twe.batch using (batch_no)
     join twe.batch_decision using (batch_no)
     where decided_on >= $1
     order by batch_no, name, document_no desc`,
    [formatDay(since)],
  );
  const altered: { batchId: string; path: string }[] = [];
  for (const { batch_id: batchId, name, sha256, folder } of documents) {
    const path = join(folder, name);
    const present = await digestOf(path);
    if (present !== undefined && present !== sha256) altered.push({ batchId, path });
  }
  return altered;
}

/**
 * Ids of batches of which the documents do not show the last decision or OCMW that was held out: who said it was interrupted
 * before they were written again.
 */
export async function listOutdatedBatches(session: Session): Promise<string[]> {
  const batches = await session.rows<{ batch_id: string }>(sql('exports/list_outdated_batches'));
  return batches.map(({ batch_id }) => batch_id);
}

/** Folder in which the documents of a batch were last written; undefined when none were. */
export async function folderOfDocuments(session: Session, batchId: string): Promise<string | undefined> {
  return (await newestDocuments(session, batchId))[0]?.folder;
}

async function newestDocuments(session: Session, batchId: string): Promise<RecordedDocument[]> {
  return session.rows<RecordedDocument>(
    `select distinct on (name) name, sha256, folder
     from twe.batch_document
     join twe.batch using (batch_no)
     where batch_id = $1
     order by name, document_no desc`,
    [batchId],
  );
}

async function digestOf(path: string): Promise<string | undefined> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT' || (error as { code?: unknown }).code === 'ENOTDIR')
      return undefined;
    throw error;
  }
}
