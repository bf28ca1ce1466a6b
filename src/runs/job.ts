/** What a job is: a name, a local time, steps in order. The jobs themselves stand in `jobs/`, one short file each. */
import type { Day } from '../calendar.js';
import type { Config } from '../config.js';
import type { Database, Session } from '../db/database.js';
import type { Finding } from '../finding.js';
import type { Logger } from '../log.js';

/** Counts of a step, kept in the database and shown in the summary. */
export type StepCounts = Readonly<Record<string, number>>;

export interface StepResult {
  readonly counts: StepCounts;
  readonly findings?: readonly Finding[];
}

/** Everything a step may use. */
export interface RunContext {
  readonly database: Database;
  readonly config: Config;
  readonly job: string;
  /** `<business date>/<job>` */
  readonly runId: string;
  readonly runNo: number;
  readonly today: Day;
  /** Last night whose deliveries were taken in, before this run. */
  readonly previousTakeIn: Day | undefined;
  /** Last night up to whose knowledge the facts were built, and the histories that they carry (`carriedNumber`). */
  readonly previousFacts: { readonly day: Day; readonly carried: number } | undefined;
  /** Last night that accrued. */
  readonly previousAccrual: Day | undefined;
  readonly skipDeliveries: readonly string[];
  /** Names of guards that the operator accepts. */
  readonly acceptGuards: readonly string[];
  readonly lang: 'nl' | 'en';
  readonly documents: 'ALL' | 'CSV' | 'BATCHES';
  /** Aborted when the program was asked to stop: between two parts or documents a step looks at it (`refuseWhenStopped`). */
  readonly stop?: AbortSignal | undefined;
  /** One line for a person who watches. */
  readonly progress: (text: string) => void;
  readonly log: Logger;
}

export interface Step {
  readonly name: string;
  /**
   * `transaction`: everything in one transaction with the row that says the step is done.
   * `parts`: the step opens a transaction for each part by itself; its row is written at the end.
   * `reading`: changes nothing in the database and is done again when a finished run is repeated.
   * `sweeping`: opens its transactions by itself, finds by itself what is left to do and is done again likewise.
   */
  readonly mode: 'transaction' | 'parts' | 'reading' | 'sweeping';
  /** Whether this run does the step at all, given the steps that it has done. Without it: yes. */
  isDue?(context: RunContext, done: ReadonlyMap<string, StepCounts>): boolean;
  run(context: RunContext, session: Session): Promise<StepResult>;
}

export interface Job {
  readonly name: string;
  /** What it is for, one line. */
  readonly purpose: string;
  /** When it runs unless the configuration says otherwise: local time in Europe/Brussels, `HH:MM`. */
  readonly at: string;
  readonly steps: readonly Step[];
  /** Hours after its time from which someone is told that it is not done. */
  readonly lateAfterHours: number;
  /** `--dry-run` of a job that changes more than the database, so that no copy of it can show what it would do. */
  readonly foretell?: (database: Database, config: Config) => Promise<Foretold>;
}

/** What a run would do: as the counts and findings of its steps. */
export interface Foretold {
  readonly steps: Readonly<Record<string, StepCounts>>;
  readonly findings: readonly Finding[];
}
