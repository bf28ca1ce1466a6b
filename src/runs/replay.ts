/**
 * `twe verify --replay`: computes a past run again from the records, with its law, in a database of its own, and compares
 * what comes out with what is stored: entries, measurements, batches; then the documents by their digests.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { day } from '../calendar.js';
import type { Settings } from '../config.js';
import type { Database, OpenOptions } from '../db/database.js';
import { programVersion } from '../db/package-root.js';
import { onScratch } from '../db/scratch.js';
import { sql } from '../db/sql.js';
import { EXIT, Failure } from '../errors.js';
import { loadBefore, type AccrualBefore } from '../inspect/as-of/before-run.js';
import { listWritings } from '../inspect/as-of/moment.js';
import { lawOfNight, type LawOfNight } from '../inspect/explain/law-of-night.js';
import type { LawOverrides } from '../law/keys.js';
import { createLogger } from '../log.js';
import type { Job } from './job.js';
import { compareRuns, type ReplayCounts } from './replay-compare.js';
import { runJob } from './run-job.js';
import { writeAgain } from './write-again.js';

export interface ReplayOptions {
  readonly settings: Settings;
  readonly open: OpenOptions;
  readonly jobs: readonly Job[];
  readonly progress: (text: string) => void;
  readonly stop?: AbortSignal | undefined;
}

export interface Replay {
  readonly runId: string;
  readonly counts: ReplayCounts;
  /** Documents whose digest was compared. */
  readonly files: number;
  /** The first thing that is not the same, in a sentence; undefined when all is. */
  readonly difference: string | undefined;
  /** What is not the same but may be, in sentences. */
  readonly notes: readonly string[];
}

interface ReplayedRun {
  readonly run_id: string;
  readonly job: string;
  readonly state: 'RUNNING' | 'DONE' | 'FAILED';
  readonly business_date: string;
  readonly program_version: string;
  readonly law_digest: string;
  readonly overrides: LawOverrides | null;
  readonly until: string | null;
  readonly before_day: string | null;
  readonly before_moment: string | null;
  readonly before_digest: string | null;
  readonly before_overrides: LawOverrides | null;
  readonly approved_by_run: boolean;
}

/**
 * Throws a Failure (exit 2) for a run that there was not, that did not finish or whose law was not kept; and like
 * `onScratch`. That something differs is in the answer.
 */
export async function replay(source: Database, runId: string, options: ReplayOptions): Promise<Replay> {
  const run = await findRun(source, runId);
  const compared = await onScratch(
    options.open,
    { purpose: 'replay', content: 'EMPTY', who: 'A replay', stop: options.stop },
    async (database) => {
      await computeAgain(source, database, run, options);
      return compareRuns(source, database, runId);
    },
  );
  const isSameProgram = run.program_version === programVersion();
  const other = `${runId} was computed by version ${run.program_version} of the program, this is ${programVersion()}.`;
  const documents = compared.difference === undefined ? await compareDocuments(source, run, options) : NO_DOCUMENTS;
  return {
    runId,
    counts: compared.counts,
    files: documents.files,
    difference: compared.difference ?? (isSameProgram ? documents.unlike[0] : undefined),
    notes: isSameProgram ? [] : [other, ...documents.unlike],
  };
}

async function findRun(source: Database, runId: string): Promise<ReplayedRun & { readonly until: string }> {
  const [run] = await source.rows<ReplayedRun>(sql('inspect/find_replayed_run'), [runId]);
  if (run === undefined) {
    throw new Failure(EXIT.usage, `There is no run ${runId}: \`twe runs\` lists them. Nothing was computed.`);
  }
  if (run.state !== 'DONE') {
    const state = run.state === 'FAILED' ? 'failed' : 'is not finished';
    throw new Failure(
      EXIT.usage,
      `Run ${runId} ${state}, so there is no result to compare with: \`twe run-log ${runId}\` tells what happened.`,
    );
  }
  if (run.until === null) {
    throw new Failure(EXIT.usage, `Run ${runId} computed nothing that could be computed again.`);
  }
  return { ...run, until: run.until };
}

/** Steps that compute; what was taken in is in the records. */
const COMPUTING = ['facts', 'overdue-batches', 'measure-and-accrue', 'batches'];

async function computeAgain(
  source: Database,
  database: Database,
  run: ReplayedRun & { readonly until: string },
  { settings, jobs, progress, stop }: ReplayOptions,
): Promise<void> {
  const today = day(run.business_date);
  const { law, lawOverrides } = lawOf(run.run_id, run.law_digest, run.overrides, settings);
  await loadBefore(
    source,
    database,
    { evening: today, runId: run.run_id, until: run.until },
    before(run, settings),
    progress,
  );
  const job = jobs.find(({ name }) => name === run.job)!;
  const steps = job.steps.filter(({ name }) => COMPUTING.includes(name));
  await runJob(
    database,
    { ...job, steps },
    {
      config: {
        ...{ ...settings, law, lawOverrides, lawDigest: run.law_digest, approvalRequired: !run.approved_by_run },
        ...{ feedsSource: '', feedsSources: [] },
      },
      today,
      skipDeliveries: [],
      // It was let pass, or the limits were others.
      acceptGuards: ['law-change'],
      lang: 'nl',
      progress,
      log: createLogger({ level: 'silent', file: undefined }),
      stop,
    },
  );
}

function before(run: ReplayedRun, settings: Settings): AccrualBefore | undefined {
  if (run.before_day === null) return undefined;
  const { law } = lawOf(run.run_id, run.before_digest!, run.before_overrides, settings);
  return { day: day(run.before_day), moment: run.before_moment!, law };
}

function lawOf(runId: string, lawDigest: string, overrides: LawOverrides | null, settings: Settings): LawOfNight {
  const law = lawOfNight({ lawDigest, lawOverrides: overrides ?? undefined }, settings);
  if (law.source !== 'CONFIGURATION_INSTEAD') return law;
  throw new Failure(
    EXIT.usage,
    `Run ${runId} rests on a law that was not kept (digest ${lawDigest.slice(0, 12)}), or that this version of the program does ` +
      'not know: give the configuration of that time with --config, or use the program of that time.',
  );
}

interface ComparedDocuments {
  readonly files: number;
  readonly unlike: readonly string[];
}

const NO_DOCUMENTS: ComparedDocuments = { files: 0, unlike: [] };

/** The documents of the run, written again and compared with the digests that were kept. */
async function compareDocuments(
  source: Database,
  run: ReplayedRun,
  { settings, open, progress, stop }: ReplayOptions,
): Promise<ComparedDocuments> {
  const writings = await source.session((session) => listWritings(session, day(run.business_date)));
  const writing = writings.find(({ runId, step }) => runId === run.run_id && step === 'export');
  if (writing === undefined || writing.folders === 0) return NO_DOCUMENTS;
  const out = await mkdtemp(join(tmpdir(), 'twe-replay-'));
  try {
    const options = { settings, open, out, progress, stop, lang: 'nl', workbooks: true, statements: 'NONE' } as const;
    const { compared, unlike } = await writeAgain(source, writing, options);
    return { files: compared, unlike };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
