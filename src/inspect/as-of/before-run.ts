/**
 * The state before a run computed anything: what it had taken in, the ledger of the nights before it, and the fingerprints
 * that the last of them left. These are overwritten in place, so they are computed again with the law of that night.
 */
import type { Day } from '../../calendar.js';
import { copyIn, copyRow } from '../../db/copy.js';
import type { Database, Session } from '../../db/database.js';
import type { Law } from '../../law/law.js';
import { carriedBy } from '../../ledger/carried.js';
import { Computation, loadBudgets } from '../../ledger/compute.js';
import { fingerprintOf } from '../../ledger/fingerprint.js';
import { eveningOf } from '../../ledger/seen.js';
import { streamTrajectories } from '../../ledger/stream.js';
import { buildFacts } from '../../records/build.js';
import { BEGINNING, buildFactsOf, copyRows, restateSetAside } from './load.js';
import type { Moment } from './moment.js';
import { BATCH_TABLES, TABLES } from './tables.js';

/** The accrual whose fingerprints a run found. */
export interface AccrualBefore {
  readonly day: Day;
  /** Its beginning, as `Moment.until`: frozen outcomes of later batches were not there. */
  readonly moment: string;
  readonly law: Law;
}

/** Fills an empty database with what a run found when it had taken in its deliveries. */
export async function loadBefore(
  source: Database,
  target: Database,
  moment: Moment,
  before: AccrualBefore | undefined,
  progress?: (text: string) => void,
): Promise<void> {
  const filled = TABLES.filter(({ where }) => where !== undefined);
  await copyRows(source, target, filled, { ...moment, from: BEGINNING }, progress);
  const since = before?.moment ?? BEGINNING;
  if (before !== undefined) {
    await copyRows(source, target, BATCH_TABLES, { ...moment, until: since, from: BEGINNING }, progress);
    progress?.('fingerprints of the night before');
    await target.transaction((session) => fillLedgerState(session, before));
  }
  await copyRows(source, target, BATCH_TABLES, { ...moment, from: since }, progress);
  await target.transaction(async (session) => {
    await restateSetAside(session);
    await buildFactsOf(session);
  });
  await target.session((session) => session.client.query('analyze'));
}

async function fillLedgerState(session: Session, { day, law }: AccrualBefore): Promise<void> {
  const { known, asOf } = eveningOf(day);
  await buildFacts(session, known, carriedBy(law));
  const rows: string[] = [];
  const computation = new Computation(law, asOf, await loadBudgets(session, known), (computed) => {
    const { streamed, segments, results } = computed;
    const { ocmwId, weoId } = streamed.facts;
    const { high, low } = fingerprintOf(ocmwId, segments, results);
    rows.push(copyRow([weoId, high, low]));
  });
  for await (const piece of streamTrajectories(session, 'built_facts')) {
    for (const streamed of piece) computation.take(streamed);
  }
  computation.flush();
  const writer = copyIn(session, 'twe.ledger_state (weo_id, fingerprint_high, fingerprint_low)');
  for (const row of rows) await writer.write(row);
  await writer.end();
}
