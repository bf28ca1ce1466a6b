/** What the control sheet of a statement compares: sheet with sheet, and sheet with database. */
import type { Cents } from '../../../money.js';
import { addUp, errorsIn, sumOf, type Check } from '../../workbook/common-sheets.js';
import { columnLetter, FIRST_ROW, type Formula } from '../../workbook/sheet.js';
import { amountOf } from '../note.js';
import type { Statement } from '../statement.js';
import { STATEMENT_TEXT } from '../texts.js';
import { IN_CHANGES } from './actions.js';
import { cellsOf, IN_NOTE_LINES, type NoteSheet } from './note.js';
import type { StatementTable } from './table.js';
import { IN_CALENDAR, IN_TRAJECTORIES } from './trajectories.js';

export interface StatementTables {
  readonly trajectories: StatementTable;
  readonly calendar: StatementTable;
  readonly noteLines: StatementTable;
  readonly actions: StatementTable;
  readonly changes: StatementTable;
  readonly note: NoteSheet;
}

/** The checks, in the order in which they stand. */
export function statementChecks(statement: Statement, tables: StatementTables): Check[] {
  return [...rightChecks(statement, tables), ...noteChecks(statement, tables), errorCheck(statement, tables)];
}

function rightChecks({ lang, control }: Statement, { trajectories, calendar, changes }: StatementTables): Check[] {
  const sum = (column: number) => sumOf(trajectories.plan, lang, column);
  const { due, ordered, allowances } = IN_TRAJECTORIES;
  return [
    euro(
      'Recht tot nu: som van de trajecten = databank',
      'Right until now: sum of the trajectories = database',
      sum(due),
      control.dueCents,
    ),
    euro(
      'Toelagen: som van de trajecten = databank',
      'Allowances: sum of the trajectories = database',
      sum(allowances),
      control.allowanceCents,
    ),
    euro(
      'Besteld: som van de trajecten = databank',
      'Ordered: sum of the trajectories = database',
      sum(ordered),
      control.orderedCents,
    ),
    euro(
      'Recht en toelagen: som van de maanden = som van de trajecten',
      'Right and allowances: sum of the months = sum of the trajectories',
      addUp([sumOf(calendar.plan, lang, IN_CALENDAR.due), sumOf(calendar.plan, lang, IN_CALENDAR.allowances)]),
      addUp([sum(due), sum(allowances)]),
    ),
    euro(
      'Gewijzigd: recht vorige maand + verschil = recht nu',
      'Changed: right of last month + difference = right now',
      plus(control.beforeCents, sumOf(changes.plan, lang, IN_CHANGES.changed)),
      addUp([sum(due), sum(allowances)]),
    ),
  ];
}

function noteChecks({ lang, notes }: Statement, { note, noteLines }: StatementTables): Check[] {
  const lines = sumOf(noteLines.plan, lang, IN_NOTE_LINES.amount);
  const booked: Cents = notes.reduce((sum, each) => sum + amountOf(each, 'PAY') - amountOf(each, 'CLAIM'), 0);
  const cells = (rows: readonly number[]) => cellsOf(note, lang, rows, note.cents);
  const { byMonth, byStart, byReason } = note.totalRows;
  return [
    euro(
      'Betaalnota: per prestatiemaand = lijnen',
      'Payment note: by performance month = lines',
      cells(byMonth),
      lines,
    ),
    euro('Betaalnota: per startmaand = lijnen', 'Payment note: by first month = lines', cells(byStart), lines),
    euro('Betaalnota: per reden = lijnen', 'Payment note: by reason = lines', cells(byReason), lines),
    euro(
      'Betaalnota: lijnen + overgenomen - overgedragen = betaling - terugvordering',
      'Payment note: lines + brought forward - carried = payment - claim',
      signed(note, lang, [1, 1, -1, 0, 0], booked),
      signed(note, lang, [0, 0, 0, 1, -1], booked),
    ),
  ];
}

/** Result rows of all notes, each with its sign. */
function signed(sheet: NoteSheet, lang: Statement['lang'], signs: readonly number[], result: Cents): Formula {
  const letter = columnLetter(sheet.columns.length - 1);
  const cells = sheet.resultRows.flatMap((rows) =>
    rows.flatMap((row, i) =>
      signs[i] === 0 ? [] : [`${signs[i] === 1 ? '+' : '-'}'${STATEMENT_TEXT.sheets.note[lang]}'!$${letter}$${row}`],
    ),
  );
  return { formula: () => `0${cells.join('')}`, result };
}

function errorCheck({ lang }: Statement, tables: StatementTables): Check {
  const { trajectories, calendar, noteLines, actions, changes, note } = tables;
  const plans = [trajectories, calendar, noteLines, actions, changes].map(({ plan }) => plan);
  const last = columnLetter(note.columns.length - 1);
  const area = `'${STATEMENT_TEXT.sheets.note[lang]}'!$A$${FIRST_ROW}:$${last}$${FIRST_ROW + Math.max(note.rows.length, 1) - 1}`;
  return {
    what: { nl: 'Cellen met een fout in dit werkboek', en: 'Cells with an error in this workbook' },
    unit: 'count',
    left: addUp([errorsIn(plans, lang), { formula: () => `SUMPRODUCT(--ISERROR(${area}))`, result: 0 }]),
    right: 0,
  };
}

function plus(cents: Cents, formula: Formula): Formula {
  return {
    formula: (row) => `${(cents / 100).toFixed(2)}+${formula.formula(row)}`,
    result: cents + Number(formula.result),
  };
}

function euro(nl: string, en: string, left: Check['left'], right: Check['right']): Check {
  return { what: { nl, en }, unit: 'euro', left, right };
}
