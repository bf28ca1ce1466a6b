/** What was known on an evening: position, measurements and batches, as the exports of that night say them. */
import type { Day, Month } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import { prepareExport } from '../../exports/prepare.js';
import { readPositions, type PositionLine, type TrajectoryPosition } from '../../exports/positions.js';
import { COMPONENTS, RULES, type Component } from '../../law/codes.js';
import type { Cents } from '../../money.js';
import { fillOrderedLines } from '../../settlement/orders.js';

/** A line of position.csv, with the rule of entitlements.csv. */
export interface PositionOfEvening {
  /** Who was paid. */
  readonly ocmwId: string;
  readonly weoId: string;
  readonly component: Component;
  readonly month: Month;
  readonly dueCents: Cents;
  readonly orderedCents: Cents;
  readonly paidCents: Cents;
  /** Null when nothing was due. */
  readonly rule: string | null;
}

/** A line of measurements.csv. */
export interface MeasurementOfEvening {
  readonly ocmwId: string;
  readonly weoId: string;
  readonly measurement: number;
  readonly measuredOn: string;
  readonly outcome: string;
  readonly employmentId: string | null;
  readonly cents: Cents;
}

/** Sums of an evening. */
export interface EveningTotals {
  readonly dueCents: Cents;
  readonly orderedCents: Cents;
  readonly paidCents: Cents;
  /** Due minus ordered. */
  readonly openCents: Cents;
  readonly lines: number;
}

export interface Evening {
  /** By OCMW that is paid, in byte order. */
  readonly totals: ReadonlyMap<string, EveningTotals>;
  /** Of the OCMW that was asked for; without one the lines stand in the documents only. */
  readonly positions: readonly PositionOfEvening[];
  readonly measurements: readonly MeasurementOfEvening[];
  /** The oldest first; of the OCMW that was asked for, those in which it has lines. */
  readonly batches: readonly BatchOfEvening[];
}

export interface BatchOfEvening {
  readonly batchId: string;
  readonly period: string;
  readonly lines: number;
  /** Sum of the lines. */
  readonly cents: Cents;
  readonly decision: 'APPROVED' | 'REJECTED' | null;
  readonly decidedOn: string | null;
  /** OCMWs among them that were held out of it. */
  readonly held: number;
}

/** Reads an evening in the database of that moment (`loadMoment`), inside a transaction. */
export async function readEvening(session: Session, evening: Day, ocmwId: string | undefined): Promise<Evening> {
  await fillOrderedLines(session, evening);
  await prepareExport(session, evening, []);
  const positions: PositionOfEvening[] = [];
  const totals = new Totals();
  for await (const trajectory of readPositions(session)) {
    for (const line of trajectory.lines) {
      totals.add(trajectory.ocmwId, line);
      if (trajectory.ocmwId === ocmwId) positions.push(positionOf(trajectory, line));
    }
  }
  const measurements = ocmwId === undefined ? [] : await readMeasurements(session, ocmwId);
  const batches = await session.rows<BatchOfEvening>(sql('inspect/list_batches_of_ocmw'), [ocmwId ?? null]);
  return { totals: totals.all, positions, measurements, batches };
}

function positionOf({ ocmwId, weoId }: TrajectoryPosition, line: PositionLine): PositionOfEvening {
  const { component, month, dueCents, orderedCents, paidCents, rule } = line;
  return {
    ...{ ocmwId, weoId, component: COMPONENTS[component]!, month, dueCents, orderedCents, paidCents },
    rule: dueCents === 0 ? null : RULES[rule]!,
  };
}

/** Sums by some key, in the order in which the keys come. */
export class Totals {
  readonly all = new Map<string, { -readonly [Key in keyof EveningTotals]: EveningTotals[Key] }>();

  add(key: string, { dueCents, orderedCents, paidCents }: Omit<EveningTotals, 'openCents' | 'lines'>): void {
    let sum = this.all.get(key);
    if (!sum) this.all.set(key, (sum = { dueCents: 0, orderedCents: 0, paidCents: 0, openCents: 0, lines: 0 }));
    sum.dueCents += dueCents;
    sum.orderedCents += orderedCents;
    sum.paidCents += paidCents;
    sum.openCents += dueCents - orderedCents;
    sum.lines++;
  }
}

interface MeasurementRow {
  readonly ocmw_id: string;
  readonly weo_id: string;
  readonly measurement: number;
  readonly measured_on: string;
  readonly outcome: string;
  readonly employment_id: string | null;
  /** Euro with two decimals. */
  readonly amount: string;
}

async function readMeasurements(session: Session, ocmwId: string): Promise<MeasurementOfEvening[]> {
  const rows = await session.rows<MeasurementRow>(sql('exports/list_measurements'));
  return rows
    .filter((row) => row.ocmw_id === ocmwId)
    .map((row) => ({
      ocmwId: row.ocmw_id,
      weoId: row.weo_id,
      measurement: row.measurement,
      measuredOn: row.measured_on,
      outcome: row.outcome,
      employmentId: row.employment_id,
      cents: Math.round(Number(row.amount) * 100),
    }));
}
