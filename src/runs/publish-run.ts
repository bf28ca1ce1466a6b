/** The export step: the documents of the night, and those of the batches that it booked. */
import { day, formatDay, type Day } from '../calendar.js';
import { listAlteredDocuments, listOutdatedBatches } from '../exports/batch-documents.js';
import type { PublishedFolder } from '../exports/publish.js';
import { publishAnswers } from '../exports/sender-answer.js';
import type { Settings } from '../config.js';
import type { Session } from '../db/database.js';
import { headOf } from '../ledger/chain/seal.js';
import { exportRun } from '../exports/export-run.js';
import { collectFindings } from '../inspect/findings.js';
import { refuseLostLines } from '../settlement/conservation.js';
import { fillChangedOrders, fillOrderedLines } from '../settlement/orders.js';
import type { Finding } from '../finding.js';
import type { RunContext, StepResult } from './job.js';
import { BATCH_COLUMNS, inputDigest, publishBatch, type BookedBatch } from './publish-batch.js';
import { recordFiles } from './receipt.js';
import { refuseWhenStopped } from './stop.js';

/** What publishing needs to know of a run. */
export type PublishedRun = Pick<
  RunContext,
  'database' | 'today' | 'runId' | 'runNo' | 'job' | 'documents' | 'lang' | 'previousAccrual' | 'stop'
> & { readonly config: Settings };

/**
 * Publishes `<out>/<date>/nightly/` and a folder for each batch that the run booked, under the batch's own day and job.
 * A batch job that is repeated publishes the batch of its day again.
 */
export async function publishRun(context: RunContext): Promise<StepResult> {
  const { today, runId, config } = context;
  const collect = async (session: Session) => [
    ...(await storedFindings(session, runId)),
    ...(await collectFindings(session, today, config.law)),
    ...(await alteredDocuments(session, today)),
  ];
  const { folders, findings } = await publishWith(context, collect);
  return { counts: { folders: folders.length, findings: findings.length }, findings };
}

/** The same with findings from elsewhere: those that a past run told. */
export async function publishWith(
  context: PublishedRun,
  collect: (session: Session) => Promise<readonly Finding[]>,
): Promise<{ readonly folders: readonly PublishedFolder[]; readonly findings: readonly Finding[] }> {
  const { database, config, today, runId, job, documents } = context;
  return database.transaction(async (session) => {
    await session.client.query('set transaction isolation level repeatable read');
    const batches = await batchesToPublish(session, context);
    const changedByRun = await fillOrders(session, context, batches);
    await refuseLostLines(session, today);
    const findings = await collect(session);
    const options = {
      lawDigest: config.lawDigest,
      inputDigest: await inputDigest(session, today),
      chain: await headOf(session, runId),
      out: config.out,
      findings,
      lawOverrides: config.lawOverrides,
      lang: context.lang,
      workbooks: documents === 'ALL',
      debtor: config.debtor,
    };
    const changes =
      changedByRun === undefined ? {} : { changedByRun, findings: await newFindings(session, context, findings) };
    const folders: PublishedFolder[] = [];
    if (job === 'nightly' && documents !== 'BATCHES') {
      folders.push(
        await exportRun(session, { ...options, runId, job, businessDate: formatDay(today), batchIds: [], ...changes }),
      );
      const provenance = { ...options, runId, job, businessDate: formatDay(today) };
      const answers = await publishAnswers(session, config.out, provenance, options);
      if (answers !== undefined) folders.push(answers);
    }
    for (const batch of batches) {
      refuseWhenStopped(context.stop);
      const withRun = day(batch.run_day) === today && documents !== 'BATCHES';
      folders.push(await publishBatch(session, batch, { ...options, withRun }));
    }
    for (const folder of folders) await recordFiles(session, runId, folder);
    return { folders, findings };
  });
}

/**
 * Fills `ordered_line`. Returns the number of the run when only what it changed is to be exported: `exports.nightly =
 * CHANGED`, a night that is not the first and booked nothing, and nobody else is paid than the night before.
 */
async function fillOrders(
  session: Session,
  { config, today, runNo, runId, previousAccrual }: PublishedRun,
  batches: readonly BookedBatch[],
): Promise<number | undefined> {
  const hasBooked = batches.some((batch) => batch.booked_run_id === runId);
  if (config.exportsNightly === 'ALL' || hasBooked || previousAccrual === undefined) {
    await fillOrderedLines(session, today);
    return undefined;
  }
  return (await fillChangedOrders(session, today, previousAccrual)) ? runNo : undefined;
}

/**
 * Those that the run booked, that of the day of a batch job, those for which an account became known, and those decided
 * on, or an OCMW held out of, since their documents were written.
 */
async function batchesToPublish(session: Session, { runId, job, today }: PublishedRun): Promise<BookedBatch[]> {
  return session.rows<BookedBatch>(
    `select ${BATCH_COLUMNS} from twe.batch
     where booked_run_id = $1 or (job = $2 and run_day = $3) or exists (
       -- an account that a payment waited for became known tonight
       select from twe.standing_batch_claim claim
       join twe.batch_decision using (batch_no)
       join twe.ocmw_version account on account.ocmw_id = claim.ocmw_id
       where claim.batch_no = batch.batch_no and direction = 'PAY' and decision = 'APPROVED'
         and account.iban is not null and account.counted_on = $3
         and not exists (
           select from twe.ocmw_version earlier
           where earlier.ocmw_id = claim.ocmw_id and earlier.iban is not null and earlier.counted_on < $3
         )
     ) or batch_id = any ($4)
     order by batch_no`,
    [runId, job, formatDay(today), await listOutdatedBatches(session)],
  );
}

/** For how long documents of a decided batch are looked at every night. */
const WATCHED_DAYS = 100;

/** What was signed for must stay what it was. */
async function alteredDocuments(session: Session, today: Day): Promise<Finding[]> {
  const altered = await listAlteredDocuments(session, today - WATCHED_DAYS);
  return altered.map(({ batchId, path }) => ({
    ...{ severity: 'ERROR', code: 'DOCUMENT_ALTERED', ocmwId: '', weoId: '', subject: batchId },
    message:
      `${path} is not what was written and decided on. Move it away and find out who changed it; \`twe approve\` and the bank ` +
      'must see the document of the program.',
  }));
}

/** Findings that the night before did not have. */
async function newFindings(
  session: Session,
  { previousAccrual }: PublishedRun,
  findings: readonly Finding[],
): Promise<Finding[]> {
  const rows = await session.rows<{ findings: Finding[] | null }>(
    `select s.counts->'findings' as findings
     from twe.run_step s
     join twe.run r using (run_id)
     where s.step = 'export' and r.job = 'nightly' and r.business_date = $1`,
    [formatDay(previousAccrual!)],
  );
  const nameOf = ({ severity, code, ocmwId, weoId, subject, message }: Finding) =>
    [severity, code, ocmwId, weoId, subject, message].join('\x1f');
  const known = new Set(rows.flatMap((row) => row.findings ?? []).map(nameOf));
  return findings.filter((finding) => !known.has(nameOf(finding)));
}

/** Findings that steps of this run kept. */
async function storedFindings(session: Session, runId: string): Promise<Finding[]> {
  const rows = await session.rows<{ counts: { findings?: Finding[] } }>(
    `select counts from twe.run_step where run_id = $1 and step <> 'export' order by step`,
    [runId],
  );
  return rows.flatMap((row) => row.counts.findings ?? []);
}
