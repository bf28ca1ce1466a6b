/**
 * Runs one job for one business date: each step once, in order, together with the row that says it is done. A run that
 * was interrupted goes on with the first step that is not done; a finished one only reads and publishes again.
 */
import { day, formatDay, type Day } from '../calendar.js';
import type { Config } from '../config.js';
import type { Database, Session } from '../db/database.js';
import { programVersion } from '../db/package-root.js';
import { EXIT, Failure } from '../errors.js';
import type { Logger } from '../log.js';
import type { Finding } from '../finding.js';
import { exitCodeOf, sentenceOf } from '../safe-error.js';
import { firstDelivery, type Feeds } from './first-delivery.js';
import { withLease } from './lease.js';
import { refuseWhenStopped } from './stop.js';
import type { Job, RunContext, Step, StepCounts, StepResult } from './job.js';

export interface RunOptions {
  readonly config: Config;
  readonly today: Day;
  readonly skipDeliveries: readonly string[];
  /** Names of guards that the operator accepts. Default none. */
  readonly acceptGuards?: readonly string[];
  readonly lang: 'nl' | 'en';
  readonly progress: (text: string) => void;
  readonly log: Logger;
  /** Aborted when the program was asked to stop. */
  readonly stop?: AbortSignal | undefined;
  /** CSV: no workbooks. BATCHES: only the machine CSVs of batches (`twe catch-up --exports last`). Default ALL. */
  readonly documents?: 'ALL' | 'CSV' | 'BATCHES';
}

export interface RunSummary {
  readonly runId: string;
  readonly businessDate: string;
  /** True when everything was done before and only documents were published again. */
  readonly repeated: boolean;
  readonly steps: Readonly<Record<string, StepCounts>>;
  readonly findings: readonly Finding[];
}

/**
 * Throws a Failure: exit 2 for a date that cannot be, 3 when a delivery is refused or a guard stops the night, 4 when a
 * check fails, 5 when another run is at work.
 */
export async function runJob(database: Database, job: Job, options: RunOptions): Promise<RunSummary> {
  const doing = `${formatDay(options.today)}/${job.name}`;
  return withLease(database, { doing, seconds: options.config.leaseSeconds }, (fenced) =>
    runHeld(fenced, job, options),
  );
}

async function runHeld(database: Database, job: Job, options: RunOptions): Promise<RunSummary> {
  const { today, config } = options;
  await refusePastDate(database, config, today);
  const runId = `${formatDay(today)}/${job.name}`;
  const log = options.log.child({ runId, job: job.name, businessDate: formatDay(today) });
  const started = await startRun(database, job, runId, options);
  const documents = options.documents ?? 'ALL';
  const acceptGuards = options.acceptGuards ?? [];
  const context: RunContext = {
    ...options,
    ...started,
    acceptGuards,
    documents,
    database,
    config,
    job: job.name,
    runId,
    log,
  };
  const steps: Record<string, StepCounts> = {};
  let findings: readonly Finding[] = [];
  let repeated = started.wasDone;
  let atWork: string | undefined;
  try {
    for (const step of job.steps) {
      refuseWhenStopped(options.stop);
      const done = started.done.get(step.name);
      const isRepeatable = step.mode === 'reading' || step.mode === 'sweeping';
      if ((done && !isRepeatable) || step.isDue?.(context, started.done) === false) {
        if (done) steps[step.name] = done;
        continue;
      }
      if (step.mode !== 'reading') repeated = false;
      options.progress(step.name.replaceAll('-', ' '));
      atWork = step.name;
      const result = await runStep({ ...context, log: log.child({ step: step.name }) }, step);
      steps[step.name] = result.counts;
      if (step.mode === 'reading' && result.findings) findings = result.findings;
      if (step.mode === 'sweeping') findings = [...findings, ...(result.findings ?? [])];
    }
    await database.transaction((session) =>
      session.rows(
        `update twe.run set state = 'DONE', finished_at = coalesce(finished_at, now()), failure = null where run_id = $1`,
        [runId],
      ),
    );
  } catch (error) {
    // A run that was stopped is no failure: it goes on.
    if (error instanceof Failure && error.exitCode === EXIT.stopped) throw error;
    // Without a file the log goes to standard error, where the sentence of a Failure stands alone.
    const isSaid = error instanceof Failure && config.log.file === undefined;
    if (!isSaid) log.error({ err: error, step: atWork, exitCode: exitCodeOf(error) }, 'run failed');
    await noteFailure(database, runId, error).catch(() => undefined);
    throw error;
  }
  return { runId, businessDate: formatDay(today), repeated, steps, findings };
}

/** A run that was done before stays done: only its documents could not be published again. */
async function noteFailure(database: Database, runId: string, error: unknown): Promise<void> {
  await database.transaction((session) =>
    session.rows(
      `update twe.run
       set failure = $2, state = case state when 'RUNNING' then 'FAILED' else state end,
         finished_at = case state when 'RUNNING' then now() else finished_at end
       where run_id = $1`,
      [runId, sentenceOf(error)],
    ),
  );
}

/** The job that books nothing: it makes no night and follows no law. */
const RETENTION = 'retention';

/**
 * The last night that committed a step, and whether it was finished. Undefined before the first one. What was fetched
 * into the inbox begins no night.
 */
export async function lastNight(database: Database): Promise<{ day: Day; isDone: boolean } | undefined> {
  const [last] = await database.rows<{ business_date: string; is_done: boolean }>(
    `select business_date, bool_or(job = 'nightly' and state = 'DONE') as is_done
     from twe.run
     where job <> '${RETENTION}'
       and exists (select from twe.run_step where run_step.run_id = run.run_id and step <> 'fetch')
     group by business_date
     order by business_date desc
     limit 1`,
  );
  return last === undefined ? undefined : { day: day(last.business_date), isDone: last.is_done };
}

/**
 * "A date before the last finished night is refused": the ledger cannot be taken back in time. A night that committed a
 * step and then failed counts as well: it can only be finished.
 */
async function refusePastDate(database: Database, feeds: Feeds, today: Day): Promise<void> {
  const last = await lastNight(database);
  if (last === undefined) return refuseBeforeFirstDelivery(feeds, today);
  if (today >= last.day) return;
  const advice = last.isDone
    ? 'Use that date or a later one.'
    : `It is not finished: run --date ${formatDay(last.day)} first, which goes on where it stopped.`;
  throw new Failure(
    EXIT.usage,
    `--date ${formatDay(today)} lies before the last ${last.isDone ? 'finished night' : 'night that was begun'} ` +
      `(${formatDay(last.day)}); nothing was done. ${advice}`,
  );
}

/** Every day since the first night is caught up on: one too early would bring hundreds of nights in which there was nothing. */
async function refuseBeforeFirstDelivery(feeds: Feeds, today: Day): Promise<void> {
  const first = await firstDelivery(feeds);
  if (first === undefined || today >= first) return;
  throw new Failure(
    EXIT.usage,
    `--date ${formatDay(today)} lies before the first delivery (${formatDay(first)}); nothing was done. The first night is ` +
      'that of the first delivery: use its date or a later one.',
  );
}

/** Steps that follow the law: a run that did one of them is finished with the law it began with. */
const STEPS_WITHOUT_LAW = ['fetch', 'take-in'];

async function refuseOtherLaw(session: Session, runId: string, lawDigest: string): Promise<void> {
  const [run] = await session.rows<{ law_digest: string }>(
    `select law_digest from twe.run
     where run_id = $1 and law_digest <> $2
       and job <> '${RETENTION}'
       and exists (select from twe.run_step s where s.run_id = run.run_id and s.step <> all ($3))`,
    [runId, lawDigest, STEPS_WITHOUT_LAW],
  );
  if (run === undefined) return;
  throw new Failure(
    EXIT.usage,
    `${runId} was computed with another law (digest ${run.law_digest.slice(0, 12)}, now ${lawDigest.slice(0, 12)}); nothing ` +
      'was done. Repeat or finish it with the configuration that it had; the present law counts from the next night.',
  );
}

interface Started {
  readonly runNo: number;
  readonly wasDone: boolean;
  readonly previousTakeIn: Day | undefined;
  readonly previousFacts: { readonly day: Day; readonly carried: number } | undefined;
  readonly previousAccrual: Day | undefined;
  readonly done: ReadonlyMap<string, StepCounts>;
}

async function startRun(database: Database, job: Job, runId: string, options: RunOptions): Promise<Started> {
  return database.transaction(async (session) => {
    await session.rows('insert into twe.law (law_digest, overrides) values ($1, $2) on conflict do nothing', [
      options.config.lawDigest,
      JSON.stringify(options.config.lawOverrides),
    ]);
    await refuseOtherLaw(session, runId, options.config.lawDigest);
    const [run] = await session.rows<{ run_no: number; state: string }>(
      `insert into twe.run (run_id, job, business_date, state, program_version, law_digest)
       values ($1, $2, $3, 'RUNNING', $4, $5)
       on conflict (run_id) do update
       set state = case when twe.run.state = 'DONE' then 'DONE' else 'RUNNING' end, failure = null,
         finished_at = case when twe.run.state = 'DONE' then twe.run.finished_at end,
         law_digest = case when twe.run.state = 'DONE' then twe.run.law_digest else excluded.law_digest end
       returning run_no, state`,
      [runId, job.name, formatDay(options.today), programVersion(), options.config.lawDigest],
    );
    const done = await session.rows<{ step: string; counts: Record<string, unknown> }>(
      'select step, counts from twe.run_step where run_id = $1',
      [runId],
    );
    return {
      runNo: run!.run_no,
      wasDone: run!.state === 'DONE',
      previousTakeIn: await lastDone(session, 'take-in', runId),
      previousFacts: await lastFacts(session, runId),
      previousAccrual: await lastDone(session, 'measure-and-accrue', runId),
      done: new Map(done.map((row) => [row.step, numbersOf(row.counts)])),
    };
  });
}

/** Business date of the last other run that has done a step. */
export async function lastDone(session: Session, step: string, runId: string): Promise<Day | undefined> {
  const [row] = await session.rows<{ last: string | null }>(
    `select max(r.business_date) as last
     from twe.run r
     join twe.run_step s using (run_id)
     where s.step = $1 and r.run_id <> $2`,
    [step, runId],
  );
  return typeof row?.last === 'string' ? day(row.last) : undefined;
}

/** The last other run that built facts, and the histories that they carry since. */
async function lastFacts(session: Session, runId: string): Promise<{ day: Day; carried: number } | undefined> {
  const last = await lastDone(session, 'facts', runId);
  if (last === undefined) return undefined;
  const [row] = await session.rows<{ carried: number }>(
    `select (s.counts->>'carried')::int as carried
     from twe.run_step s
     join twe.run r using (run_id)
     where s.step = 'facts' and r.run_id <> $1
     order by r.business_date desc, s.finished_at desc
     limit 1`,
    [runId],
  );
  return { day: last, carried: row!.carried };
}

async function runStep(context: RunContext, step: Step): Promise<StepResult> {
  const began = performance.now();
  const { database, runId, log } = context;
  const finish = async (session: Session, result: StepResult) => {
    const durationMs = Math.round(performance.now() - began);
    await session.rows(
      `insert into twe.run_step (run_id, step, duration_ms, counts) values ($1, $2, $3, $4)
       on conflict (run_id, step) do update
       set finished_at = now(), duration_ms = excluded.duration_ms, counts = excluded.counts`,
      [runId, step.name, durationMs, JSON.stringify({ ...result.counts, findings: result.findings ?? [] })],
    );
    log.info({ durationMs }, 'step done');
    return result;
  };
  if (step.mode === 'transaction') {
    return database.transaction(async (session) => finish(session, await step.run(context, session)));
  }
  const result = await database.session((session) => step.run(context, session));
  return database.transaction((session) => finish(session, result));
}

function numbersOf(counts: Record<string, unknown>): StepCounts {
  return Object.fromEntries(
    Object.entries(counts).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
