/** Everything about one trajectory as one evening knew it: facts, what the law makes of them, records, money. */
import { formatDay } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { asksIncreased, type BudgetOf } from '../../law/allowance.js';
import { statusOf } from '../../law/status.js';
import { Computation, loadBudgets, type Budgets, type ComputedTrajectory } from '../../ledger/compute.js';
import { eveningOf } from '../../ledger/seen.js';
import type { StreamedTrajectory } from '../../ledger/stream.js';
import { buildWantedFacts, wantWeos } from '../../records/build.js';
import { unpackFacts, unpackFrozen } from '../../records/packed.js';
import { fillPayee } from '../../records/payee.js';
import type { ExplainedBatchLine, ExplainedBatchPart, ExplainedEntry, ExplainedOcmw } from './explanation.js';
import type { Night } from './known.js';
import type { LawOfNight } from './law-of-night.js';
import { batchLinesOf, batchPartsOf, ledgerOf, storedOf, type StoredMeasurement } from './money.js';
import { loadRecords, type RecordBook } from './records.js';

export interface Gathered {
  readonly night: Night;
  readonly computed: ComputedTrajectory;
  /** The trajectories with which it shares a budget or a number of grants, itself included; in their order. */
  readonly group: readonly StreamedTrajectory[];
  readonly budgetOf: BudgetOf;
  readonly records: RecordBook;
  readonly ocmw: ExplainedOcmw;
  readonly ledger: readonly ExplainedEntry[];
  readonly batchLines: readonly ExplainedBatchLine[];
  readonly batchParts: readonly ExplainedBatchPart[];
  readonly stored: readonly StoredMeasurement[];
}

/** Gathers one trajectory that is known on the evening of `night`. Must run in a transaction: temporary tables. */
export async function gather(session: Session, weoId: string, night: Night, lawOfNight: LawOfNight): Promise<Gathered> {
  const { today } = night;
  const { known } = eveningOf(today);
  const near = await trajectories(session, [weoId], night, lawOfNight);
  const own = near.find(({ facts }) => facts.weoId === weoId);
  if (own === undefined) throw new Error(`no facts were built for the WEO ${weoId}, which is known`);
  const asks = own.facts.contracts.some(asksIncreased);
  const records = await loadRecords(session, own.facts, own.personId, today, asks);
  const budgets = await loadBudgets(session, known);
  const group = await sharers(session, own, near, budgets, night, lawOfNight);
  return {
    night,
    computed: compute(own, group, budgets, night, lawOfNight),
    group,
    budgetOf: budgets.of,
    records,
    ocmw: await ocmwOf(session, own.facts.ocmwId, night),
    ledger: await ledgerOf(session, weoId, night),
    batchLines: await batchLinesOf(session, weoId, night),
    batchParts: await batchPartsOf(session, weoId, night),
    stored: await storedOf(session, weoId, night),
  };
}

/**
 * Facts of these WEOs and of all others of their clients, in the order in which the night computes them: those it left
 * behind (a few milliseconds), or built again from the versions when a later night has built newer ones.
 */
async function trajectories(
  session: Session,
  weoIds: readonly string[],
  { today, factsStand }: Night,
  { carried }: LawOfNight,
): Promise<StreamedTrajectory[]> {
  if (!factsStand) {
    await wantWeos(session, weoIds);
    await buildWantedFacts(session, eveningOf(today).known, carried);
  }
  const source = factsStand ? 'twe.trajectory_facts' : 'built_facts';
  const rows = await session.rows<{
    ocmw_id: string;
    weo_id: string;
    person_id: number;
    facts: string;
    frozen: string | null;
  }>(sql('inspect/list_facts').replaceAll(':source', source), [formatDay(today), weoIds]);
  return rows.map((row) => ({
    facts: unpackFacts(
      row.ocmw_id,
      row.weo_id,
      // The packed form is that of COPY, which doubles a backslash.
      Buffer.from(row.facts.replaceAll('\\', '\\\\')),
      0,
      row.frozen === null ? undefined : unpackFrozen(row.frozen),
    ),
    personId: String(row.person_id),
    posted: undefined,
    besides: '',
  }));
}

/** Only who asks the increased allowance shares anything, and only a budget or the client (`inc.scope`) is shared. */
async function sharers(
  session: Session,
  own: StreamedTrajectory,
  near: readonly StreamedTrajectory[],
  budgets: Budgets,
  night: Night,
  lawOfNight: LawOfNight,
): Promise<readonly StreamedTrajectory[]> {
  const { law } = lawOfNight;
  const perPerson = law.incScope === 'PERSON';
  const asks = own.facts.contracts.some((each) => each.hasNovaPrimaReference && asksIncreased(each));
  if (!asks || statusOf(own.facts) !== 'COUNTS') return [own];
  if (!perPerson && !budgets.limited.has(own.facts.ocmwId)) return [own];
  if (perPerson && budgets.limited.size === 0) return near;
  const rows = await session.rows<{ weo_id: string }>(sql('inspect/list_increased_askers'), [
    perPerson ? null : own.facts.ocmwId,
    night.factsStand ? null : formatDay(night.today),
  ]);
  const weoIds = rows.map((row) => row.weo_id);
  const all = await trajectories(session, weoIds, night, lawOfNight);
  return perPerson ? all : all.filter(({ facts }) => facts.ocmwId === own.facts.ocmwId);
}

function compute(
  own: StreamedTrajectory,
  group: readonly StreamedTrajectory[],
  budgets: Budgets,
  { today }: Night,
  { law }: LawOfNight,
): ComputedTrajectory {
  let found: ComputedTrajectory | undefined;
  const computation = new Computation(law, eveningOf(today).asOf, budgets, (computed) => {
    if (computed.streamed.facts.weoId === own.facts.weoId) found = computed;
  });
  for (const each of group) computation.take(each);
  computation.flush();
  if (found === undefined) throw new Error(`the WEO ${own.facts.weoId} is not among those it shares a budget with`);
  return found;
}

async function ocmwOf(session: Session, ocmwId: string, { today }: Night): Promise<ExplainedOcmw> {
  await fillPayee(session, today);
  const [row] = await session.rows<{ name: string | null; payee_id: string; payee_name: string | null }>(
    sql('inspect/find_payee'),
    [ocmwId, formatDay(today)],
  );
  return {
    ocmwId,
    name: row?.name ?? null,
    payeeId: row?.payee_id ?? ocmwId,
    payeeName: row?.payee_name ?? null,
  };
}
