/** What the document of a batch shows beside its lines: what is paid and claimed, quarters, differences with their event. */
import type { Day, Month } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { COMPONENT, REASONS, type Reason } from '../../law/codes.js';
import type { Cents } from '../../money.js';
import { readTextRows } from '../copy-text.js';
import { decidingChange, type RecordChange, type RecordKind, type Said } from './record-change.js';

/** What a batch comes to for one OCMW. Lines = pay - claim + carried - offset. */
export interface BatchOutcome {
  readonly ocmwId: string;
  /** Sums of its lines; 0 when it was held out. */
  readonly positiveCents: Cents;
  readonly negativeCents: Cents;
  /** Taken over from earlier batches to be taken off (0 or negative). */
  readonly offsetCents: Cents;
  /** Left to take off from later batches (0 or negative). */
  readonly carriedCents: Cents;
  readonly payCents: Cents;
  /** Structured communication, '' when nothing is paid; likewise of the claim. */
  readonly payReference: string;
  readonly claimCents: Cents;
  readonly claimReference: string;
  /** Lines below the threshold, not booked. */
  readonly leftOutCents: Cents;
  /** Lines of an OCMW that was held out. */
  readonly heldCents: Cents;
  /** Null when it was not held out; likewise by and on. */
  readonly heldReason: string | null;
  readonly heldBy: string | null;
  readonly heldOn: Day | null;
  /** Whether an account was known on the run day. */
  readonly hasIban: boolean;
}

/** Sums of the database over payments, claims and parts of the batch. */
export interface BatchTotals {
  readonly payCents: Cents;
  readonly claimCents: Cents;
  readonly offsetCents: Cents;
  readonly carriedCents: Cents;
}

export interface QuarterRow {
  readonly ocmwId: string;
  readonly year: number;
  readonly quarter: number;
  /** Number in COMPONENTS. */
  readonly component: number;
  readonly dueCents: Cents;
  readonly orderedCents: Cents;
  readonly paidCents: Cents;
  /** In the batch. */
  readonly bookedCents: Cents;
  /** Different, but not in the batch: held out or left out. */
  readonly openCents: Cents;
}

/** Months in a row of one trajectory and component that differ for the same reason by the same event. */
export interface Difference {
  readonly ocmwId: string;
  readonly weoId: string;
  readonly component: number;
  readonly firstMonth: Month;
  readonly lastMonth: Month;
  readonly cents: Cents;
  readonly reason: Reason;
  /** Undefined when no record explains it. */
  readonly change: RecordChange | undefined;
  /** Batch from which the lines come again; '' for none. */
  readonly againBatch: string;
}

export interface BatchParts {
  readonly isYear: boolean;
  readonly totals: BatchTotals;
  /** By OCMW. */
  readonly outcomes: readonly BatchOutcome[];
  readonly quarters: readonly QuarterRow[];
  /** In byte order of OCMW and WEO; each call reads again from the start. */
  differences(): AsyncIterable<Difference>;
}

/** Reads the parts. Needs `batch_before` (fill_batch_document.sql) and the tables of `fillOrders` of the run day. */
export async function readBatchParts(session: Session, isYear: boolean, totals: BatchTotals): Promise<BatchParts> {
  await session.client.query(sql('exports/fill_batch_difference'));
  await session.client.query(
    `drop table if exists record_knowledge;
     create temporary table record_knowledge on commit drop as
     select registered_until, delivered_until from export_batch join twe.batch using (batch_no)`,
  );
  await session.client.query(sql('exports/fill_batch_record'));
  const changes = await readChanges(session);
  return {
    isYear,
    totals,
    outcomes: await session.rows<BatchOutcome>(sql('exports/list_batch_outcomes')),
    quarters: await readQuarters(session),
    differences: () => readDifferences(session, changes),
  };
}

async function readQuarters(session: Session): Promise<QuarterRow[]> {
  const rows: QuarterRow[] = [];
  for await (const [ocmwId, ...numbers] of readTextRows(session, sql('exports/list_batch_quarters'))) {
    const [year, quarter, component, dueCents, orderedCents, paidCents, bookedCents, openCents] = numbers.map(Number);
    rows.push({
      ocmwId: ocmwId!,
      year: year!,
      quarter: quarter!,
      component: component!,
      dueCents: dueCents!,
      orderedCents: orderedCents!,
      paidCents: paidCents!,
      bookedCents: bookedCents!,
      openCents: openCents!,
    });
  }
  return rows;
}

/**
 * Changed records by trajectory and the batch that is compared with, newest first. The same change seen from several
 * batches is one object, so that months of several quarters are told in one row.
 */
type Changes = ReadonlyMap<string, readonly RecordChange[]>;

const changesKey = (weoId: string, comparedBatch: string): string => `${weoId}\t${comparedBatch}`;

async function readChanges(session: Session): Promise<Changes> {
  const changes = new Map<string, RecordChange[]>();
  const known = new Map<string, RecordChange>();
  for await (const row of readTextRows(session, sql('exports/list_batch_changes'))) {
    const [weoId, comparedBatch, kind, recordId, before, now, registeredOn, delivery, deliveredOn] = row;
    const key = changesKey(weoId!, comparedBatch!);
    let ofKey = changes.get(key);
    if (!ofKey) changes.set(key, (ofKey = []));
    const story = [weoId, kind, recordId, before, now].join('\t');
    let change = known.get(story);
    if (!change) {
      change = {
        kind: kind as RecordKind,
        recordId: recordId!,
        before: before === '' ? undefined : (JSON.parse(before!) as Said),
        now: JSON.parse(now!) as Said,
        registeredOn: Number(registeredOn),
        delivery: delivery!,
        deliveredOn: Number(deliveredOn),
      };
      known.set(story, change);
    }
    ofKey.push(change);
  }
  return changes;
}

async function* readDifferences(session: Session, changes: Changes): AsyncGenerator<Difference, void, void> {
  let current: Difference | undefined;
  for await (const row of readTextRows(session, sql('exports/list_batch_differences'))) {
    const next = difference(row, changes);
    const joined = current && join(current, next);
    if (current && !joined) yield current;
    current = joined ?? next;
  }
  if (current) yield current;
}

/** One line of list_batch_differences.sql. */
function difference(row: readonly string[], changes: Changes): Difference {
  const [ocmwId, weoId, component, month, cents, reason, comparedBatch, againBatch] = row;
  const line = {
    weoId: weoId!,
    isResult: Number(component) === COMPONENT.M1 || Number(component) === COMPONENT.M2,
    month: Number(month),
    reason: REASONS[Number(reason)]!,
  };
  return {
    ocmwId: ocmwId!,
    weoId: weoId!,
    component: Number(component),
    firstMonth: line.month,
    lastMonth: line.month,
    cents: Number(cents),
    reason: line.reason,
    change: decidingChange(line, changes.get(changesKey(weoId!, comparedBatch!)) ?? []),
    againBatch: againBatch!,
  };
}

/** The next month of the same story is told with it. */
function join(current: Difference, next: Difference): Difference | undefined {
  const isSame =
    current.ocmwId === next.ocmwId &&
    current.weoId === next.weoId &&
    current.component === next.component &&
    current.lastMonth + 1 === next.firstMonth &&
    current.cents < 0 === next.cents < 0 &&
    current.reason === next.reason &&
    current.change === next.change &&
    current.againBatch === next.againBatch;
  return isSame ? { ...current, lastMonth: next.lastMonth, cents: current.cents + next.cents } : undefined;
}
