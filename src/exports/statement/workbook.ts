/** The workbook of a statement, `overzicht-<ocmw_id>-<YYYY-MM>.xlsx`. */
import { join } from 'node:path';
import { formatMonth } from '../../calendar.js';
import type { Cents } from '../../money.js';
import { writeBook } from '../workbook/book.js';
import { writeChecks } from '../workbook/common-sheets.js';
import { actionTable, changeTable } from './sheets/actions.js';
import { statementChecks } from './sheets/checks.js';
import { writeExplanation, writeFields } from './sheets/explanation.js';
import { headOf } from './sheets/head.js';
import { noteLineTable, noteSheet, writeNoteSheet } from './sheets/note.js';
import { writeTable } from './sheets/table.js';
import { calendarTable, IN_TRAJECTORIES, trajectoryTable } from './sheets/trajectories.js';
import type { Statement } from './statement.js';
import { STATEMENT_TEXT } from './texts.js';

/** `overzicht-0212214125-2024-03`, without its ending. */
export function nameOfStatement({ payee, month }: Pick<Statement, 'payee' | 'month'>): string {
  return `overzicht-${payee.ocmwId}-${formatMonth(month)}`;
}

/** What a workbook was meant to hold, to be compared with the file. */
export interface WrittenWorkbook {
  readonly name: string;
  readonly trajectories: number;
  /** Due, allowances included. */
  readonly dueCents: Cents;
  /** Lines of the payment notes. */
  readonly noteCents: Cents;
}

/** Writes the workbook into a folder. Throws what the disk says. */
export async function writeStatementBook(folder: string, statement: Statement): Promise<WrittenWorkbook> {
  const tables = {
    trajectories: trajectoryTable(statement),
    calendar: calendarTable(statement),
    note: noteSheet(statement),
    noteLines: noteLineTable(statement),
    actions: actionTable(statement),
    changes: changeTable(statement),
  };
  const name = `${nameOfStatement(statement)}.xlsx`;
  await writeBook(join(folder, name), statement.provenance.businessDate, async (book) => {
    const { trajectories, calendar, note, noteLines, actions, changes } = tables;
    writeExplanation(book, statement);
    writeFields(book, statement, [
      ...[trajectories, calendar].map(({ plan }) => plan),
      { name: STATEMENT_TEXT.sheets.note, columns: note.columns },
      ...[noteLines, actions, changes].map(({ plan }) => plan),
    ]);
    await writeTable(book, statement, trajectories);
    await writeTable(book, statement, calendar);
    writeNoteSheet(book, statement, note);
    await writeTable(book, statement, noteLines);
    await writeTable(book, statement, actions);
    await writeTable(book, statement, changes);
    const checks = statementChecks(statement, tables);
    writeChecks(book, headOf(statement, 'PROVISIONAL'), STATEMENT_TEXT.title, checks);
  });
  const { due, allowances } = IN_TRAJECTORIES;
  const { plan } = tables.trajectories;
  return {
    name,
    trajectories: plan.rows,
    dueCents: plan.total(due) + plan.total(allowances),
    noteCents: tables.note.cents,
  };
}
