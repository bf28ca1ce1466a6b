/** The export step: the documents of the night, and those of the batches that it booked. */
import { createHash } from 'node:crypto';
import { day, formatDay, type Day } from '../calendar.js';
import type { PublishedFolder } from '../exports/publish.js';
import type { Session } from '../db/database.js';
import { exportRun, exportBatch } from '../exports/export-run.js';
import { collectFindings } from '../inspect/findings.js';
import { fillOrderedLines } from '../settlement/orders.js';
import type { Finding } from '../finding.js';
import type { RunContext, StepResult } from './job.js';

interface BookedBatch {
  readonly batch_id: string;
  readonly job: string;
  readonly run_day: string;
}

/**
 * Publishes `<out>/<date>/nightly/` and a folder for each batch that the run booked, under the batch's own day and job.
 * A batch job that is repeated publishes the batch of its day again.
 */
export async function publishRun(context: RunContext): Promise<StepResult> {
  const { database, config, today, runId, job, documents } = context;
  return database.transaction(async (session) => {
    await session.client.query('set transaction isolation level repeatable read');
    await fillOrderedLines(session, today);
    const findings = [
      ...(await storedFindings(session, runId)),
      ...(await collectFindings(session, today, config.law)),
    ];
    const options = {
      lawDigest: config.lawDigest,
      inputDigest: await inputDigest(session, today),
      out: config.out,
      findings,
      lawOverrides: config.lawOverrides,
      lang: context.lang,
      workbooks: documents === 'ALL',
    };
    const folders: PublishedFolder[] = [];
    if (job === 'nightly' && documents !== 'BATCHES') {
      folders.push(await exportRun(session, { ...options, runId, job, businessDate: formatDay(today), batchIds: [] }));
    }
    for (const batch of await batchesToPublish(session, context)) {
      const about = { runId: batch.batch_id, job: batch.job, businessDate: batch.run_day, batchIds: [batch.batch_id] };
      const isOfTonight = day(batch.run_day) === today && documents !== 'BATCHES';
      folders.push(await (isOfTonight ? exportRun : exportBatch)(session, { ...options, ...about }));
    }
    return { counts: { folders: folders.length, findings: findings.length }, findings };
  });
}

function batchesToPublish(session: Session, { runId, job, today }: RunContext): Promise<BookedBatch[]> {
  return session.rows<BookedBatch>(
    `select batch_id, job, run_day from twe.batch
     where booked_run_id = $1 or (job = $2 and run_day = $3)
     order by batch_no`,
    [runId, job, formatDay(today)],
  );
}

/** Findings that steps of this run kept. */
async function storedFindings(session: Session, runId: string): Promise<Finding[]> {
  const rows = await session.rows<{ counts: { findings?: Finding[] } }>(
    `select counts from twe.run_step where run_id = $1 and step <> 'export' order by step`,
    [runId],
  );
  return rows.flatMap((row) => row.counts.findings ?? []);
}

/** sha256 over names and digests of everything taken in up to a day. */
async function inputDigest(session: Session, today: Day): Promise<string> {
  const rows = await session.rows<{ name: string; digest: string }>(
    `select name, digest from twe.delivery where counted_on <= $1 and state = 'TAKEN' order by name`,
    [formatDay(today)],
  );
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${row.name} ${row.digest}\n`);
  return hash.digest('hex');
}
