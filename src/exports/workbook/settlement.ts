/** The settlement workbook, `afrekening-<period>.xlsx`: what is due, ordered and paid, from the OCMW down to the month. */
import { join } from 'node:path';
import type { Cents } from '../../money.js';
import type { StagedFile } from '../publish.js';
import { differenceRows, planDifferences } from './batch-differences.js';
import { BATCH_HEADING } from './batch-headings.js';
import { IN_PAYMENTS, ofOcmw, outcomeText, paymentRows, planPayments } from './batch-payments.js';
import { planQuarters, quarterRows } from './batch-quarters.js';
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
import { settlementChecks, type BatchTables, type SettlementTables } from './settlement-checks.js';
import type { CellValue, Column, Formula } from './sheet.js';
import { TablePlan, TableWriter } from './table.js';
import { EVIDENCE_TEXT, OUTCOME_TEXT, TEXT } from './texts.js';
import * as rows from './trajectory-rows.js';

const LEAD_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 30, kind: 'text' },
  { heading: HEADING.nisCode, width: 8, kind: 'text' },
  { heading: HEADING.trajectories, width: 11, kind: 'count', total: true },
  ...rows.MONEY_COLUMNS,
];
const LINK_COLUMN: Column = { heading: HEADING.detail, width: 13, kind: 'link' };
/** What a batch comes to, on its overview. */
const RESULT_COLUMNS: readonly Column[] = [
  { heading: BATCH_HEADING.pay, width: 14, kind: 'euro', total: true },
  { heading: BATCH_HEADING.claim, width: 14, kind: 'euro', total: true },
  { heading: BATCH_HEADING.result, width: 40, kind: 'long' },
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
  { heading: HEADING.whyUnpaid, width: 44, kind: 'long' },
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
    if (plans.batch) await writeBatchSheets(book, document, plans.batch);
    await writeDetail(book, document, plans.trajectories, trajectoryDetail(document));
    await writeDetail(book, document, plans.calendar, calendarDetail(document));
    await writeDetail(book, document, plans.measurements, measurementDetail(document));
    await writeParameters(book, document, TEXT.settlementTitle);
    writeQuestions(book, document, TEXT.settlementTitle);
    writeChecks(book, document, TEXT.settlementTitle, settlementChecks(document, plans));
    writeExplanation(book, document, TEXT.settlementTitle, [
      plans.overview,
      ...(plans.batch ? [plans.batch.payments, plans.batch.quarters, plans.batch.differences] : []),
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
  const results = document.batch === undefined ? [] : RESULT_COLUMNS;
  const overview = new TablePlan(sheets.overview, [...LEAD_COLUMNS, ...results, LINK_COLUMN]);
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
  const batch = await planBatch(document, rowsPerSheet);
  const plans = { overview, trajectories, calendar, measurements, batch, ocmws };
  for (const ocmw of ocmws) overview.add(overviewRow(document, plans, ocmw));
  return plans;
}

async function planBatch(document: WorkbookDocument, rowsPerSheet: number | undefined) {
  if (document.batch === undefined) return undefined;
  return {
    payments: planPayments(document),
    quarters: planQuarters(document),
    differences: await planDifferences(document, rowsPerSheet),
  };
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
      document.whyUnpaid(row.weoId, row.measurement)?.[lang] ?? '',
    ];
  }
}

async function writeDetail(
  book: OpenBook,
  document: WorkbookDocument,
  table: TablePlan,
  content: Iterable<CellValue[]> | AsyncIterable<CellValue[]>,
  frozenColumns = rows.WEO_COLUMN + 1,
): Promise<void> {
  const block = titleBlock(document, TEXT.settlementTitle, table.name);
  const writer = new TableWriter(book, block, table, { frozenColumns });
  for await (const row of content) await writer.add(row);
  writer.finish();
}

async function writeBatchSheets(book: OpenBook, document: WorkbookDocument, batch: BatchTables): Promise<void> {
  await writeDetail(book, document, batch.payments, paymentRows(document), 2);
  await writeDetail(book, document, batch.quarters, quarterRows(document), 2);
  await writeDetail(book, document, batch.differences, differenceRows(document));
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
  for (const ocmw of plans.ocmws) await writer.add(overviewRow(document, plans, ocmw));
  writer.finish();
}

/** Every amount of an OCMW is a SUMIFS over its rows of the detail. */
function overviewRow(document: WorkbookDocument, plans: OverviewPlans, ocmw: OcmwSums): CellValue[] {
  const { lang } = document;
  const detail = plans.trajectories;
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
    ...resultValues(document, plans.batch, ocmw.ocmwId),
    detailLink(detail, lang, ocmw.firstDetailRow),
  ];
}

type OverviewPlans = Pick<Plans, 'trajectories' | 'batch'>;

/** Values of RESULT_COLUMNS, none in a preview. */
function resultValues(document: WorkbookDocument, tables: BatchTables | undefined, ocmwId: string): CellValue[] {
  if (tables === undefined) return [];
  const { lang } = document;
  const outcome = document.batch!.outcomes.find((each) => each.ocmwId === ocmwId)!;
  return [
    ofOcmw(tables.payments, lang, IN_PAYMENTS.pay, outcome.payCents),
    ofOcmw(tables.payments, lang, IN_PAYMENTS.claim, outcome.claimCents),
    outcomeText(document, outcome),
  ];
}

function sumIfs(detail: TablePlan, lang: Lang, column: number, result: Cents): Formula {
  const ids = detail.ranges(lang, 0);
  const amounts = detail.ranges(lang, column);
  return { formula: (row) => amounts.map((range, i) => `SUMIFS(${range},${ids[i]},$A${row})`).join('+'), result };
}
