/** The first line of `twe status`: whether anything is wrong, and what to do. */
import type { WatchState } from './state.js';
import { waitingBatches } from './state.js';
import { shownMoment } from '../clock.js';

export interface Verdict {
  readonly isWell: boolean;
  /** Worst first; each says what to do. One that all is well when there is none. */
  readonly sentences: readonly string[];
}

/** What somebody must do now, if anything. */
export function verdictOf(state: WatchState): Verdict {
  const wrong = [...wrongRuns(state), ...wrongDelays(state)];
  const first = wrong.length > 0 ? wrong : [`All is well.${nothingButApproval(state)}`];
  return { isWell: wrong.length === 0, sentences: [...first, ...outdated(state)] };
}

function wrongRuns({ runs, lease, failingChecks }: WatchState): string[] {
  const last = runs[0];
  if (last === undefined) return [];
  const { runId, state, failure } = last;
  if (failingChecks.length > 0) {
    const checks = failingChecks.length === 1 ? 'a check does not hold' : `${failingChecks.length} checks do not hold`;
    return [`${runId}: ${checks}. Run \`twe verify --json\` to see the rows and call whoever maintains the database.`];
  }
  if (state === 'FAILED') return [`${runId} failed: ${failure ?? 'the log says why.'}`];
  if (failure !== null) return [`${runId} was done, but its documents could not be published again: ${failure}`];
  if (state !== 'STOPPED' || lease.holder !== null) return [];
  return [`${runId} was cut off. The next wake of \`twe schedule\` goes on with it, or \`twe catch-up\` now.`];
}

function wrongDelays({ due, lease }: WatchState): string[] {
  if (due.late === undefined) return [];
  const { oldest, runs } = due.late;
  const which = runs === 1 ? 'A run is late' : `${runs} runs are due and late`;
  const what = `${which}: ${oldest.job} of ${oldest.businessDate} was due at ${shownMoment(oldest.at)}.`;
  return [
    lease.holder === null
      ? `${what} Run \`twe catch-up\`, and look whether \`twe schedule\` is up.`
      : `${what} A run is at work.`,
  ];
}

function nothingButApproval(state: WatchState): string {
  const waiting = waitingBatches(state).length;
  if (waiting === 0) return '';
  return waiting === 1 ? ' A batch waits for approval.' : ` ${waiting} batches wait for approval.`;
}

/** No fault: the next night puts it right. But who reads those documents before then should know. */
function outdated({ outdatedBatches }: WatchState): string[] {
  if (outdatedBatches.length === 0) return [];
  return [
    `The documents of ${outdatedBatches.join(', ')} do not show the last decision yet: the next night writes them, or the same ` +
      '`twe approve`, `reject` or `hold` once more.',
  ];
}
