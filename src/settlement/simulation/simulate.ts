/**
 * What some months would cost under another law, against the present one: both computed by the very functions of the
 * night, with the knowledge of the last finished night. Nothing is written but temporary tables of this connection.
 */
import { day, formatDay, lastCompleteMonth, type Day } from '../../calendar.js';
import type { Database, Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { EXIT, Failure } from '../../errors.js';
import type { Law } from '../../law/law.js';
import { Computation, loadBudgets, type ComputedTrajectory } from '../../ledger/compute.js';
import { streamTrajectories, type Besides, type StreamedTrajectory } from '../../ledger/stream.js';
import { eveningOf } from '../../ledger/seen.js';
import { buildFacts, type CarriedHistory } from '../../records/build.js';
import type { TrajectoryFacts } from '../../records/facts.js';
import { unpackFacts } from '../../records/packed.js';
import { fillPayee } from '../../records/payee.js';
import { FrozenOutcomes } from './frozen-outcomes.js';
import { requireComplete, type Months } from './period.js';
import { SimulationSums } from './sums.js';

/** A law and the histories that facts must carry for it. */
export interface LawWithHistory {
  readonly law: Law;
  readonly carried: CarriedHistory;
}

export interface SimulatedNight {
  readonly runId: string;
  readonly today: Day;
  /** Digest of the law with which that night computed. */
  readonly lawDigest: string;
}

/** Who is paid on the evening of the night. */
export interface SimulatedPayee {
  readonly name: string;
  readonly nisCode: string;
}

export interface Simulated {
  readonly night: SimulatedNight;
  readonly sums: SimulationSums;
  /** Finally settled trajectories with a measurement in these months that the other law judges otherwise. */
  readonly judgedOtherwise: number;
  /** By OCMW number. */
  readonly payees: ReadonlyMap<string, SimulatedPayee>;
}

/**
 * Computes all trajectories under both laws, one after the other from one stream: memory does not grow with their number.
 * Throws a Failure (exit 2) before the first night, for months that were not over on its evening, and for a law without
 * an amount for a month that needs one.
 */
export async function simulate(
  database: Database,
  present: LawWithHistory,
  other: LawWithHistory,
  months: Months,
): Promise<Simulated> {
  return database.transaction(async (session) => {
    // One picture: a night that ends meanwhile must not mix in.
    await session.client.query('set transaction isolation level repeatable read');
    const { night, stored } = await lastNight(session);
    requireComplete(months, lastCompleteMonth(night.today), formatDay(night.today));
    const place = await factsFor(session, night.today, stored, present.carried, other.carried);
    const { payeeOf, payees } = await loadPayees(session, night.today);
    await session.client.query(READ_EVERYTHING_ONLY);
    const sums = new SimulationSums(months, payeeOf);
    const outcomes = new FrozenOutcomes(present.law, other.law, months);
    const presently = (computed: ComputedTrajectory) => sums.take('present', computed);
    const otherwise = (computed: ComputedTrajectory) => sums.take('other', computed);
    const { known, asOf } = eveningOf(night.today);
    const budgets = await loadBudgets(session, known);
    await computeBoth(
      session,
      place,
      outcomes,
      new Computation(present.law, asOf, budgets, presently),
      new Computation(other.law, asOf, budgets, otherwise),
    );
    return { night, sums, judgedOtherwise: outcomes.judgedOtherwise, payees };
  });
}

/** The temporary tables stand; from here on the server itself refuses to write. Every row is read, as in the night. */
const READ_EVERYTHING_ONLY = `
  set local enable_nestloop to off;
  set local work_mem to '128MB';
  set transaction read only`;

interface NightRow {
  readonly run_id: string;
  readonly business_date: string;
  readonly law_digest: string;
  readonly facts_on: string | null;
  readonly category_versions: boolean;
  readonly job_versions: boolean;
}

/** @returns `stored`: what the stored facts carry, undefined when they are not those of that evening */
async function lastNight(session: Session): Promise<{ night: SimulatedNight; stored: CarriedHistory | undefined }> {
  const [row] = await session.rows<NightRow>(sql('settlement/find_known_night'));
  if (row === undefined) {
    throw new Failure(
      EXIT.usage,
      'No night has finished on this database yet, so there is nothing to simulate with. Run `twe run nightly` first.',
    );
  }
  return {
    night: { runId: row.run_id, today: day(row.business_date), lawDigest: row.law_digest },
    stored:
      row.facts_on === row.business_date
        ? { categoryVersions: row.category_versions, jobVersions: row.job_versions }
        : undefined,
  };
}

/** Where the facts of both laws stand. */
interface FactsPlace {
  readonly source: 'twe.trajectory_facts' | 'built_facts';
  /** The facts of the other law, when it looks back at other histories than the present one. */
  readonly others?: Besides;
}

const OTHER_FACTS = 'facts_of_the_other_law';

/** Facts must carry exactly what a law looks at: with more, present records and old versions would be mixed up. */
async function factsFor(
  session: Session,
  today: Day,
  stored: CarriedHistory | undefined,
  present: CarriedHistory,
  other: CarriedHistory,
): Promise<FactsPlace> {
  const { known } = eveningOf(today);
  const differ = !sameHistory(present, other);
  if (differ) {
    await buildFacts(session, known, other);
    await session.client.query(`alter table built_facts rename to ${OTHER_FACTS}; analyze ${OTHER_FACTS}`);
  }
  const storedWillDo = stored !== undefined && sameHistory(stored, present);
  if (!storedWillDo) await buildFacts(session, known, present);
  const source = storedWillDo ? 'twe.trajectory_facts' : 'built_facts';
  return differ ? { source, others: { table: OTHER_FACTS, column: 'facts' } } : { source };
}

function sameHistory(one: CarriedHistory, another: CarriedHistory): boolean {
  return one.categoryVersions === another.categoryVersions && one.jobVersions === another.jobVersions;
}

async function loadPayees(session: Session, today: Day) {
  await fillPayee(session, today);
  const rows = await session.rows<{ ocmw_id: string; payee_id: string; name: string | null; nis_code: string }>(
    'select ocmw_id, payee_id, name, nis_code from payee',
  );
  const payeeIds = new Map(rows.map((row) => [row.ocmw_id, row.payee_id]));
  return {
    payeeOf: (ocmwId: string) => payeeIds.get(ocmwId) ?? ocmwId,
    payees: new Map(rows.map((row) => [row.payee_id, { name: row.name ?? '', nisCode: row.nis_code }])),
  };
}

async function computeBoth(
  session: Session,
  { source, others }: FactsPlace,
  outcomes: FrozenOutcomes,
  present: Computation,
  other: Computation,
): Promise<void> {
  for await (const piece of streamTrajectories(session, source, others)) {
    for (const streamed of piece) {
      present.take(streamed);
      const facts = others === undefined ? streamed.facts : otherFacts(streamed);
      underOtherLaw(() => other.take({ ...streamed, facts: outcomes.underOther(streamed.facts, facts) }));
    }
  }
  present.flush();
  underOtherLaw(() => other.flush());
}

/** An amount that is missing for a month is asked of the file, not of the configuration. */
function underOtherLaw(work: () => void): void {
  try {
    work();
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    const message = cause.message.replace('the law in the configuration', 'the file with the other law');
    throw new Failure(cause.exitCode, `The other law is not complete: ${message}`, { cause });
  }
}

/** The facts that came along for the other law. */
function otherFacts({ facts, besides }: StreamedTrajectory): TrajectoryFacts {
  const { ocmwId, weoId, frozen } = facts;
  if (besides === '') throw new Error(`no facts were built for the WEO ${weoId}, which is known`);
  // The packed form is that of COPY, which doubles a backslash.
  return unpackFacts(ocmwId, weoId, Buffer.from(besides.replaceAll('\\', '\\\\')), 0, frozen);
}
