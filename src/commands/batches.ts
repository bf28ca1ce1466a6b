/** `twe batches`, `twe approve`, `twe reject`: four eyes on what is paid and claimed. */
import { formatDay, parseDay, type Day } from '../calendar.js';
import { businessDateToday } from '../clock.js';
import type { Settings } from '../config.js';
import { EXIT, Failure } from '../errors.js';
import { formatEuro } from '../money.js';
import { decideBatch } from '../settlement/decide-batch.js';
import { listBatches } from '../settlement/list-batches.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

export interface DecisionOptions extends CommonOptions {
  readonly by: string;
  readonly reason?: string;
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
    const decided =
      batch.decision === null
        ? 'WAITS FOR APPROVAL'
        : `${batch.decision} by ${batch.decidedBy} from ${batch.decidedOn}`;
    terminal.print(
      `${batch.batchId.padEnd(30)} ${batch.period.padEnd(8)} ${String(batch.lines).padStart(7)} lines  ` +
        `pay ${formatEuro(batch.payCents).padStart(14)}  claim ${formatEuro(batch.claimCents).padStart(12)}  ${decided}`,
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
  refuseStranger(settings, options.by);
  const from = dayOf(options);
  const reason = options.reason === undefined ? {} : { reason: options.reason };
  await withDatabase(settings, (database) =>
    database.transaction((session) => decideBatch(session, { batchId, decision, by: options.by, from, ...reason })),
  );
  createTerminal(false).print(
    `${batchId} ${decision.toLowerCase()} by ${options.by}, counting from ${formatDay(from)}.`,
  );
}

function refuseStranger({ approvers }: Settings, by: string): void {
  if (approvers.length === 0 || approvers.includes(by)) return;
  throw new Failure(
    EXIT.usage,
    `${by} is not one of the approvers in the configuration (approval.approvers); nothing was changed.`,
  );
}

/** The day that was asked, or today. */
function dayOf(options: CommonOptions): Day {
  if (options.date === undefined) return businessDateToday();
  const asked = parseDay(options.date);
  if (asked === undefined)
    throw new Failure(EXIT.usage, `--date ${options.date} is not a date. Write it as YYYY-MM-DD.`);
  return asked;
}
