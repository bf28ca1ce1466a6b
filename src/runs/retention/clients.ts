/**
 * Clients whose term is over: their numbers and pseudonyms go, and the free text about them; amounts, facts and explanations
 * stay under a number that leads to nobody. The term counts from the last day on which anything was to be done for a client
 * or came to be known of him: end of his agreements and contracts, last measurement, entry, batch, decision, payment or
 * record. As long as anything is open he stays, whatever the term.
 */
import { formatDay, type Day } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { COMPONENTS } from '../../law/codes.js';
import type { Law } from '../../law/law.js';
import { fillOpenClaims } from '../../settlement/open-claims.js';
import { fillOrderedLines } from '../../settlement/orders.js';
import { noteRemoval } from './removals.js';

/** Why a client whose term is over stays. */
const REASONS = ['OPEN', 'PENDING', 'UNDECIDED', 'HELD', 'NOT_ORDERED', 'NOT_CONFIRMED'] as const;
type Reason = (typeof REASONS)[number];

export interface LeavingClients {
  /** Who go. */
  readonly clients: number;
  /** Whose term is over and who stay because something is open. */
  readonly kept: Readonly<Record<Reason, number>>;
}

/** What a row set aside says when its term is over. */
const EMPTIED = 'What stood here was removed after its term.';

/**
 * Who goes with what is older than a day, as known on an evening. Leaves the temporary tables that `removeClients` needs.
 * Must run in a transaction.
 */
export async function findLeavingClients(
  session: Session,
  evening: Day,
  olderThan: Day,
  law: Law,
): Promise<LeavingClients> {
  await fillOrderedLines(session, evening);
  await fillOpenClaims(session, evening);
  await session.client.query(
    sql('runs/fill_clients')
      .replaceAll(':grace_days', String(law.measurementGraceDays))
      .replaceAll(':older_than', `date '${formatDay(olderThan)}'`)
      .replaceAll(':ordered_components', `array[${orderedComponents(law).join(', ')}]`),
  );
  const rows = await session.rows<{ keptFor: Reason | null; clients: number }>(sql('runs/count_clients'), [
    formatDay(olderThan),
  ]);
  const countOf = (reason: Reason | null) => rows.find(({ keptFor }) => keptFor === reason)?.clients ?? 0;
  const kept = Object.fromEntries(REASONS.map((reason) => [reason, countOf(reason)])) as Record<Reason, number>;
  return { clients: countOf(null), kept };
}

/** Allowances are accrued and, unless the law says otherwise, never ordered: nothing of them is open. */
function orderedComponents({ finalIncludeAllowances }: Law): number[] {
  return COMPONENTS.map((name, index) => ({ name, index }))
    .filter(({ name }) => finalIncludeAllowances || (name !== 'ORD' && name !== 'INC'))
    .map(({ index }) => index);
}

/** Takes away who was found, and writes the tables anew in which they stood. Throws when the role does not own the tables. */
export async function removeClients(
  session: Session,
  { clients }: LeavingClients,
  { runId, today, olderThan }: { readonly runId: string; readonly today: Day; readonly olderThan: Day },
): Promise<void> {
  if (clients === 0) return;
  await session.client.query(
    sql('runs/remove_clients')
      .replaceAll(':removed_on', `date '${formatDay(today)}'`)
      .replaceAll(':older_than', `date '${formatDay(olderThan)}'`),
  );
  await noteRemoval(session, { runId, kind: 'CLIENTS', olderThan }, clients);
}

/** Terms of rows set aside, as days: what is of before them goes. */
export interface SetAsideTerms {
  /** Of rows that came back or were put right. */
  readonly closed: Day | undefined;
  /** Of rows that still wait for a correction. */
  readonly open: Day | undefined;
}

/** How many rows set aside would be emptied. */
export async function countOldSetAside(session: Session, { closed, open }: SetAsideTerms): Promise<number> {
  const [row] = await session.rows<{ rows: number }>(sql('runs/count_set_aside'), [
    EMPTIED,
    dayOf(closed),
    dayOf(open),
  ]);
  return row!.rows;
}

/** Empties what senders wrote in rows set aside; returns how many there were. */
export async function emptySetAside(session: Session, terms: SetAsideTerms, runId: string): Promise<number> {
  const rows = await countOldSetAside(session, terms);
  if (rows === 0) return 0;
  const literal = (day: Day | undefined) => (day === undefined ? 'null::date' : `date '${formatDay(day)}'`);
  await session.client.query(
    sql('runs/empty_set_aside')
      .replaceAll(':message', `'${EMPTIED}'`)
      .replaceAll(':closed_older_than', literal(terms.closed))
      .replaceAll(':open_older_than', literal(terms.open)),
  );
  const olderThan = Math.max(...[terms.closed, terms.open].filter((day) => day !== undefined));
  await noteRemoval(session, { runId, kind: 'SET_ASIDE', olderThan }, rows);
  return rows;
}

function dayOf(day: Day | undefined): string | null {
  return day === undefined ? null : formatDay(day);
}
