/** A sheet of the statement that is one table: small enough to be held as rows. */
import type { Text } from '../../../law/rulebook/sources.js';
import type { OpenBook } from '../../workbook/book.js';
import { titleBlock } from '../../workbook/common-sheets.js';
import type { CellValue, Column, SheetOptions } from '../../workbook/sheet.js';
import { TablePlan, TableWriter } from '../../workbook/table.js';
import type { Status } from '../../workbook/look.js';
import type { Statement } from '../statement.js';
import { STATEMENT_TEXT } from '../texts.js';
import { headOf } from './head.js';

/** A planned table with what it will hold. */
export interface StatementTable {
  readonly plan: TablePlan;
  readonly rows: readonly (readonly CellValue[])[];
  readonly options: SheetOptions;
  readonly status: Status;
  readonly remark: Text | undefined;
}

/** Plans a table. `nothing`: what the sheet says when there are no rows. */
export function tableOf(
  name: keyof typeof STATEMENT_TEXT.nothing,
  columns: readonly Column[],
  rows: readonly (readonly CellValue[])[],
  { status = 'PROVISIONAL', remark, ...options }: SheetOptions & { status?: Status; remark?: Text | undefined } = {},
): StatementTable {
  const plan = new TablePlan(STATEMENT_TEXT.sheets[name], columns);
  for (const row of rows) plan.add(row);
  return { plan, rows, options: { ...options, nothing: STATEMENT_TEXT.nothing[name] }, status, remark };
}

/** Writes a planned table. */
export async function writeTable(book: OpenBook, statement: Statement, table: StatementTable): Promise<void> {
  const block = titleBlock(headOf(statement, table.status), STATEMENT_TEXT.title, table.plan.name);
  const remarked = table.remark === undefined ? block : { ...block, remark: table.remark };
  const writer = new TableWriter(book, remarked, table.plan, table.options);
  for (const row of table.rows) await writer.add(row);
  writer.finish();
}
