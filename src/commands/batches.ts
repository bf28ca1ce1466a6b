/** `twe batches`, `twe approve`, `twe reject`, `twe hold`: four eyes on what is paid and claimed. */
import { formatDay } from '../calendar.js';
import type { Settings } from '../config.js';
import { Failure } from '../errors.js';
import { formatEuro } from '../money.js';
import type { Database, Session } from '../db/database.js';
import { listOutdatedBatches, refuseAlteredDocuments } from '../exports/batch-documents.js';
import { publishAgain } from '../runs/publish-batch.js';
import { decideBatch, holdOut, wasDecided, wasHeldOut, type Person } from '../settlement/decide-batch.js';
import { listBatches } from '../settlement/list-batches.js';
import { machine, systemUser } from '../system-user.js';
import { dayAsked, saidIn, settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

export interface DecisionOptions extends CommonOptions {
  readonly by: string;
  readonly reason?: string;
  readonly digest?: string;
}

export async function batchesCommand(options: CommonOptions): Promise<void> {
  const terminal = createTerminal(false);
  const batches = await withDatabase(settingsOf(options), (database) => database.session(listBatches));
  if (options.json) {
    terminal.print(JSON.stringify({ version: 1, batches }, null, 2));
    return;
  }
  if (batches.length === 0) terminal.print('No batch was booked yet.');
  for (const batch of batches) {
    const held = batch.held.length === 0 ? '' : `, held out: ${batch.held.join(', ')}`;
    const decided =
      batch.decision === null
        ? 'WAITS FOR APPROVAL'
        : `${batch.decision} by ${batch.decidedBy} from ${batch.decidedOn}`;
    terminal.print(
      `${batch.batchId.padEnd(30)} ${batch.period.padEnd(8)} ${String(batch.lines).padStart(7)} lines  ` +
        `pay ${formatEuro(batch.payCents).padStart(14)}  claim ${formatEuro(batch.claimCents).padStart(12)}  ${batch.digest.slice(0, 12)}  ${decided}${held}`,
    );
  }
}

export async function approveCommand(batchId: string, options: DecisionOptions): Promise<void> {
  await decide(batchId, 'APPROVED', options);
}

export async function rejectCommand(batchId: string, options: DecisionOptions): Promise<void> {
  await decide(batchId, 'REJECTED', options);
}

async function decide(batchId: string, decision: 'APPROVED' | 'REJECTED', options: DecisionOptions): Promise<void> {
  const settings = settingsOf(options);
  const from = dayAsked(options);
  const { digest } = options;
  const reason = options.reason === undefined ? undefined : saidIn('--reason', options.reason);
  await withDatabase(settings, async (database) => {
    if (await finishes(database, batchId, settings, (session) => wasDecided(session, { batchId, decision }))) return;
    await sign(database, batchId, (session) =>
      decideBatch(session, {
        batchId,
        decision,
        by: personOf(options.by, settings),
        from,
        ...(reason === undefined ? {} : { reason }),
        ...(digest === undefined ? {} : { digest }),
      }),
    );
    const terminal = createTerminal(false);
    terminal.print(`${batchId} ${decision.toLowerCase()} by ${options.by}, counting from ${formatDay(from)}.`);
    await publishDecided(database, batchId, settings);
  });
}

export interface HoldOptions extends CommonOptions {
  readonly ocmw: string;
  readonly by: string;
  readonly reason: string;
}

export async function holdCommand(batchId: string, options: HoldOptions): Promise<void> {
  const settings = settingsOf(options);
  const from = dayAsked(options);
  const { ocmw: ocmwId } = options;
  const reason = saidIn('--reason', options.reason);
  await withDatabase(settings, async (database) => {
    if (await finishes(database, batchId, settings, (session) => wasHeldOut(session, { batchId, ocmwId }))) return;
    const by = personOf(options.by, settings);
    await database.transaction((session) => holdOut(session, { batchId, ocmwId, by, from, reason }));
    const terminal = createTerminal(false);
    terminal.print(
      `OCMW ${ocmwId} is held out of ${batchId} by ${options.by} from ${formatDay(from)}; its lines come again in the next batch.`,
    );
    await publishDecided(database, batchId, settings);
  });
}

/**
 * Whether just this was said before by a program that was interrupted before the documents showed it: then they are written
 * now, and that is all there is to do.
 */
async function finishes(
  database: Database,
  batchId: string,
  settings: Settings,
  wasSaid: (session: Session) => Promise<boolean>,
): Promise<boolean> {
  const isUnfinished = await database.session(
    async (session) => (await listOutdatedBatches(session)).includes(batchId) && (await wasSaid(session)),
  );
  if (!isUnfinished) return false;
  createTerminal(false).print(`This was decided on ${batchId} before; only its documents did not show it yet.`);
  await publishDecided(database, batchId, settings);
  return true;
}

/** Decides on a batch whose documents lie where they were written, unaltered; says which ones could not be found. */
async function sign(database: Database, batchId: string, decideOn: (session: Session) => Promise<void>): Promise<void> {
  const missing = await database.transaction(async (session) => {
    const notFound = await refuseAlteredDocuments(session, batchId);
    await decideOn(session);
    return notFound;
  });
  if (missing.length === 0) return;
  createTerminal(false).note(`Not found, so not compared with what was written of this batch: ${missing.join(', ')}.`);
}

/** The documents say what was decided. A decision stands also when they cannot be written now: the next night does it. */
async function publishDecided(database: Database, batchId: string, settings: Settings): Promise<void> {
  const terminal = createTerminal(false);
  try {
    const folder = await database.transaction((session) => publishAgain(session, batchId, settings));
    if (folder !== undefined) terminal.print(`documents written again: ${folder}`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    terminal.note(
      `The decision stands, but its documents could not be written: ${error.message} The next night tries again.`,
    );
  }
}

function personOf(typed: string, { approvers }: Settings): Person {
  return { name: saidIn('--by', typed), systemUser: systemUser(), machine: machine(), approvers };
}
