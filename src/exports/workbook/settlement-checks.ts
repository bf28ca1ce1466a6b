/** What the control sheet of the settlement workbook compares: sheet with sheet, and sheet with database. */
import { DIFFERENCE_AMOUNT } from './batch-differences.js';
import { IN_PAYMENTS, paymentChecks } from './batch-payments.js';
import { quarterChecks } from './batch-quarters.js';
import type { WorkbookDocument } from './document.js';
import { addUp, countOf, errorsIn, sumOf, type Check } from './common-sheets.js';
import type { Lang } from './look.js';
import type { Formula } from './sheet.js';
import type { TablePlan } from './table.js';
import * as rows from './trajectory-rows.js';

/** The tables that are compared. */
export interface SettlementTables {
  readonly overview: TablePlan;
  readonly trajectories: TablePlan;
  readonly calendar: TablePlan;
  readonly measurements: TablePlan;
  /** Of a batch. */
  readonly batch: BatchTables | undefined;
}

/** The tables that only the document of a batch has. */
export interface BatchTables {
  readonly payments: TablePlan;
  readonly quarters: TablePlan;
  readonly differences: TablePlan;
}

/** The checks, in the order in which they stand. */
export function settlementChecks(document: WorkbookDocument, tables: SettlementTables): Check[] {
  return [
    ...overviewChecks(document.lang, tables),
    ...detailChecks(document.lang, tables),
    ...databaseChecks(document, tables.trajectories),
    ...batchChecks(document, tables),
    ...countChecks(document.lang, tables),
  ];
}

function overviewChecks(lang: Lang, { overview, trajectories }: SettlementTables): Check[] {
  const same = (column: number, nl: string, en: string): Check =>
    euro(
      `${nl}: som van het overzicht = som van de trajecten`,
      `${en}: sum of the overview = sum of the trajectories`,
      sumOf(overview, lang, column),
      sumOf(trajectories, lang, column + rows.DETAIL_SHIFT),
    );
  const { due, ordered, difference, paid } = rows.IN_OVERVIEW;
  return [
    same(due, 'Verschuldigd', 'Due'),
    same(ordered, 'Besteld', 'Ordered'),
    same(difference, 'Verschil', 'Difference'),
    same(paid, 'Betaald', 'Paid'),
  ];
}

function detailChecks(lang: Lang, { trajectories, calendar }: SettlementTables): Check[] {
  const { due, ordered, difference } = rows.IN_DETAIL;
  return [
    euro(
      'Verschil = verschuldigd min besteld',
      'Difference = due minus ordered',
      sumOf(trajectories, lang, difference),
      subtract(sumOf(trajectories, lang, due), sumOf(trajectories, lang, ordered)),
    ),
    euro(
      'Verschuldigd en toelagen: som van de maanden = som van de trajecten',
      'Due and allowances: sum of the months = sum of the trajectories',
      sumOf(calendar, lang, rows.CALENDAR_TOTAL),
      together(trajectories, lang, due, ...ALLOWANCE_COLUMNS),
    ),
  ];
}

function databaseChecks({ lang, control }: WorkbookDocument, trajectories: TablePlan): Check[] {
  const { due, ordered, paid, allowancesOrdered } = rows.IN_DETAIL;
  return [
    euro(
      'Verschuldigd en toelagen: som van de trajecten = databank',
      'Due and allowances: sum of the trajectories = database',
      together(trajectories, lang, due, ...ALLOWANCE_COLUMNS),
      control.dueCents,
    ),
    euro(
      'Besteld, toelagen inbegrepen: som van de trajecten = databank',
      'Ordered, allowances included: sum of the trajectories = database',
      together(trajectories, lang, ordered, allowancesOrdered),
      control.orderedCents,
    ),
    euro(
      'Betaald: som van de trajecten = databank',
      'Paid: sum of the trajectories = database',
      sumOf(trajectories, lang, paid),
      control.paidCents,
    ),
  ];
}

/** Sum of the lines = sum per OCMW = payments - claims + carried - offset; due = ordered + open per component. */
function batchChecks(document: WorkbookDocument, { trajectories, batch }: SettlementTables): Check[] {
  if (batch === undefined) return [];
  const { lang } = document;
  const { difference, allowancesOrdered } = rows.IN_DETAIL;
  const lines = subtract(
    together(trajectories, lang, difference, ...ALLOWANCE_COLUMNS),
    sumOf(trajectories, lang, allowancesOrdered),
  );
  const notBooked = sumOf(batch.payments, lang, IN_PAYMENTS.notBooked);
  return [
    ...paymentChecks(document, batch.payments, lines),
    ...quarterChecks(document, batch.quarters, lines, notBooked),
    ...explainedCheck(document, batch, lines),
  ];
}

/** In a yearly settlement no line is a first payment: all of them are explained. */
function explainedCheck({ lang, batch }: WorkbookDocument, { differences }: BatchTables, lines: Formula): Check[] {
  if (!batch!.isYear) return [];
  return [
    euro(
      'Verschillen verklaard = lijnen van de trajecten',
      'Differences explained = lines of the trajectories',
      sumOf(differences, lang, DIFFERENCE_AMOUNT),
      lines,
    ),
  ];
}

function countChecks(lang: Lang, tables: SettlementTables): Check[] {
  const { overview, trajectories, calendar, measurements, batch } = tables;
  const ofBatch = batch === undefined ? [] : [batch.payments, batch.quarters, batch.differences];
  return [
    {
      what: {
        nl: 'Aantal trajecten: overzicht = lijnen van het detail',
        en: 'Number of trajectories: overview = lines of the detail',
      },
      unit: 'count',
      left: sumOf(overview, lang, rows.OVERVIEW_LEAD - 1),
      right: countOf(trajectories, lang, rows.WEO_COLUMN),
    },
    {
      what: { nl: 'Cellen met een fout in dit werkboek', en: 'Cells with an error in this workbook' },
      unit: 'count',
      left: errorsIn([overview, ...ofBatch, trajectories, calendar, measurements], lang),
      right: 0,
    },
  ];
}

const ALLOWANCE_COLUMNS = rows.ALLOWANCES.map((_, i) => rows.IN_DETAIL.firstAllowance + i);

function euro(nl: string, en: string, left: Check['left'], right: Check['right']): Check {
  return { what: { nl, en }, unit: 'euro', left, right };
}

/** Several columns of a table added up. */
function together(table: TablePlan, lang: Lang, ...columns: readonly number[]): Formula {
  return addUp(columns.map((column) => sumOf(table, lang, column)));
}

function subtract(left: Formula, right: Formula): Formula {
  return {
    formula: (row) => `${left.formula(row)}-${right.formula(row)}`,
    result: Number(left.result) - Number(right.result),
  };
}
