/** The steps that jobs are made of, in the order of the pipeline. */
import { formatDay, type Day } from '../calendar.js';
import { systemUser } from '../system-user.js';
import { accrue } from '../ledger/accrue.js';
import { carriedBy, carriedNumber } from '../ledger/carried.js';
import { sealChains } from '../ledger/chain/seal.js';
import { refreshFacts } from '../records/build.js';
import { pseudonymKey } from '../config/pseudonym-key.js';
import { Pseudonyms } from '../feeds/pseudonyms.js';
import { takeIn } from '../feeds/take-in.js';
import { bookBatch } from '../settlement/book.js';
import { listDueBatches } from '../settlement/booked.js';
import { guardLawChange } from './law-guard.js';
import type { RunContext, Step, StepCounts, StepResult } from './job.js';
import { inputDigest } from './publish-batch.js';
import { publishRun } from './publish-run.js';
import { refuseWhenStopped } from './stop.js';
import { verifyNight } from './verify.js';

/** After more new versions than this the planner's statistics are made anew at once. */
const MANY_VERSIONS = 5_000;

/**
 * The evening with which a run compares what is known. What an earlier run of the same evening knew is not enough: records that
 * came since are known from that very evening on.
 */
function eveningBefore(previous: Day, today: Day): Day {
  return Math.min(previous, today - 1);
}

/** Feeds to versions. */
export const takeInStep: Step = {
  name: 'take-in',
  mode: 'transaction',
  async run({ config, today, runId, previousTakeIn, skipDeliveries, acceptGuards }, session) {
    const taken = await takeIn(session, {
      feedsDir: config.feedsSource,
      businessDate: formatDay(today),
      runId,
      pseudonyms: new Pseudonyms(pseudonymKey(config)),
      lastFinishedNight: previousTakeIn === undefined ? undefined : formatDay(previousTakeIn),
      skipDeliveries,
      requireManifest: config.requireManifest,
      mapping: config.mapping,
      limits: config.guard,
      acceptGuards,
    });
    const sum = (count: (file: (typeof taken.files)[number]) => number) =>
      taken.files.reduce((total, file) => total + count(file), 0);
    if (sum((file) => file.newVersions) > MANY_VERSIONS) await session.client.query('analyze');
    return {
      counts: {
        deliveries: taken.deliveries.length,
        rows: sum((file) => file.rows),
        newVersions: sum((file) => file.newVersions),
        unchanged: sum((file) => file.unchanged),
        setAside: sum((file) => file.setAside),
        cameBack: sum((file) => file.cameBack),
      },
      findings: taken.findings,
    };
  },
};

/** Versions to facts, as known tonight. */
export const factsStep: Step = {
  name: 'facts',
  mode: 'transaction',
  async run(context, session) {
    const { config, previousFacts, today } = context;
    const carried = carriedBy(config.law);
    // Another policy may look back at histories that the facts do not carry: then all are built again.
    const previous =
      previousFacts?.carried === carriedNumber(carried) ? eveningBefore(previousFacts.day, today) : undefined;
    const counts = await refreshFacts(session, previous, today, carried);
    // Here and not later: what a guard stops has kept nothing that follows the law, and the law can be put back.
    const findings = await guardLawChange(session, context);
    return { counts: { ...counts, carried: carriedNumber(carried) }, findings };
  },
};

/** Batches whose run day has passed undone, each with the knowledge of its own cut-off; before tonight is measured. */
export const overdueBatchesStep: Step = {
  name: 'overdue-batches',
  mode: 'parts',
  run: (context) => bookDue(context, (runDay) => runDay < context.today),
};

/** Batches of today. */
export const batchesStep: Step = {
  name: 'batches',
  mode: 'parts',
  run: (context) => bookDue(context, (runDay) => runDay === context.today),
};

/** Facts to ledger: measurements whose date has come and what is due, as differences. */
export const accrueStep: Step = {
  name: 'measure-and-accrue',
  mode: 'transaction',
  async run({ database, config, today, previousAccrual, runId, runNo, progress }, session) {
    const counts = await accrue(database, session, {
      law: config.law,
      today,
      previousNight: previousAccrual === undefined ? undefined : eveningBefore(previousAccrual, today),
      runId,
      runNo,
      carried: carriedBy(config.law),
      onProgress: (trajectories) => progress(`measure and accrue: ${trajectories} trajectories`),
    });
    return { counts: { ...counts } };
  },
};

/** What was appended to a head over all chains; from here on it shows when it is changed. */
export const sealStep: Step = {
  name: 'seal',
  mode: 'transaction',
  async run({ database, runId, today }, session) {
    await session.rows('update twe.run set input_digest = $2 where run_id = $1', [
      runId,
      await inputDigest(session, today),
    ]);
    return { counts: await sealChains(database, session, runId) };
  },
};

/** Every invariant of `sql/checks` over what is new. */
export const verifyStep: Step = {
  name: 'verify',
  mode: 'reading',
  run: ({ database, runId }) => verifyNight(database, runId),
};

/** Documents. */
export const exportStep: Step = { name: 'export', mode: 'reading', run: (context) => publishRun(context) };

async function bookDue(context: RunContext, isDue: (runDay: number) => boolean): Promise<StepResult> {
  const { database, config, runId, today, progress } = context;
  const due = await database.session((session) => listDueBatches(session, today, config.law));
  const counts = { batches: 0, lines: 0, payCents: 0, claimCents: 0 };
  for (const batch of due.filter(({ runDay }) => isDue(runDay))) {
    refuseWhenStopped(context.stop);
    progress(`booking ${batch.job} ${batch.period}`);
    const booked = await database.transaction((session) =>
      bookBatch(database, session, batch, {
        law: config.law,
        carried: carriedBy(config.law),
        runId,
        approvalRequired: config.approvalRequired,
        preparedBy: systemUser(),
      }),
    );
    if (booked === undefined) continue;
    counts.batches++;
    counts.lines += booked.lines;
    counts.payCents += booked.payCents;
    counts.claimCents += booked.claimCents;
  }
  return { counts: counts satisfies StepCounts };
}
