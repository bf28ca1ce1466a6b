/** What a settlement or clawback workbook shows: a period, a status, and streams of lines that can be read again. */
import { formatDay, monthOf, yearOf, type Day, type Month } from '../../calendar.js';
import type { Session } from '../../db/database.js';
import { sql } from '../../db/sql.js';
import type { ParameterRow } from '../../law/parameters.js';
import type { Text } from '../../law/rulebook/sources.js';
import type { Cents } from '../../money.js';
import { readTextRows } from '../copy-text.js';
import { readPositions, type TrajectoryPosition } from '../positions.js';
import type { Provenance } from '../publish.js';
import type { BatchParts } from './batch-parts.js';
import type { Lang, Status } from './look.js';
import { MONTH_TEXT } from './texts.js';
import type { WhyUnpaid } from './unpaid-results.js';

export interface Payee {
  readonly name: string;
  readonly nisCode: string;
}

export interface MeasurementRow {
  readonly ocmwId: string;
  readonly weoId: string;
  readonly measurement: number;
  readonly measuredOn: Day;
  readonly outcome: string;
  readonly employmentId: string;
  readonly source: string;
  readonly cents: Cents;
}

/** Sums of the database for the same lines, which the control sheet compares with its own. */
export interface ControlTotals {
  readonly dueCents: Cents;
  readonly orderedCents: Cents;
  readonly paidCents: Cents;
  /** Due minus ordered of the lines where more was ordered. */
  readonly reclaimCents: Cents;
}

export interface WorkbookDocument {
  /** In the file name. */
  readonly period: string;
  readonly periodText: Text;
  readonly status: Status;
  readonly lang: Lang;
  readonly provenance: Provenance;
  readonly payees: ReadonlyMap<string, Payee>;
  readonly parameters: readonly ParameterRow[];
  readonly control: ControlTotals;
  readonly whyUnpaid: WhyUnpaid;
  /** Of a booked batch; undefined for a preview. */
  readonly batch?: BatchParts;
  /** In byte order of payee and WEO; each call reads again from the start. */
  trajectories(): AsyncIterable<TrajectoryPosition>;
  measurements(): AsyncIterable<MeasurementRow>;
}

/** What a document needs beside the session. */
export interface DocumentOptions {
  readonly provenance: Provenance;
  readonly lang: Lang;
  readonly parameters: readonly ParameterRow[];
  readonly whyUnpaid: WhyUnpaid;
}

/**
 * The position of a night over the current and the previous year, `VOORLOPIG`. Needs the tables
 * of `prepareExport`.
 */
export async function previewDocument(
  session: Session,
  businessDate: Day,
  options: DocumentOptions,
): Promise<WorkbookDocument> {
  const year = yearOf(monthOf(businessDate));
  const first = (year - 1) * 12;
  const last = year * 12 + 11;
  const [control] = await session.rows<ControlTotals>(sql('exports/sum_ledger'), [first, last]);
  return {
    ...options,
    period: formatDay(businessDate),
    periodText: previewPeriod(first, last, businessDate),
    status: 'PROVISIONAL',
    payees: await readPayees(session),
    control: control!,
    trajectories: () => withinMonths(readPositions(session), first, last),
    measurements: () => readMeasurements(session, (month) => month >= first && month <= last),
  };
}

/** `16/04/2024`. */
export function belgianDate(value: Day): string {
  return formatDay(value).split('-').reverse().join('/');
}

function previewPeriod(first: Month, last: Month, businessDate: Day): Text {
  const night = belgianDate(businessDate);
  const months = (lang: Lang) => `${monthName(first, lang)} – ${monthName(last, lang)}`;
  return {
    nl: `Prestatiemaanden ${months('nl')}, stand van de nacht van ${night}`,
    en: `Performance months ${months('en')}, position of the night of ${night}`,
  };
}

function monthName(month: Month, lang: Lang): string {
  return `${MONTH_TEXT[month % 12]![lang]} ${yearOf(month)}`;
}

/** Everyone who is paid, by number. */
export async function readPayees(session: Session): Promise<Map<string, Payee>> {
  const rows = await session.rows<Payee & { ocmwId: string }>(sql('exports/list_payees'));
  return new Map(rows.map(({ ocmwId, name, nisCode }) => [ocmwId, { name, nisCode }]));
}

async function* withinMonths(
  trajectories: AsyncIterable<TrajectoryPosition>,
  first: Month,
  last: Month,
): AsyncGenerator<TrajectoryPosition, void, void> {
  for await (const trajectory of trajectories) {
    const lines = trajectory.lines.filter(({ month }) => month >= first && month <= last);
    if (lines.length > 0) yield { ...trajectory, lines };
  }
}

/** Measurements whose date has come, of the months that are wanted. */
export async function* readMeasurements(
  session: Session,
  wanted: (month: Month) => boolean,
): AsyncGenerator<MeasurementRow, void, void> {
  for await (const row of readTextRows(session, sql('exports/list_document_measurements'))) {
    const [ocmwId, weoId, measurement, measuredOn, outcome, employmentId, source, cents] = row;
    if (!wanted(monthOf(Number(measuredOn)))) continue;
    yield {
      ocmwId: ocmwId!,
      weoId: weoId!,
      measurement: Number(measurement),
      measuredOn: Number(measuredOn),
      outcome: outcome!,
      employmentId: employmentId!,
      source: source!,
      cents: Number(cents),
    };
  }
}
