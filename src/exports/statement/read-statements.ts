/**
 * The statements of a night, one OCMW after the other. What the facts say and what changed is gathered first, in a small
 * form; the position and the payment notes, which are by far the longest, pass by as streams.
 */
import { firstDayOf, formatDay, lastCompleteMonth, lastDayOf, type Day, type Month } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import type { Finding } from '../../finding.js';
import type { Law } from '../../law/law.js';
import { streamTrajectories } from '../../ledger/stream.js';
import { COMPONENT } from '../../law/codes.js';
import type { Cents } from '../../money.js';
import { readTextRows } from '../copy-text.js';
import { readPositions, type TrajectoryPosition } from '../positions.js';
import type { Provenance } from '../publish.js';
import type { Lang } from '../workbook/look.js';
import { NOT_FOR_OCMW } from './action-texts.js';
import { actionOfFinding, actionsOf, CLAIM_OPEN, inOrder, withClaim, withReclaim } from './actions.js';
import { readChanges } from './changes.js';
import type { NotePayee, PaymentNote } from './note.js';
import { readNotes } from './read-notes.js';
import type { Action, Change, Statement, StatedTrajectory, StatementTotals } from './statement.js';
import { STATEMENT_TEXT } from './texts.js';
import { describeTrajectory, stateTrajectory, trajectoryElsewhere, type DescribedTrajectory } from './trajectories.js';

export interface StatementOptions {
  readonly businessDate: Day;
  readonly law: Law;
  readonly lang: Lang;
  readonly provenance: Provenance;
  /** Findings of the evening. */
  readonly findings: readonly Finding[];
}

/** The month that a statement of a day is about: the last one that is over. */
export function monthOfStatement(businessDate: Day): Month {
  return lastCompleteMonth(businessDate);
}

/** What is known of an OCMW before its position passes by. */
interface Gathered {
  readonly described: Map<string, DescribedTrajectory>;
  readonly actions: Action[];
}

interface Snapshot {
  /** What was told is let go. */
  readonly gathered: Map<string, Gathered>;
  readonly payees: ReadonlyMap<string, NotePayee>;
  readonly clients: ReadonlyMap<string, string>;
  readonly changes: Map<string, readonly Change[]>;
  readonly totals: ReadonlyMap<string, StatementTotals>;
  readonly isFirst: boolean;
}

/**
 * Every OCMW that has a trajectory, money or a note, in byte order. Needs the tables of `prepareExport` for the business
 * date in this transaction, and a second session that sees the same snapshot: while a statement is looked at, a COPY is
 * open on both.
 */
export async function* readStatements(
  session: Session,
  noteSession: Session,
  options: StatementOptions,
): AsyncGenerator<Statement, void, void> {
  const month = monthOfStatement(options.businessDate);
  const snapshot = await gather(session, options);
  const positions = new ByOcmw(readPositions(session), ({ ocmwId }) => ocmwId);
  const notes = new ByOcmw(readNotes(noteSession, month), ({ payee }) => payee.ocmwId);
  try {
    for (const ocmwId of [...snapshot.gathered.keys()].sort(byBytes)) {
      yield statementOf(ocmwId, await positions.of(ocmwId), await notes.of(ocmwId), snapshot, options);
      snapshot.gathered.delete(ocmwId);
      snapshot.changes.delete(ocmwId);
    }
    await positions.expectEnd();
    await notes.expectEnd();
  } finally {
    await positions.close();
    await notes.close();
  }
}

/** A stream in byte order of OCMW, taken one OCMW at a time. */
class ByOcmw<T> {
  private next: Promise<IteratorResult<T, void>> | undefined;

  constructor(
    private readonly stream: AsyncGenerator<T, void, void>,
    private readonly ocmwOf: (each: T) => string,
  ) {}

  async of(ocmwId: string): Promise<T[]> {
    const found: T[] = [];
    for (;;) {
      this.next ??= this.stream.next();
      const { done, value } = await this.next;
      if (done || this.ocmwOf(value) !== ocmwId) return found;
      found.push(value);
      this.next = undefined;
    }
  }

  /** Throws when something is left: an OCMW that nobody asked for. */
  async expectEnd(): Promise<void> {
    const { done, value } = await (this.next ?? this.stream.next());
    if (!done) throw new Error(`${this.ocmwOf(value)} has money or a note but no totals`);
  }

  async close(): Promise<void> {
    await this.stream.return();
  }
}

async function gather(session: Session, options: StatementOptions): Promise<Snapshot> {
  const month = monthOfStatement(options.businessDate);
  const since = lastDayOf(month - 1);
  await session.rows('drop table if exists statement_since');
  await session.rows('create temporary table statement_since (day date not null) on commit drop');
  await session.rows('insert into statement_since values ($1)', [formatDay(since)]);
  const clients = await readClients(session, options.lang);
  const gathered = new Map<string, Gathered>();
  await gatherFacts(session, options, clients, gathered);
  const payees = await readPayees(session);
  for (const ocmwId of await payeesOfNotes(session, month)) gatheredOf(gathered, ocmwId);
  const totals = await readTotals(session);
  for (const ocmwId of totals.keys()) gatheredOf(gathered, ocmwId);
  const [first] = await session.rows<{ is_first: boolean }>(
    `select not exists (
       select from twe.run_step join twe.run using (run_id)
       where step = 'measure-and-accrue' and business_date <= $1
     ) as is_first`,
    [formatDay(since)],
  );
  return {
    gathered,
    clients,
    totals,
    payees,
    changes: await readChanges(session, (weoId) => clients.get(weoId) ?? ''),
    isFirst: first!.is_first,
  };
}

/** Describes every trajectory under its payee; those that begin after the month are left out unless they have money. */
async function gatherFacts(
  session: Session,
  { businessDate, law, findings }: StatementOptions,
  clients: ReadonlyMap<string, string>,
  gathered: Map<string, Gathered>,
): Promise<void> {
  const payees = await session.rows<{ ocmw_id: string; payee_id: string }>('select ocmw_id, payee_id from payee');
  const payeeOf = new Map(payees.map(({ ocmw_id, payee_id }) => [ocmw_id, payee_id]));
  const findingsOf = byWeo(findings);
  const asOf = { today: businessDate, knownUntil: businessDate };
  for await (const piece of streamTrajectories(session, 'twe.trajectory_facts')) {
    for (const { facts } of piece) {
      const { described, actions } = gatheredOf(gathered, payeeOf.get(facts.ocmwId) ?? facts.ocmwId);
      const client = clients.get(facts.weoId) ?? '';
      described.set(facts.weoId, describeTrajectory(facts, client, law, asOf));
      actions.push(...actionsOf(facts, client, law, asOf, findingsOf.get(facts.weoId) ?? []));
    }
  }
  const claims = await readClaims(session, findings);
  for (const finding of findings) {
    if (finding.ocmwId !== '' && finding.weoId === '' && !NOT_FOR_OCMW.has(finding.code)) {
      const action = withClaim(actionOfFinding(finding, ''), claims);
      gatheredOf(gathered, finding.ocmwId).actions.push(action);
    }
  }
}

/** What was claimed under the references that findings tell to pay, in cents. */
async function readClaims(session: Session, findings: readonly Finding[]): Promise<ReadonlyMap<string, Cents>> {
  const references = findings.filter(({ code }) => code === CLAIM_OPEN).map(({ subject }) => subject);
  const rows = await session.rows<{ reference: string; cents: Cents }>(
    `select reference, cents from twe.standing_batch_claim where direction = 'CLAIM' and reference = any($1)`,
    [references],
  );
  return new Map(rows.map(({ reference, cents }) => [reference, cents]));
}

function byWeo(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const ofWeo = found.get(finding.weoId);
    if (ofWeo) ofWeo.push(finding);
    else found.set(finding.weoId, [finding]);
  }
  return found;
}

function gatheredOf(gathered: Map<string, Gathered>, ocmwId: string): Gathered {
  let found = gathered.get(ocmwId);
  if (!found) gathered.set(ocmwId, (found = { described: new Map(), actions: [] }));
  return found;
}

/** Who has a note in the month: perhaps nothing else. */
async function payeesOfNotes(session: Session, month: Month): Promise<string[]> {
  const rows = await session.rows<{ ocmw_id: string }>(
    `select distinct ocmw_id
     from twe.standing_batch_part
     join twe.batch_decision using (batch_no)
     where decision = 'APPROVED' and decided_on between $1 and $2`,
    [formatDay(firstDayOf(month)), formatDay(lastDayOf(month))],
  );
  return rows.map(({ ocmw_id }) => ocmw_id);
}

async function readClients(session: Session, lang: Lang): Promise<Map<string, string>> {
  const clients = new Map<string, string>();
  for await (const [weoId, client] of readTextRows(session, sql('exports/list_statement_clients'))) {
    clients.set(weoId!, client === '' ? STATEMENT_TEXT.removedClient[lang] : client!);
  }
  return clients;
}

async function readPayees(session: Session): Promise<Map<string, NotePayee>> {
  const rows = await session.rows<NotePayee>(sql('exports/list_payees'));
  return new Map(rows.map(({ ocmwId, name, nisCode }) => [ocmwId, { ocmwId, name, nisCode }]));
}

async function readTotals(session: Session): Promise<Map<string, StatementTotals>> {
  const rows = await session.rows<StatementTotals & { ocmwId: string }>(sql('exports/sum_statements'));
  return new Map(rows.map(({ ocmwId, ...totals }) => [ocmwId, totals]));
}

const NO_TOTALS: StatementTotals = { dueCents: 0, allowanceCents: 0, orderedCents: 0, beforeCents: 0 };

function statementOf(
  ocmwId: string,
  positions: readonly TrajectoryPosition[],
  notes: readonly PaymentNote[],
  snapshot: Snapshot,
  { businessDate, lang, provenance }: StatementOptions,
): Statement {
  const { gathered, payees, clients, changes, totals, isFirst } = snapshot;
  const { described, actions } = gathered.get(ocmwId)!;
  const month = monthOfStatement(businessDate);
  const tooMuch = new Map(positions.map((position) => [position.weoId, orderedTooMuch(position)]));
  return {
    payee: payees.get(ocmwId) ?? { ocmwId, name: '', nisCode: '' },
    month,
    businessDate,
    lang,
    provenance,
    since: lastDayOf(month - 1),
    isFirst,
    trajectories: stateAll(described, positions, clients, lastDayOf(month)),
    actions: inOrder(actions.map((action) => withReclaim(action, tooMuch.get(action.weoId) ?? 0))),
    changes: changes.get(ocmwId) ?? [],
    notes,
    control: totals.get(ocmwId) ?? NO_TOTALS,
  };
}

/** Ordered minus due of what VDAB pays; negative when more is due. */
function orderedTooMuch({ lines }: TrajectoryPosition): number {
  return lines
    .filter(({ component }) => component < COMPONENT.ORD)
    .reduce((sum, { orderedCents, dueCents }) => sum + orderedCents - dueCents, 0);
}

function stateAll(
  described: ReadonlyMap<string, DescribedTrajectory>,
  positions: readonly TrajectoryPosition[],
  clients: ReadonlyMap<string, string>,
  lastDay: Day,
): StatedTrajectory[] {
  const moneyOf = new Map(positions.map((position) => [position.weoId, position]));
  const listed = [...described.values()].filter(
    ({ trajectory: { weoId, state, start } }) => moneyOf.has(weoId) || (state !== 'WITHDRAWN' && start <= lastDay),
  );
  const elsewhere = positions
    .filter(({ weoId }) => !described.has(weoId))
    .map(({ weoId, start, end }) => trajectoryElsewhere(weoId, clients.get(weoId) ?? '', start, end));
  return [...listed, ...elsewhere]
    .sort((a, b) => byBytes(a.trajectory.weoId, b.trajectory.weoId))
    .map((each) => stateTrajectory(each, moneyOf.get(each.trajectory.weoId)?.lines ?? []));
}

/** Order of every export: bytes of UTF-8, as the database sorts. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
