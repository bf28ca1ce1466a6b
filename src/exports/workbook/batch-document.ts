/** A booked batch as a document: its own lines, `TER GOEDKEURING` until a second person decided. */
import { day } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { readTextRows } from '../copy-text.js';
import type { PositionLine, TrajectoryPosition } from '../positions.js';
import {
  belgianDate,
  readMeasurements,
  readPayees,
  type ControlTotals,
  type DocumentOptions,
  type WorkbookDocument,
} from './document.js';
import type { Status } from './look.js';

interface BatchRow {
  readonly period: string;
  readonly runDay: string;
  readonly decision: 'APPROVED' | 'REJECTED' | null;
}

const STATUS_OF = { APPROVED: 'FINAL', REJECTED: 'REJECTED', none: 'FOR_APPROVAL' } as const satisfies Record<
  string,
  Status
>;

/** The document of one batch. Needs the tables of `prepareExport`, with `export_batch` holding this batch alone. */
export async function batchDocument(session: Session, options: DocumentOptions): Promise<WorkbookDocument> {
  const [batch] = await session.rows<BatchRow>(sql('exports/find_batch'));
  const [control] = await session.rows<ControlTotals>(sql('exports/sum_batch'));
  const runDay = belgianDate(day(batch!.runDay));
  return {
    ...options,
    period: batch!.period,
    periodText: {
      nl: `Batch ${batch!.period}, rundag ${runDay}`,
      en: `Batch ${batch!.period}, run day ${runDay}`,
    },
    status: STATUS_OF[batch!.decision ?? 'none'],
    payees: await readPayees(session),
    control: control!,
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

/** Columns of list_batch_document.sql from component on. A line names its reason, not its rule. */
function batchLine([component, month, dueCents, orderedCents, reason]: readonly number[]): PositionLine {
  return {
    component: component!,
    month: month!,
    dueCents: dueCents!,
    orderedCents: orderedCents!,
    paidCents: 0,
    rule: -1,
    changeRule: -1,
    changeReason: reason!,
    changed: true,
  };
}
