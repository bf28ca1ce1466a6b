/** What is kept of runs, for people who look. */
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import type { Finding } from '../finding.js';
import type { StepCounts } from '../runs/job.js';
import type { LeaseState } from '../runs/lease.js';

/** STOPPED: begun, not ended, and nobody works on it: it was killed. The next wake goes on with it. */
export type RunState = 'RUNNING' | 'STOPPED' | 'DONE' | 'FAILED';

export const RUN_STATES: readonly RunState[] = ['RUNNING', 'STOPPED', 'DONE', 'FAILED'];

export interface ListedRun {
  /** `<business date>/<job>` */
  readonly runId: string;
  readonly job: string;
  readonly businessDate: string;
  readonly state: RunState;
  /** The sentence with which the last try failed. */
  readonly failure: string | null;
  readonly programVersion: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** What its steps took. */
  readonly durationMs: number;
  /** Steps that are done. */
  readonly steps: number;
}

export interface RunFilter {
  readonly job?: string | undefined;
  readonly businessDate?: string | undefined;
  readonly state?: RunState | undefined;
  readonly limit: number;
}

/** Runs that the filter lets pass, last first. */
export async function listRuns(session: Session, lease: LeaseState, filter: RunFilter): Promise<readonly ListedRun[]> {
  const { job = null, businessDate = null, state = null, limit } = filter;
  const kept = state === 'STOPPED' ? 'RUNNING' : state;
  const rows = await session.rows<ListedRun>(sql('watch/list_runs'), [job, businessDate, kept, limit]);
  const runs = rows.map((run) => ({ ...run, state: stateOf(run, lease) }));
  return state === null ? runs : runs.filter((run) => run.state === state);
}

/** A holder says what it does: `<run id> on <machine>, process <number>`. */
function stateOf({ runId, state }: ListedRun, { holder }: LeaseState): RunState {
  return state === 'RUNNING' && holder?.startsWith(`${runId} on `) !== true ? 'STOPPED' : state;
}

export interface DoneStep {
  readonly step: string;
  /** ISO 8601. */
  readonly finishedAt: string;
  readonly durationMs: number;
  readonly counts: StepCounts;
  readonly findings: readonly Finding[];
}

/** The steps that a run has done, in order. */
export function listSteps(session: Session, runId: string): Promise<readonly DoneStep[]> {
  return session.rows<DoneStep>(sql('watch/list_run_steps'), [runId]);
}
