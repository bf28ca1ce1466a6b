/** How everything stands at this moment: what `twe status` shows and the metrics count. */
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import { listOutdatedBatches } from '../exports/batch-documents.js';
import { readLease, type LeaseState } from '../runs/lease.js';
import { listBatches, type ListedBatch } from '../settlement/list-batches.js';
import { brokenChecksIn, type AlertKind } from './causes.js';
import type { DueState } from './due.js';
import { listRuns, type ListedRun } from './runs.js';

export interface LastSuccess {
  readonly job: string;
  readonly businessDate: string;
  /** Seconds since 1970. */
  readonly finishedAt: number;
  readonly durationMs: number;
}

/** Findings of the last run that published. */
export interface OpenFindings {
  readonly runId: string;
  readonly businessDate: string;
  readonly errors: number;
  readonly warnings: number;
  readonly notices: number;
}

export interface OpenAlert {
  readonly kind: AlertKind;
  readonly job: string;
  readonly message: string;
  /** ISO 8601. */
  readonly since: string;
}

export interface WatchState {
  readonly lease: LeaseState;
  /** The last runs, last first. */
  readonly runs: readonly ListedRun[];
  readonly successes: readonly LastSuccess[];
  readonly due: DueState;
  /** Checks that did not hold in the last run, by their names. */
  readonly failingChecks: readonly string[];
  /** Undefined before the first documents. */
  readonly findings: OpenFindings | undefined;
  readonly batches: readonly ListedBatch[];
  /** Ids of batches whose documents do not show the last word about them yet. */
  readonly outdatedBatches: readonly string[];
  /** Rows that wait for a correction. */
  readonly setAside: number;
  readonly alerts: readonly OpenAlert[];
}

const SHOWN_RUNS = 7;

/** Reads it all as of one moment. */
export async function readState(session: Session, due: DueState): Promise<WatchState> {
  const lease = await readLease(session);
  const runs = await listRuns(session, lease, { limit: SHOWN_RUNS });
  const [rows] = await session.rows<{ setAside: number }>(
    'select count(*)::integer as "setAside" from twe.rejected_row where closed_on is null',
  );
  const failure = runs[0]?.failure ?? null;
  return {
    lease,
    runs,
    successes: await session.rows<LastSuccess>(sql('watch/list_last_successes')),
    due,
    failingChecks: failure === null ? [] : brokenChecksIn(failure),
    findings: (await session.rows<OpenFindings>(sql('watch/sum_last_findings')))[0],
    batches: await listBatches(session),
    outdatedBatches: await listOutdatedBatches(session),
    setAside: rows!.setAside,
    alerts: await session.rows<OpenAlert>(
      `select kind, job, message, to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since
       from twe.alert where closed_at is null order by opened_at, key`,
    ),
  };
}

/** Batches that nobody has decided on. */
export function waitingBatches({ batches }: WatchState): readonly ListedBatch[] {
  return batches.filter(({ decision }) => decision === null);
}
