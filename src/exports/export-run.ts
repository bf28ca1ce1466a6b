/** All documents of one run, or of one batch that was booked for an earlier day, published as one folder. */
import { day } from '../calendar.js';
import type { Debtor } from '../config.js';
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import type { LawOverrides } from '../law/keys.js';
import { parameterTable } from '../law/parameters.js';
import { writeBatchFiles, writeRunFiles, type ExportedFinding } from './machine-files.js';
import { refuseWrongTotals } from './control.js';
import { writePaymentFiles } from './payment-file-batch.js';
import { writePage } from './page/page.js';
import { prepareExport } from './prepare.js';
import { publishFolder, type Provenance, type PublishedFolder, type StagedFile } from './publish.js';
import { batchDocument } from './workbook/batch-document.js';
import { writeClawback } from './workbook/clawback.js';
import { readUnpaidResults } from './workbook/unpaid-results.js';
import { previewDocument, type DocumentOptions, type WorkbookDocument } from './workbook/document.js';
import type { Lang } from './workbook/look.js';
import { writeSettlement } from './workbook/settlement.js';

export interface ExportOptions extends Provenance {
  /** Output folder of the configuration. */
  readonly out: string;
  readonly lang: Lang;
  /** What the configuration changes of the law; the workbooks print every parameter in force. */
  readonly lawOverrides: LawOverrides;
  readonly findings: readonly ExportedFinding[];
  /** The batches that this run booked. With them the workbooks are their documents, without them a preview. */
  readonly batchIds: readonly string[];
  /** False leaves the workbooks out. */
  readonly workbooks?: boolean;
  /** Who pays; without one no payment files are written. */
  readonly debtor?: Debtor | undefined;
  /** Number of the run whose changes alone are wanted (`exports.nightly = CHANGED`); then without workbooks. */
  readonly changedByRun?: number | undefined;
}

/**
 * Writes and publishes the documents of a run. The session is a REPEATABLE READ transaction of the caller, so that all
 * files show one moment, and holds the temporary table `ordered_line` of the business date. Throws a Failure when the
 * folder cannot be written; nothing is half published then.
 */
export async function exportRun(session: Session, options: ExportOptions): Promise<PublishedFolder> {
  return publish(session, options, async (folder) => {
    const files = await writeRunFiles(session, folder, options.findings, options.changedByRun);
    files.push(...(await writeFilesOfBatches(session, folder, options)));
    if (options.workbooks !== false) files.push(await writePage(session, folder, options, files));
    return files;
  });
}

/**
 * The documents of batches alone: for a run day that has passed, whose position is not that of tonight. What lies in their
 * folder besides stays.
 */
export async function exportBatch(session: Session, options: ExportOptions): Promise<PublishedFolder> {
  return publish(session, options, (folder) => writeFilesOfBatches(session, folder, options), { keepOthers: true });
}

async function writeFilesOfBatches(session: Session, folder: string, options: ExportOptions): Promise<StagedFile[]> {
  const { batchIds, debtor } = options;
  if (batchIds.length === 0) return [];
  return [...(await writeBatchFiles(session, folder)), ...(await writePaymentFiles(session, folder, batchIds, debtor))];
}

async function publish(
  session: Session,
  options: ExportOptions,
  writeMachineFiles: (folder: string) => Promise<StagedFile[]>,
  keeping: { readonly keepOthers?: boolean } = {},
): Promise<PublishedFolder> {
  await prepareExport(session, day(options.businessDate), options.batchIds, options.changedByRun);
  return publishFolder(
    options.out,
    options,
    async (folder) => {
      const files = await writeMachineFiles(folder);
      if (options.changedByRun === undefined) await refuseWrongTotals(session, files);
      if (options.workbooks !== false && options.changedByRun === undefined)
        files.push(...(await writeWorkbooks(session, folder, options)));
      return files;
    },
    keeping,
  );
}

async function writeWorkbooks(session: Session, folder: string, options: ExportOptions): Promise<StagedFile[]> {
  const { runId, job, businessDate, lawDigest, inputDigest, lang } = options;
  const about: DocumentOptions = {
    lang,
    provenance: { runId, job, businessDate, lawDigest, inputDigest },
    parameters: parameterTable(options.lawOverrides),
    whyUnpaid: await readUnpaidResults(session, day(businessDate), options.lawOverrides),
  };
  if (options.batchIds.length === 0) {
    return writeBoth(folder, await previewDocument(session, day(businessDate), about));
  }
  const files: StagedFile[] = [];
  for (const batchId of options.batchIds) {
    await session.rows('truncate export_batch');
    await session.rows(sql('exports/fill_export_batch'), [[batchId]]);
    files.push(...(await writeBoth(folder, await batchDocument(session, about))));
  }
  return files;
}

async function writeBoth(folder: string, document: WorkbookDocument): Promise<StagedFile[]> {
  return [await writeSettlement(folder, document), await writeClawback(folder, document)];
}
