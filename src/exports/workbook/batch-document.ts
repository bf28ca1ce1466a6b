/** A booked batch as a document: its own lines, `TER GOEDKEURING` until a second person decided. */
import { day } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { fillOrders } from '../../settlement/orders.js';
import { readTextRows } from '../copy-text.js';
import type { PositionLine, TrajectoryPosition } from '../positions.js';
import { readBatchParts, type BatchTotals } from './batch-parts.js';
import {
  belgianDate,
  readMeasurements,
  readPayees,
  type ControlTotals,
  type DocumentOptions,
  type WorkbookDocument,
} from './document.js';
import type { Status } from './look.js';
import { ruleOfReason } from './reason-rules.js';

interface BatchRow {
  readonly job: string;
  readonly period: string;
  readonly runDay: string;
  readonly decision: 'APPROVED' | 'REJECTED' | null;
}

const STATUS_OF = { APPROVED: 'FINAL', REJECTED: 'REJECTED', none: 'FOR_APPROVAL' } as const satisfies Record<
  string,
  Status
>;

/**
 * The document of one batch. Needs the tables of `prepareExport` for its run day, with `export_batch` holding this batch
 * alone. What was ordered and confirmed is counted on the run day again: a batch that is caught up is published later.
 */
export async function batchDocument(session: Session, options: DocumentOptions): Promise<WorkbookDocument> {
  const [batch] = await session.rows<BatchRow>(sql('exports/find_batch'));
  await fillOrders(session, day(batch!.runDay));
  await session.client.query(sql('exports/fill_batch_document'));
  const [control] = await session.rows<ControlTotals & BatchTotals>(sql('exports/sum_batch'));
  const runDay = belgianDate(day(batch!.runDay));
  const isYear = batch!.job === 'yearly-settlement';
  return {
    ...options,
    period: batch!.period,
    periodText: {
      nl: `${isYear ? 'Jaarafrekening' : 'Batch'} ${batch!.period}, rundag ${runDay}`,
      en: `${isYear ? 'Yearly settlement' : 'Batch'} ${batch!.period}, run day ${runDay}`,
    },
    status: STATUS_OF[batch!.decision ?? 'none'],
    payees: await readPayees(session),
    control: control!,
    batch: await readBatchParts(session, isYear, control!),
    trajectories: () => readBatchTrajectories(session),
    measurements: () => readMeasurements(session, () => true),
  };
}

async function* readBatchTrajectories(session: Session): AsyncGenerator<TrajectoryPosition, void, void> {
  let current: (TrajectoryPosition & { readonly lines: PositionLine[] }) | undefined;
  for await (const row of readTextRows(session, sql('exports/list_batch_document'))) {
    const [ocmwId, weoId, start, end] = row;
    if (current?.ocmwId !== ocmwId || current?.weoId !== weoId) {
      if (current) yield current;
      current = { ocmwId: ocmwId!, weoId: weoId!, start: Number(start), end: Number(end), lines: [] };
    }
    current!.lines.push(batchLine(row.slice(4).map(Number)));
  }
  if (current) yield current;
}

/** Columns of list_batch_document.sql from component on. A batch keeps the reason of a line; its rule follows from it. */
function batchLine([component, month, dueCents, orderedCents, paidCents, reason]: readonly number[]): PositionLine {
  const rule = ruleOfReason(reason!, component!);
  return {
    component: component!,
    month: month!,
    dueCents: dueCents!,
    orderedCents: orderedCents!,
    paidCents: paidCents!,
    rule,
    changeRule: rule,
    changeReason: reason!,
    changed: true,
  };
}
