/** `twe status`: in one look whether anything is wrong, what to do, and how everything stands. */
import { systemClock } from '../clock.js';
import { createLogger } from '../log.js';
import { formatEuro } from '../money.js';
import type { ListedRun } from '../watch/runs.js';
import { readDue } from '../watch/due.js';
import { writeMetrics } from '../watch/metrics.js';
import { shownMoment } from '../clock.js';
import { readState, waitingBatches, type WatchState } from '../watch/state.js';
import { verdictOf } from '../watch/verdict.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { amount, createTerminal } from './terminal.js';

/** More that are due than these are only counted. */
const SHOWN_DUE = 3;
/** Batches that are shown besides those that wait. */
const SHOWN_BATCHES = 5;

export async function statusCommand(options: CommonOptions): Promise<void> {
  const settings = settingsOf(options);
  const terminal = createTerminal(false);
  const state = await withDatabase(settings, async (database) => {
    const due = await readDue(database, settings, systemClock.now());
    await writeMetrics(database, settings, createLogger(settings.log));
    return database.session((session) => readState(session, due));
  });
  const lines = options.json ? [JSON.stringify(statusJson(state), null, 2)] : statusLines(state);
  for (const line of lines) terminal.print(line);
}

/** Version 1; fields may be added to it. */
function statusJson(state: WatchState): object {
  const { isWell, sentences } = verdictOf(state);
  const runs = state.runs.map(({ runId, durationMs, ...run }) => ({
    ...{ run_id: runId, seconds: run.finishedAt === null ? null : seconds(durationMs) },
    ...run,
  }));
  const batches = { batches: state.batches, waiting: waitingBatches(state).map(({ batchId }) => batchId) };
  return { version: 1, isWell, toDo: isWell ? [] : sentences, ...state, runs, ...batches };
}

function statusLines(state: WatchState): string[] {
  if (state.runs.length === 0) return ['Nothing has run yet. Start with: twe run nightly'];
  return [
    ...verdictOf(state).sentences,
    ...nowLines(state),
    'Last runs',
    ...state.runs.map(runLine),
    ...batchLines(state),
    ...findingLines(state),
    `Rows set aside: ${amount(state.setAside)}`,
  ];
}

function nowLines({ lease, due }: WatchState): string[] {
  const lines: string[] = [];
  if (lease.holder !== null) {
    lines.push(`Running since ${lease.takenAt!}: ${lease.holder}, last sign of life ${lease.secondsSilent!} s ago`);
  }
  const shown = due.due.slice(0, SHOWN_DUE).map(({ job, businessDate }) => `${businessDate}/${job}`);
  const more = due.due.length > SHOWN_DUE ? ` and ${amount(due.due.length - SHOWN_DUE)} more` : '';
  if (shown.length > 0) lines.push(`Due: ${shown.join(', ')}${more}`);
  if (due.next !== undefined) {
    lines.push(`Next: ${due.next.businessDate}/${due.next.job} at ${shownMoment(due.next.at)}`);
  }
  return lines;
}

function runLine({ runId, state, steps, durationMs, finishedAt }: ListedRun): string {
  const took = finishedAt === null ? '-' : String(seconds(durationMs));
  return `  ${runId.padEnd(34)} ${state.padEnd(8)} ${steps} steps  ${took} s`;
}

function batchLines(state: WatchState): string[] {
  const waiting = waitingBatches(state);
  const decided = state.batches.filter((batch) => !waiting.includes(batch)).slice(-SHOWN_BATCHES);
  const shown = state.batches.filter((batch) => waiting.includes(batch) || decided.includes(batch));
  if (shown.length === 0) return [];
  return [
    'Batches                               lines           to pay        to claim',
    ...shown.map(
      (batch) =>
        `  ${batch.batchId.padEnd(30)} ${String(batch.lines).padStart(10)} ${formatEuro(batch.payCents).padStart(16)} ` +
        `${formatEuro(batch.claimCents).padStart(15)}  ${batch.decision ?? 'WAITS FOR APPROVAL'}`,
    ),
  ];
}

function findingLines({ failingChecks, findings, alerts }: WatchState): string[] {
  const lines =
    failingChecks.length === 0 ? [] : ['Checks that do not hold', ...failingChecks.map((check) => `  ${check}`)];
  if (alerts.length > 0) {
    lines.push('Open alerts');
    lines.push(...alerts.map(({ kind, job, since }) => `  ${kind} ${job}, since ${shownMoment(since)}`));
  }
  if (findings !== undefined) {
    const { errors, warnings, notices, businessDate } = findings;
    lines.push(
      `Findings of ${businessDate}: ${amount(errors)} errors, ${amount(warnings)} warnings, ${amount(notices)} notices`,
    );
  }
  return lines;
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
