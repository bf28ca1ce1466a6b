/** What must hold, or a benchmark means nothing: the ledger says what is due, and no more was written than had to be. */
import type { Day } from '../../src/calendar.js';
import type { Database, Session } from '../../src/db/database.js';
import type { Law } from '../../src/law/law.js';
import type { AccrueCounts } from '../../src/ledger/accrue.js';
import { Computation, loadBudgets } from '../../src/ledger/compute.js';
import { streamTrajectories } from '../../src/ledger/stream.js';
import { buildFacts, type CarriedHistory } from '../../src/records/build.js';

/** What the step said it appended is what the ledger holds. */
export async function expectLedgerAddsUp(database: Database, counts: AccrueCounts): Promise<void> {
  const [row] = await database.rows<{ entries: number; cents: number }>(
    `select count(*) as entries, sum(cents::bigint * (last_month - first_month + 1))::bigint as cents
     from twe.ledger_entry`,
  );
  expectEqual('entries of the ledger', row!.entries, counts.ledgerEntries);
  expectEqual('cents of the ledger', row!.cents, counts.accruedCents);
}

/** An unchanged night appends nothing and finds no trajectory changed. */
export function expectNothingAppended(counts: AccrueCounts): void {
  expectEqual('entries appended on an unchanged night', counts.ledgerEntries, 0);
  expectEqual('trajectories changed on an unchanged night', counts.changed, 0);
}

/**
 * The sums of the ledger per OCMW, component and month are those of a computation from scratch.
 * @param rebuild also build the facts from scratch, carrying this; undefined: take the stored ones
 */
export async function expectLedgerSaysWhatIsDue(
  database: Database,
  law: Law,
  today: Day,
  rebuild: CarriedHistory | undefined,
): Promise<void> {
  const due = await database.transaction(async (session) => {
    const known = { registeredUntil: today, deliveredUntil: today };
    if (rebuild !== undefined) await buildFacts(session, known, rebuild);
    return sumsDue(session, law, today, rebuild === undefined ? 'twe.trajectory_facts' : 'built_facts');
  });
  const rows = await database.rows<{ key: string; cents: number }>(
    `select ocmw_id || '/' || component || '/' || month as key, sum(cents)::bigint as cents
     from twe.ledger_entry
     cross join lateral generate_series(first_month, last_month) month
     group by ocmw_id, component, month
     having sum(cents) <> 0`,
  );
  for (const { key, cents } of rows) expectEqual(`the ledger of ${key}`, cents, due.get(key) ?? 0);
  expectEqual('sums in the ledger', rows.length, due.size);
}

/** Cents due per OCMW, component and month. */
async function sumsDue(
  session: Session,
  law: Law,
  today: Day,
  source: 'twe.trajectory_facts' | 'built_facts',
): Promise<Map<string, number>> {
  const due = new Map<string, number>();
  const budgets = await loadBudgets(session, { registeredUntil: today, deliveredUntil: today });
  const asOf = { today, knownUntil: today };
  const computation = new Computation(law, asOf, budgets, ({ streamed, segments }) => {
    for (const { component, firstMonth, lastMonth, cents } of segments) {
      for (let month = firstMonth; month <= lastMonth; month++) {
        const key = `${streamed.facts.ocmwId}/${component}/${month}`;
        due.set(key, (due.get(key) ?? 0) + cents);
      }
    }
  });
  for await (const piece of streamTrajectories(session, source)) for (const each of piece) computation.take(each);
  computation.flush();
  return due;
}

function expectEqual(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${what}: ${found}, expected ${expected}`);
}
