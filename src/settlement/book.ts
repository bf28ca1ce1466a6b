/**
 * Books one batch: computes what is due under the batch's own knowledge, drafts the lines, nets them per OCMW, freezes
 * what is finally settled. One transaction; a batch is immutable once booked.
 */
import { createHash } from 'node:crypto';
import { formatDay, yearOf, monthOf } from '../calendar.js';
import { copyIn, copyRow } from '../db/copy.js';
import type { Database, Session } from '../db/database.js';
import { structuredCommunication } from '../identifiers.js';
import type { Law } from '../law/law.js';
import { decisionInForce, decisionName, measurements } from '../law/outflow.js';
import { Computation, loadBudgets, type ComputedTrajectory } from '../ledger/compute.js';
import { streamTrajectories } from '../ledger/stream.js';
import { buildFacts, type CarriedHistory } from '../records/build.js';
import type { Cents } from '../money.js';
import { net, type Claim, type Netted } from './claims.js';
import type { DueBatch } from './due-batches.js';
import { draftLines, type DraftLine } from './lines.js';
import { fillBefore, unpackBefore } from './orders.js';
import { ReasonBook } from './reasons.js';

export interface BookOptions {
  readonly law: Law;
  readonly carried: CarriedHistory;
  /** Run that books, for the record. */
  readonly runId: string;
  readonly approvalRequired: boolean;
  /** User of the system that runs: whoever prepares a batch does not approve it. */
  readonly preparedBy: string;
}

export interface BookedBatch {
  readonly batchId: string;
  readonly lines: number;
  readonly payCents: Cents;
  readonly claimCents: Cents;
}

/**
 * Returns undefined when a nightly final settlement has nothing to settle: a quarter and a year are booked even then, so
 * that they are done.
 * @param session the transaction of the step
 */
export async function bookBatch(
  database: Database,
  session: Session,
  batch: DueBatch,
  options: BookOptions,
): Promise<BookedBatch | undefined> {
  const drafted = await draft(session, batch, options);
  const carriedOver = await loadCarried(session, batch);
  const netted = net(drafted.lines, carriedOver, batch.job === 'quarterly-payment', options.law);
  const frozen = await freezeRows(session, batch, drafted.finallySettled, options);
  if (batch.job === 'final-settlement' && drafted.lines.length === 0 && frozen.length === 0) return undefined;
  const reasons = await new ReasonBook(database, session, batch, options).reasonsOf(netted.booked, drafted.present);
  const rows = netted.booked.map((line, index) => lineRow(line, reasons[index]!)).sort();
  const batchNo = await nextBatchNo(session);
  await writeLines(session, batchNo, rows, netted);
  await writeClaims(session, batchNo, netted.claims, batch);
  await writeFreeze(session, batchNo, frozen);
  const batchId = await sealBatch(session, batch, batchNo, options);
  if (!options.approvalRequired) await approveByRun(session, batchNo, batch);
  const total = (direction: Claim['direction']) =>
    netted.claims.filter((claim) => claim.direction === direction).reduce((sum, claim) => sum + claim.cents, 0);
  return { batchId, lines: rows.length, payCents: total('PAY'), claimCents: total('CLAIM') };
}

interface Drafted {
  readonly lines: readonly DraftLine[];
  /** Trajectories with lines, as the batch knows them. */
  readonly present: ReadonlyMap<string, ComputedTrajectory>;
  /** Trajectories that a final settlement takes. */
  readonly finallySettled: ReadonlySet<string>;
}

async function draft(session: Session, batch: DueBatch, { law, carried }: BookOptions): Promise<Drafted> {
  await fillBefore(session, batch.runDay);
  const payees = await loadPayees(session);
  const again = await loadComeAgain(session);
  await buildFacts(session, batch.known, carried);
  const lines: DraftLine[] = [];
  const present = new Map<string, ComputedTrajectory>();
  const finallySettled = new Set<string>();
  const draftOptions = {
    batch,
    law,
    payeeOf: (ocmwId: string) => payees.get(ocmwId) ?? ocmwId,
    comesAgain: (ocmwId: string, weoId: string, component: number, month: number) =>
      again.has([ocmwId, weoId, component, month].join('\x1f')),
  };
  const asOf = { today: batch.runDay, knownUntil: batch.known.registeredUntil };
  const budgets = await loadBudgets(session, batch.known);
  const computation = new Computation(law, asOf, budgets, (computed) => {
    const { facts } = computed.streamed;
    const drafted = draftLines(computed, unpackBefore(computed.streamed.besides), draftOptions);
    if (drafted.lines.length > 0) present.set(facts.weoId, computed);
    lines.push(...drafted.lines);
    if (drafted.finallySettled) finallySettled.add(facts.weoId);
  });
  const besides = { table: 'before_packed', column: 'packed' };
  for await (const piece of streamTrajectories(session, 'built_facts', besides)) {
    for (const streamed of piece) computation.take(streamed);
  }
  computation.flush();
  return { lines, present, finallySettled };
}

async function loadPayees(session: Session): Promise<Map<string, string>> {
  const rows = await session.rows<{ ocmw_id: string; payee_id: string }>('select ocmw_id, payee_id from payee');
  return new Map(rows.map((row) => [row.ocmw_id, row.payee_id]));
}

async function loadComeAgain(session: Session): Promise<Set<string>> {
  const rows = await session.rows<{ ocmw_id: string; weo_id: string; component: number; month: number }>(
    'select ocmw_id, weo_id, component, month from come_again',
  );
  return new Set(rows.map((row) => [row.ocmw_id, row.weo_id, row.component, row.month].join('\x1f')));
}

/**
 * `OFFSET_NEXT`: what is left to take off per OCMW (negative), or was taken off too much (positive): for all parts that
 * count, what was booked less what was ordered to be paid. A part counts no more when its batch was rejected, its OCMW held
 * out or its payment came back. Needs the tables of `fillBefore`.
 */
async function loadCarried(session: Session, batch: DueBatch): Promise<Map<string, Cents>> {
  const rows = await session.rows<{ ocmw_id: string; cents: number }>(
    `select coalesce(p.payee_id, part.ocmw_id) as ocmw_id, sum(part.carried_cents - part.offset_cents)::bigint as cents
     from twe.batch_part part
     left join payee p on p.ocmw_id = part.ocmw_id
     where not exists (
         select from twe.released_part released
         where (released.batch_no, released.ocmw_id) = (part.batch_no, part.ocmw_id) and released.released_on <= $1
       )
       and not exists (
         select from returned_part returned where (returned.batch_no, returned.ocmw_id) = (part.batch_no, part.ocmw_id)
       )
     group by 1
     having sum(part.carried_cents - part.offset_cents) <> 0`,
    [formatDay(batch.runDay)],
  );
  return new Map(rows.map((row) => [row.ocmw_id, row.cents]));
}

function lineRow(line: DraftLine, reason: number): string {
  const { kind, ocmwId, weoId, component, month, dueCents, beforeCents, cents } = line;
  return copyRow([kind, ocmwId, weoId, component, month, dueCents, beforeCents, cents, reason]);
}

async function nextBatchNo(session: Session): Promise<number> {
  const [row] = await session.rows<{ batch_no: number }>(
    `select nextval(pg_get_serial_sequence('twe.batch', 'batch_no'))::integer as batch_no`,
  );
  return row!.batch_no;
}

/**
 * The batch's own row comes last: with the digest of everything in it nothing more can be added. Then it is linked in the
 * chains. Returns its id.
 */
async function sealBatch(
  session: Session,
  batch: DueBatch,
  batchNo: number,
  { runId, preparedBy }: BookOptions,
): Promise<string> {
  const batchId = `${formatDay(batch.runDay)}/${batch.job}`;
  const parts = await session.rows<{ ocmw_id: string; fact_count: number; digest: string }>(
    'select ocmw_id, fact_count, digest from twe.batch_digests($1) order by ocmw_id collate "C"',
    [batchNo],
  );
  await session.rows(
    `insert into twe.batch (batch_no, batch_id, job, period, run_day, registered_until, delivered_until, booked_run_id,
       digest, prepared_by_role, prepared_by_system_user)
     overriding system value
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, session_user, $10)`,
    [
      batchNo,
      batchId,
      batch.job,
      batch.period,
      formatDay(batch.runDay),
      formatDay(batch.known.registeredUntil),
      formatDay(batch.known.deliveredUntil),
      runId,
      // What twe.batch_digest says, without reading every line once more.
      createHash('sha256')
        .update(parts.map((part) => `${part.ocmw_id} ${part.digest}`).join('\n'))
        .digest('hex'),
      preparedBy,
    ],
  );
  await session.rows('select twe.link_batch($1, $2)', [batchNo, JSON.stringify(parts)]);
  return batchId;
}

/** `approval.required: false`: the run's own word, in the transaction that books. */
async function approveByRun(session: Session, batchNo: number, batch: DueBatch): Promise<void> {
  await session.rows(
    `insert into twe.batch_decision (batch_no, decision, decided_by, decided_on, recognised_by, batch_digest,
       documents_digest)
     values ($1, 'APPROVED', 'run', $2, 'RUN', twe.batch_digest($1), twe.documents_digest($1))`,
    [batchNo, formatDay(batch.runDay)],
  );
}

async function writeLines(session: Session, batchNo: number, rows: readonly string[], netted: Netted): Promise<void> {
  const lines = copyIn(
    session,
    'twe.batch_line (batch_no, kind, ocmw_id, weo_id, component, month, due_cents, before_cents, cents, reason)',
  );
  for (const row of rows) await lines.write(`${batchNo}\t${row}`);
  await lines.end();
  const leftOut = copyIn(
    session,
    'twe.batch_left_out (batch_no, kind, ocmw_id, weo_id, component, month, cents, cause)',
  );
  for (const { line, cause } of netted.leftOut) {
    const { kind, ocmwId, weoId, component, month, cents } = line;
    await leftOut.write(copyRow([batchNo, kind, ocmwId, weoId, component, month, cents, cause]));
  }
  await leftOut.end();
  const parts = copyIn(
    session,
    'twe.batch_part (batch_no, ocmw_id, positive_cents, negative_cents, offset_cents, carried_cents)',
  );
  for (const part of netted.parts) {
    const { ocmwId, positiveCents, negativeCents, offsetCents, carriedCents } = part;
    await parts.write(copyRow([batchNo, ocmwId, positiveCents, negativeCents, offsetCents, carriedCents]));
  }
  await parts.end();
}

/** The structured communication counts on through the year of the run day: 2025000017 is the 17th of 2025. */
async function writeClaims(
  session: Session,
  batchNo: number,
  claims: readonly Claim[],
  batch: DueBatch,
): Promise<void> {
  const year = yearOf(monthOf(batch.runDay));
  const [row] = await session.rows<{ count: number }>(
    `select count(*) as count from twe.batch_claim join twe.batch using (batch_no) where extract(year from run_day) = $1`,
    [year],
  );
  let sequence = row!.count;
  const writer = copyIn(session, 'twe.batch_claim (batch_no, ocmw_id, direction, cents, reference)');
  for (const { ocmwId, direction, cents } of claims) {
    const base = `${year}${String(++sequence).padStart(6, '0')}`;
    await writer.write(copyRow([batchNo, ocmwId, direction, cents, structuredCommunication(base)]));
  }
  await writer.end();
}

/**
 * Freezes the outcomes of what the batch settles finally, as the evening of the run day knows them (rulebook 4.3). What is
 * frozen already stays as it is; where the evening knows that a measurement lies ahead again there is nothing to freeze.
 */
async function freezeRows(
  session: Session,
  batch: DueBatch,
  finallySettled: ReadonlySet<string>,
  { law, carried }: BookOptions,
): Promise<string[]> {
  if (finallySettled.size === 0) return [];
  await buildFacts(session, { registeredUntil: batch.runDay, deliveredUntil: batch.runDay }, carried);
  const rows: string[] = [];
  for await (const piece of streamTrajectories(session, 'built_facts')) {
    for (const { facts } of piece) {
      if (!finallySettled.has(facts.weoId)) continue;
      const made = measurements(facts, law, batch.runDay);
      if (made.length < 2 || made.every(({ source }) => source === 'FROZEN')) continue;
      const cells = made.flatMap(({ outcome, evidenceId, measurement }) => [
        outcome,
        evidenceId,
        decisionName(decisionInForce(facts, measurement)),
      ]);
      rows.push(copyRow([facts.weoId, formatDay(batch.runDay), formatDay(facts.end), ...cells]));
    }
  }
  return rows;
}

async function writeFreeze(session: Session, batchNo: number, rows: readonly string[]): Promise<void> {
  const writer = copyIn(
    session,
    'twe.measurement_freeze (batch_no, weo_id, frozen_on, weo_end, outcome1, evidence1, decision1, outcome2, evidence2, decision2)',
  );
  for (const row of rows) await writer.write(`${batchNo}\t${row}`);
  await writer.end();
}
