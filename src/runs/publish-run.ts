/** The export step: the documents of the night, and those of the batches that it booked. */
import { createHash } from 'node:crypto';
import { day, formatDay, type Day } from '../calendar.js';
import type { PublishedFolder } from '../exports/publish.js';
import type { Session } from '../db/database.js';
import { exportRun, exportBatch } from '../exports/export-run.js';
import { collectFindings } from '../inspect/findings.js';
import { fillChangedOrders, fillOrderedLines } from '../settlement/orders.js';
import type { Finding } from '../finding.js';
import type { RunContext, StepResult } from './job.js';

interface BookedBatch {
  readonly batch_id: string;
  readonly job: string;
  readonly run_day: string;
  readonly booked_run_id: string;
}

/**
 * Publishes `<out>/<date>/nightly/` and a folder for each batch that the run booked, under the batch's own day and job.
 * A batch job that is repeated publishes the batch of its day again.
 */
export async function publishRun(context: RunContext): Promise<StepResult> {
  const { database, config, today, runId, job, documents } = context;
  return database.transaction(async (session) => {
    await session.client.query('set transaction isolation level repeatable read');
    const batches = await batchesToPublish(session, context);
    const changedByRun = await fillOrders(session, context, batches);
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
    const changes =
      changedByRun === undefined ? {} : { changedByRun, findings: await newFindings(session, context, findings) };
    const folders: PublishedFolder[] = [];
    if (job === 'nightly' && documents !== 'BATCHES') {
      folders.push(
        await exportRun(session, { ...options, runId, job, businessDate: formatDay(today), batchIds: [], ...changes }),
      );
    }
    for (const batch of batches) {
      const about = { runId: batch.batch_id, job: batch.job, businessDate: batch.run_day, batchIds: [batch.batch_id] };
      const isOfTonight = day(batch.run_day) === today && documents !== 'BATCHES';
      folders.push(await (isOfTonight ? exportRun : exportBatch)(session, { ...options, ...about }));
    }
    return { counts: { folders: folders.length, findings: findings.length }, findings };
  });
}

/**
 * Fills `ordered_line`. Returns the number of the run when only what it changed is to be exported: `exports.nightly =
 * CHANGED`, a night that is not the first and booked nothing, and nobody else is paid than the night before.
 */
async function fillOrders(
  session: Session,
  { config, today, runNo, runId, previousAccrual }: RunContext,
  batches: readonly BookedBatch[],
): Promise<number | undefined> {
  const hasBooked = batches.some((batch) => batch.booked_run_id === runId);
  if (config.exportsNightly === 'ALL' || hasBooked || previousAccrual === undefined) {
    await fillOrderedLines(session, today);
    return undefined;
  }
  return (await fillChangedOrders(session, today, previousAccrual)) ? runNo : undefined;
}

function batchesToPublish(session: Session, { runId, job, today }: RunContext): Promise<BookedBatch[]> {
  return session.rows<BookedBatch>(
    `select batch_id, job, run_day, booked_run_id from twe.batch
     where booked_run_id = $1 or (job = $2 and run_day = $3)
     order by batch_no`,
    [runId, job, formatDay(today)],
  );
}

/** Findings that the night before did not have. */
async function newFindings(
  session: Session,
  { previousAccrual }: RunContext,
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
