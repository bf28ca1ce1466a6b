/** The stages of a benchmark of one size: the functions of the program itself, on a database of its own. */
import { join } from 'node:path';
import { formatDay, monthOf, quarterStart, type Day, type Month } from '../../src/calendar.js';
import type { Database } from '../../src/db/database.js';
import { takeIn } from '../../src/feeds/take-in.js';
import { resolveLaw } from '../../src/law/resolve.js';
import { accrue, type AccrueCounts } from '../../src/ledger/accrue.js';
import { refreshFacts, type CarriedHistory } from '../../src/records/build.js';
import { BATCH_COLUMNS, publishBatch, type BookedBatch } from '../../src/runs/publish-batch.js';
import { bookBatch } from '../../src/settlement/book.js';
import { quarterBatch } from '../../src/settlement/due-batches.js';
import { fillOrderedLines } from '../../src/settlement/orders.js';
import { writeCorrections, writeFirstDelivery } from './deliveries.js';
import { expectLedgerAddsUp, expectLedgerSaysWhatIsDue, expectNothingAppended } from './guards.js';
import { loadVersions, PSEUDONYMS, settle } from './load.js';
import type { Measure, Measured } from './measure.js';
import { CORRECTED_NIGHT, FIRST_NIGHT, MONTH_END_NIGHT, QUARTER_RUN_DAY, UNCHANGED_NIGHT } from './nights.js';
import { plainCopy, type PlainCopy } from './plain-copy.js';

export interface Stage {
  readonly name: string;
  /** What was done, as a person would count it: `5,900,000 entries`. */
  readonly done: string;
  readonly rows: number;
  readonly measured: Measured<unknown>;
  /** The limit it is compared with. */
  readonly limit: PlainCopy;
}

export interface Bench {
  readonly trajectories: number;
  /** Empty folder for feeds and copies. */
  readonly folder: string;
  readonly measure: Measure;
  readonly progress: (text: string) => void;
}

/** Up to so many trajectories a quarter is booked and printed as well. */
const MOST_SETTLED = 20_000;

const law = resolveLaw({ 'amount.ORD': 1000, 'amount.INC': 1500 });
const carried: CarriedHistory = { categoryVersions: false, jobVersions: false };

/** Import: one WEO for each trajectory, with all checks, into an empty database. */
export async function importStage(database: Database, bench: Bench): Promise<Stage> {
  const { trajectories, folder, measure, progress } = bench;
  const feeds = join(folder, 'import');
  await writeFirstDelivery(feeds, trajectories);
  progress('import');
  const measured = await measure(() => takeInOf(database, feeds, FIRST_NIGHT, undefined));
  const weo = measured.result.files.find(({ file }) => file === 'weo.csv')!;
  if (weo.newVersions !== trajectories) throw new Error(`${weo.newVersions} of ${trajectories} WEOs were taken in`);
  const limit = await plainCopy(database, 'twe.weo_version', bench);
  return stage('import of weo.csv', 'rows', trajectories, measured, limit);
}

/** Facts and ledger over four nights: the first, an unchanged one, one with 1 % corrected, and a month end. */
export async function nightStages(database: Database, bench: Bench): Promise<Stage[]> {
  const { trajectories, folder, measure, progress } = bench;
  progress('generating');
  await loadVersions(database, trajectories);
  const stages: Stage[] = [];

  progress('first night');
  const facts = await factsOf(bench, database, undefined, FIRST_NIGHT);
  const factsLimit = await plainCopy(database, 'twe.trajectory_facts', bench);
  stages.push(stage('first night: facts', 'trajectories', facts.result.looked, facts, factsLimit));
  const first = await accrueOf(bench, database, 1, undefined, FIRST_NIGHT);
  await expectLedgerAddsUp(database, first.result);
  const limit = await plainCopy(database, 'twe.ledger_entry', bench);
  stages.push(stage('first night: ledger', 'entries', first.result.ledgerEntries, first, limit));

  progress('unchanged night');
  const unchanged = await nightOf(bench, database, 'unchanged night', 2, FIRST_NIGHT, UNCHANGED_NIGHT, limit);
  expectNothingAppended(unchanged.counts);

  progress('1 % changed');
  const feeds = join(folder, 'corrections');
  const corrected = await writeCorrections(feeds, trajectories);
  const taken = await measure(() => takeInOf(database, feeds, CORRECTED_NIGHT, UNCHANGED_NIGHT));
  const changed = await nightOf(bench, database, '1 % changed', 3, UNCHANGED_NIGHT, CORRECTED_NIGHT, limit);
  await expectLedgerSaysWhatIsDue(database, law, CORRECTED_NIGHT, carried);

  progress('month end');
  const monthEnd = await nightOf(bench, database, 'month end', 4, CORRECTED_NIGHT, MONTH_END_NIGHT, limit);
  await expectLedgerSaysWhatIsDue(database, law, MONTH_END_NIGHT, undefined);
  return [
    ...stages,
    ...unchanged.stages,
    stage('1 % changed: import', 'corrections', corrected, taken, limit),
    ...changed.stages,
    ...monthEnd.stages,
    // The batch before it settles whole histories at once: minutes for a size that Flanders will never have.
    ...(trajectories <= MOST_SETTLED ? await quarterStages(database, bench, limit) : []),
  ];
}

/**
 * The quarter that was just complete: its batch, then the documents that people sign. The quarter before is booked first,
 * not measured: it settles everything that ended in all the years before.
 */
async function quarterStages(database: Database, bench: Bench, limit: PlainCopy): Promise<Stage[]> {
  const { folder, measure, progress } = bench;
  progress('quarter');
  const runId = `${formatDay(QUARTER_RUN_DAY)}/nightly`;
  await database.rows(
    `insert into twe.run (run_id, job, business_date, state, program_version, law_digest)
     values ($1, 'nightly', $2, 'RUNNING', 'bench', repeat('0', 64))`,
    [runId, formatDay(QUARTER_RUN_DAY)],
  );
  const quarter = quarterStart(monthOf(MONTH_END_NIGHT));
  const book = (first: Month) =>
    database.transaction((session) =>
      bookBatch(database, session, quarterBatch(first, law), {
        ...{ law, carried, runId, approvalRequired: false, preparedBy: 'bench' },
      }),
    );
  await book(quarter - 3);
  await settle(database);
  const booking = await measure(() => book(quarter));
  const [batch] = await database.rows<BookedBatch>(
    `select ${BATCH_COLUMNS} from twe.batch order by batch_no desc limit 1`,
  );
  const documents = await measure(() =>
    database.transaction(async (session) => {
      await fillOrderedLines(session, QUARTER_RUN_DAY);
      const options = { out: join(folder, 'out'), lang: 'nl', findings: [], withRun: false } as const;
      return publishBatch(session, batch!, options);
    }),
  );
  const { lines } = booking.result!;
  return [
    stage('quarter: batch', 'lines', lines, booking, limit),
    stage('quarter: documents', 'lines', lines, documents, limit),
  ];
}

async function nightOf(
  bench: Bench,
  database: Database,
  name: string,
  runNo: number,
  previous: Day,
  today: Day,
  limit: PlainCopy,
): Promise<{ stages: Stage[]; counts: AccrueCounts }> {
  const facts = await factsOf(bench, database, previous, today);
  const ledger = await accrueOf(bench, database, runNo, previous, today);
  await settle(database);
  return {
    counts: ledger.result,
    stages: [
      stage(`${name}: facts`, 'facts changed', facts.result.changed, facts, limit),
      stage(`${name}: ledger`, 'entries', ledger.result.ledgerEntries, ledger, limit),
    ],
  };
}

function stage(name: string, unit: string, rows: number, measured: Measured<unknown>, limit: PlainCopy): Stage {
  return { name, done: `${rows.toLocaleString('en')} ${unit}`, rows, measured, limit };
}

function takeInOf(database: Database, feedsDir: string, today: Day, previous: Day | undefined) {
  return database.transaction((session) =>
    takeIn(session, {
      feedsDir,
      businessDate: formatDay(today),
      runId: `${formatDay(today)}/nightly`,
      pseudonyms: PSEUDONYMS,
      lastFinishedNight: previous === undefined ? undefined : formatDay(previous),
      skipDeliveries: [],
    }),
  );
}

function factsOf({ measure }: Bench, database: Database, previous: Day | undefined, today: Day) {
  return measure(() => database.transaction((session) => refreshFacts(session, previous, today, carried)));
}

function accrueOf({ measure }: Bench, database: Database, runNo: number, previousNight: Day | undefined, today: Day) {
  return measure(() =>
    database.transaction((session) =>
      accrue(database, session, { law, today, previousNight, runId: `run ${runNo}`, runNo, carried }),
    ),
  );
}
