/** The settlement workbook, `afrekening-<period>.xlsx`: what is due, ordered and paid, from the OCMW down to the month. */
import { join } from 'node:path';
import type { DataBarRuleType } from 'exceljs';
import type { Cents } from '../../money.js';
import type { StagedFile } from '../publish.js';
import { writeBook, type OpenBook } from './book.js';
import {
  addUp,
  countOf,
  detailLink,
  enterpriseNumber,
  errorsIn,
  sumOf,
  titleBlock,
  writeChecks,
  writeExplanation,
  writeParameters,
  writeQuestions,
  type Check,
} from './common-sheets.js';
import type { WorkbookDocument } from './document.js';
import { COLOUR, type Lang } from './look.js';
import { TablePlan, TableWriter, type CellValue, type Column, type Formula } from './sheet.js';
import { EVIDENCE_TEXT, HEADING, OUTCOME_TEXT, TEXT } from './texts.js';
import * as rows from './trajectory-rows.js';

const OVERVIEW_LEAD = 4;
const OVERVIEW_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 30, kind: 'text' },
  { heading: HEADING.nisCode, width: 8, kind: 'text' },
  { heading: HEADING.trajectories, width: 11, kind: 'count', total: true },
  ...rows.MONEY_COLUMNS,
  { heading: HEADING.detail, width: 13, kind: 'link' },
];
const IN_OVERVIEW = rows.moneyColumns(OVERVIEW_LEAD);
const IN_DETAIL = rows.moneyColumns(rows.TRAJECTORY_LEAD);
/** Columns of the detail are those of the overview, shifted. */
const SHIFT = rows.TRAJECTORY_LEAD - OVERVIEW_LEAD;
const WEO_COLUMN = 2;

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

interface Plans {
  readonly overview: TablePlan;
  readonly trajectories: TablePlan;
  readonly calendar: TablePlan;
  readonly measurements: TablePlan;
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
  const name = `${document.lang === 'nl' ? 'afrekening' : 'settlement'}-${document.period}.xlsx`;
  await writeBook(join(folder, name), document.provenance.businessDate, async (book) => {
    await writeOverview(book, document, plans);
    await writeDetail(book, document, plans.trajectories, trajectoryDetail(document));
    await writeDetail(book, document, plans.calendar, calendarDetail(document));
    await writeDetail(book, document, plans.measurements, measurementDetail(document));
    await writeParameters(book, document, TEXT.settlementTitle);
    writeQuestions(book, document, TEXT.settlementTitle);
    writeChecks(book, document, TEXT.settlementTitle, checks(document, plans));
    writeExplanation(book, document, TEXT.settlementTitle, [
      plans.overview,
      plans.trajectories,
      plans.calendar,
      plans.measurements,
    ]);
  });
  return { name, rows: plans.trajectories.rows, totalCents: plans.trajectories.total(IN_DETAIL.difference) };
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
    frozenColumns: WEO_COLUMN + 1,
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
      formats: [{ column: IN_OVERVIEW.due, rule: dataBar() }],
    },
  );
  for (const ocmw of plans.ocmws) await writer.add(overviewRow(document, plans.trajectories, ocmw));
  writer.finish();
}

function dataBar() {
  // exceljs writes the colour of a bar but does not declare it
  return {
    type: 'dataBar',
    priority: 1,
    cfvo: [{ type: 'num', value: 0 }, { type: 'max' }],
    color: { argb: COLOUR.bar },
  } as unknown as DataBarRuleType;
}

/** Every amount of an OCMW is a SUMIFS over its rows of the detail. */
function overviewRow(document: WorkbookDocument, detail: TablePlan, ocmw: OcmwSums): CellValue[] {
  const { lang } = document;
  const payee = document.payees.get(ocmw.ocmwId);
  const money = rows.moneyValues(ocmw, OVERVIEW_LEAD).map((value, i) => {
    const column = OVERVIEW_LEAD + i;
    const own = column === IN_OVERVIEW.due || column === IN_OVERVIEW.difference;
    return own ? value : sumIfs(detail, lang, column + SHIFT, value as Cents);
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

function checks(document: WorkbookDocument, plans: Plans): Check[] {
  const { lang, control } = document;
  const { overview, trajectories, calendar } = plans;
  const same = (column: number, nl: string, en: string): Check => ({
    what: {
      nl: `${nl}: som van het overzicht = som van de trajecten`,
      en: `${en}: sum of the overview = sum of the trajectories`,
    },
    unit: 'euro',
    left: sumOf(overview, lang, column),
    right: sumOf(trajectories, lang, column + SHIFT),
  });
  const together = (...columns: number[]) => addUp(columns.map((column) => sumOf(trajectories, lang, column)));
  const { due, ordered, difference, paid, firstAllowance, allowancesOrdered } = IN_DETAIL;
  const allowances = rows.ALLOWANCES.map((_, i) => firstAllowance + i);
  const euro = (nl: string, en: string, left: Check['left'], right: Check['right']): Check => ({
    what: { nl, en },
    unit: 'euro',
    left,
    right,
  });
  return [
    same(IN_OVERVIEW.due, 'Verschuldigd', 'Due'),
    same(IN_OVERVIEW.ordered, 'Besteld', 'Ordered'),
    same(IN_OVERVIEW.difference, 'Verschil', 'Difference'),
    same(IN_OVERVIEW.paid, 'Betaald', 'Paid'),
    euro(
      'Verschil = verschuldigd min besteld',
      'Difference = due minus ordered',
      together(difference),
      subtract(sumOf(trajectories, lang, due), sumOf(trajectories, lang, ordered)),
    ),
    euro(
      'Verschuldigd en toelagen: som van de maanden = som van de trajecten',
      'Due and allowances: sum of the months = sum of the trajectories',
      sumOf(calendar, lang, rows.CALENDAR_TOTAL),
      together(due, ...allowances),
    ),
    euro(
      'Verschuldigd en toelagen: som van de trajecten = databank',
      'Due and allowances: sum of the trajectories = database',
      together(due, ...allowances),
      control.dueCents,
    ),
    euro(
      'Besteld, toelagen inbegrepen: som van de trajecten = databank',
      'Ordered, allowances included: sum of the trajectories = database',
      together(ordered, allowancesOrdered),
      control.orderedCents,
    ),
    euro(
      'Betaald: som van de trajecten = databank',
      'Paid: sum of the trajectories = database',
      together(paid),
      control.paidCents,
    ),
    ...(control.nettedCents === undefined
      ? []
      : [
          euro(
            'Verschil, toelagen inbegrepen: som van de trajecten = betalingen min terugvorderingen van de batch',
            'Difference, allowances included: sum of the trajectories = payments minus claims of the batch',
            subtract(together(difference, ...allowances), together(allowancesOrdered)),
            control.nettedCents,
          ),
        ]),
    {
      what: {
        nl: 'Aantal trajecten: overzicht = lijnen van het detail',
        en: 'Number of trajectories: overview = lines of the detail',
      },
      unit: 'count',
      left: sumOf(overview, lang, OVERVIEW_LEAD - 1),
      right: countOf(trajectories, lang, WEO_COLUMN),
    },
    {
      what: { nl: 'Cellen met een fout in dit werkboek', en: 'Cells with an error in this workbook' },
      unit: 'count',
      left: errorsIn([overview, trajectories, calendar, plans.measurements], lang),
      right: 0,
    },
  ];
}

function subtract(left: Formula, right: Formula): Formula {
  return {
    formula: (row) => `${left.formula(row)}-${right.formula(row)}`,
    result: Number(left.result) - Number(right.result),
  };
}
