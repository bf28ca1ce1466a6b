/** The settlement workbook, `afrekening-<period>.xlsx`: what is due, ordered and paid, from the OCMW down to the month. */
import { join } from 'node:path';
import type { Cents } from '../../money.js';
import type { StagedFile } from '../publish.js';
import { writeBook, type OpenBook } from './book.js';
import {
  detailLink,
  enterpriseNumber,
  titleBlock,
  writeChecks,
  writeExplanation,
  writeParameters,
  writeQuestions,
} from './common-sheets.js';
import type { WorkbookDocument } from './document.js';
import type { Lang } from './look.js';
import { HEADING } from './headings.js';
import { settlementChecks, type SettlementTables } from './settlement-checks.js';
import type { CellValue, Column, Formula } from './sheet.js';
import { TablePlan, TableWriter } from './table.js';
import { EVIDENCE_TEXT, OUTCOME_TEXT, TEXT } from './texts.js';
import * as rows from './trajectory-rows.js';

const OVERVIEW_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 30, kind: 'text' },
  { heading: HEADING.nisCode, width: 8, kind: 'text' },
  { heading: HEADING.trajectories, width: 11, kind: 'count', total: true },
  ...rows.MONEY_COLUMNS,
  { heading: HEADING.detail, width: 13, kind: 'link' },
];

const MEASUREMENT_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 30, kind: 'text' },
  { heading: HEADING.weoId, width: 18, kind: 'text' },
  { heading: HEADING.measurement, width: 9, kind: 'year' },
  { heading: HEADING.measuredOn, width: 12, kind: 'date' },
  { heading: HEADING.outcome, width: 12, kind: 'text' },
  { heading: HEADING.evidence, width: 22, kind: 'text' },
  { heading: HEADING.decidedBy, width: 30, kind: 'text' },
  { heading: HEADING.amount, width: 13, kind: 'euro', total: true },
];

interface OcmwSums extends rows.Sums {
  readonly ocmwId: string;
  trajectories: number;
  /** Where its first trajectory stands in the detail, counted from 0 over all parts. */
  readonly firstDetailRow: number;
}

interface Plans extends SettlementTables {
  readonly ocmws: OcmwSums[];
}

/**
 * Writes the settlement workbook of a document into a folder. Reads the document twice: once to know every total and
 * where each sheet ends, once to write. `rowsPerSheet` only for tests.
 */
export async function writeSettlement(
  folder: string,
  document: WorkbookDocument,
  rowsPerSheet?: number,
): Promise<StagedFile> {
  const plans = await plan(document, rowsPerSheet);
  const name = `afrekening-${document.period}.xlsx`;
  await writeBook(join(folder, name), document.provenance.businessDate, async (book) => {
    await writeOverview(book, document, plans);
    await writeDetail(book, document, plans.trajectories, trajectoryDetail(document));
    await writeDetail(book, document, plans.calendar, calendarDetail(document));
    await writeDetail(book, document, plans.measurements, measurementDetail(document));
    await writeParameters(book, document, TEXT.settlementTitle);
    writeQuestions(book, document, TEXT.settlementTitle);
    writeChecks(book, document, TEXT.settlementTitle, settlementChecks(document, plans));
    writeExplanation(book, document, TEXT.settlementTitle, [
      plans.overview,
      plans.trajectories,
      plans.calendar,
      plans.measurements,
    ]);
  });
  return { name, rows: plans.trajectories.rows, totalCents: plans.trajectories.total(rows.IN_DETAIL.difference) };
}

async function plan(document: WorkbookDocument, rowsPerSheet: number | undefined): Promise<Plans> {
  const { sheets } = TEXT;
  const trajectories = new TablePlan(sheets.trajectories, rows.TRAJECTORY_COLUMNS, rowsPerSheet);
  const calendar = new TablePlan(sheets.calendar, rows.CALENDAR_COLUMNS, rowsPerSheet);
  const measurements = new TablePlan(sheets.measurements, MEASUREMENT_COLUMNS, rowsPerSheet);
  const overview = new TablePlan(sheets.overview, OVERVIEW_COLUMNS);
  const ocmws: OcmwSums[] = [];
  for await (const trajectory of document.trajectories()) {
    let ocmw = ocmws.at(-1);
    if (ocmw?.ocmwId !== trajectory.ocmwId) {
      const { ocmwId } = trajectory;
      ocmws.push((ocmw = { ...rows.noSums(), ocmwId, trajectories: 0, firstDetailRow: trajectories.rows }));
    }
    ocmw.trajectories++;
    rows.addLines(ocmw, trajectory.lines);
    trajectories.add(rows.trajectoryRow(document, trajectory));
    for (const row of rows.calendarRows(document, trajectory)) calendar.add(row);
  }
  for await (const row of measurementDetail(document)) measurements.add(row);
  for (const ocmw of ocmws) overview.add(overviewRow(document, trajectories, ocmw));
  return { overview, trajectories, calendar, measurements, ocmws };
}

async function* trajectoryDetail(document: WorkbookDocument): AsyncGenerator<CellValue[]> {
  for await (const trajectory of document.trajectories()) yield rows.trajectoryRow(document, trajectory);
}

async function* calendarDetail(document: WorkbookDocument): AsyncGenerator<CellValue[]> {
  for await (const trajectory of document.trajectories()) yield* rows.calendarRows(document, trajectory);
}

async function* measurementDetail(document: WorkbookDocument): AsyncGenerator<CellValue[]> {
  const { lang } = document;
  for await (const row of document.measurements()) {
    yield [
      enterpriseNumber(row.ocmwId),
      document.payees.get(row.ocmwId)?.name ?? '',
      row.weoId,
      row.measurement,
      row.measuredOn,
      OUTCOME_TEXT[row.outcome]?.[lang] ?? row.outcome,
      row.employmentId,
      EVIDENCE_TEXT[row.source]?.[lang] ?? row.source,
      row.cents,
    ];
  }
}

async function writeDetail(
  book: OpenBook,
  document: WorkbookDocument,
  table: TablePlan,
  content: AsyncIterable<CellValue[]>,
): Promise<void> {
  const writer = new TableWriter(book, titleBlock(document, TEXT.settlementTitle, table.name), table, {
    frozenColumns: rows.WEO_COLUMN + 1,
  });
  for await (const row of content) await writer.add(row);
  writer.finish();
}

async function writeOverview(book: OpenBook, document: WorkbookDocument, plans: Plans): Promise<void> {
  const writer = new TableWriter(
    book,
    titleBlock(document, TEXT.settlementTitle, TEXT.sheets.overview),
    plans.overview,
    {
      frozenColumns: 2,
      bars: rows.IN_OVERVIEW.due,
    },
  );
  for (const ocmw of plans.ocmws) await writer.add(overviewRow(document, plans.trajectories, ocmw));
  writer.finish();
}

/** Every amount of an OCMW is a SUMIFS over its rows of the detail. */
function overviewRow(document: WorkbookDocument, detail: TablePlan, ocmw: OcmwSums): CellValue[] {
  const { lang } = document;
  const payee = document.payees.get(ocmw.ocmwId);
  const money = rows.moneyValues(ocmw, rows.OVERVIEW_LEAD).map((value, i) => {
    const column = rows.OVERVIEW_LEAD + i;
    const own = column === rows.IN_OVERVIEW.due || column === rows.IN_OVERVIEW.difference;
    return own ? value : sumIfs(detail, lang, column + rows.DETAIL_SHIFT, value as Cents);
  });
  return [
    enterpriseNumber(ocmw.ocmwId),
    payee?.name ?? '',
    payee?.nisCode ?? '',
    {
      formula: (row) =>
        detail
          .ranges(lang, 0)
          .map((ids) => `COUNTIFS(${ids},$A${row})`)
          .join('+'),
      result: ocmw.trajectories,
    },
    ...money,
    detailLink(detail, lang, ocmw.firstDetailRow),
  ];
}

function sumIfs(detail: TablePlan, lang: Lang, column: number, result: Cents): Formula {
  const ids = detail.ranges(lang, 0);
  const amounts = detail.ranges(lang, column);
  return { formula: (row) => amounts.map((range, i) => `SUMIFS(${range},${ids[i]},$A${row})`).join('+'), result };
}
