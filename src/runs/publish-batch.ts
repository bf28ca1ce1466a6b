/** Publishing the documents of one batch: on its night, and again when somebody decided on it or held an OCMW out of it. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { day, formatDay, type Day } from '../calendar.js';
import type { Settings } from '../config.js';
import type { Session } from '../db/database.js';
import { folderOfDocuments, recordDocuments } from '../exports/batch-documents.js';
import { exportBatch, exportRun, type ExportOptions } from '../exports/export-run.js';
import { pageName } from '../exports/page/page.js';
import type { PublishedFolder } from '../exports/publish.js';
import type { LawOverrides } from '../law/keys.js';
import { headOf } from '../ledger/chain/seal.js';
import { fillOrderedLines } from '../settlement/orders.js';

export interface BookedBatch {
  readonly batch_id: string;
  readonly job: string;
  readonly run_day: string;
  readonly booked_run_id: string;
}

/** Columns of a `BookedBatch` in twe.batch. */
export const BATCH_COLUMNS = 'batch_id, job, run_day, booked_run_id';

/** Files of a run in the folder of a batch: they are not about the batch. */
const FILES_OF_THE_RUN = ['entitlements.csv', 'measurements.csv', 'position.csv', 'rejects.csv', 'findings.csv'];

type Options = Pick<ExportOptions, 'out' | 'lang' | 'findings' | 'workbooks' | 'debtor'> & {
  /** With the files of tonight's run beside those of the batch. */
  readonly withRun: boolean;
};

/** Publishes one batch with the law it was booked with, and records what was written. */
export async function publishBatch(session: Session, batch: BookedBatch, options: Options): Promise<PublishedFolder> {
  const [law] = await session.rows<{ law_digest: string; overrides: LawOverrides | null }>(
    `select run.law_digest, law.overrides
     from twe.run left join twe.law using (law_digest) where run_id = $1`,
    [batch.booked_run_id],
  );
  const folder = await (options.withRun ? exportRun : exportBatch)(session, {
    ...options,
    runId: batch.batch_id,
    job: batch.job,
    businessDate: batch.run_day,
    batchIds: [batch.batch_id],
    lawDigest: law!.law_digest,
    lawOverrides: law!.overrides ?? {},
    inputDigest: await inputDigest(session, day(batch.run_day)),
    chain: await headOf(session, batch.booked_run_id),
  });
  const ofTheRun = [...FILES_OF_THE_RUN, pageName(batch.run_day)];
  const names = folder.files.map(({ name }) => name).filter((name) => !ofTheRun.includes(name));
  await recordDocuments(session, batch.batch_id, folder, names);
  return folder;
}

/**
 * Publishes a batch again after a decision, where it was published before. Returns the folder; undefined when no documents
 * were made of it yet. Needs a transaction.
 */
export async function publishAgain(session: Session, batchId: string, settings: Settings): Promise<string | undefined> {
  const written = await folderOfDocuments(session, batchId);
  if (written === undefined) return undefined;
  const [batch] = await session.rows<BookedBatch>(`select ${BATCH_COLUMNS} from twe.batch where batch_id = $1`, [
    batchId,
  ]);
  const out = existsSync(written) ? dirname(dirname(written)) : settings.out;
  await fillOrderedLines(session, day(batch!.run_day));
  const folder = await publishBatch(session, batch!, {
    out,
    lang: 'nl',
    findings: [],
    withRun: false,
    debtor: settings.debtor,
  });
  return folder.path;
}

/** sha256 over names and digests of everything taken in up to a day. */
export async function inputDigest(session: Session, today: Day): Promise<string> {
  const rows = await session.rows<{ name: string; digest: string }>(
    `select name, digest from twe.delivery where counted_on <= $1 and state = 'TAKEN' order by name`,
    [formatDay(today)],
  );
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${row.name} ${row.digest}\n`);
  return hash.digest('hex');
}
