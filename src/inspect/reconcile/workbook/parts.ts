/** What the sheets of the inspection workbook share: heads, columns, planned tables, running text. */
import { formatDay } from '../../../calendar.js';
import type { OpenBook } from '../../../exports/workbook/book.js';
import { titleBlock, type HeadOfDocument } from '../../../exports/workbook/common-sheets.js';
import { belgianDate } from '../../../exports/workbook/document.js';
import type { ColumnKind } from '../../../exports/workbook/look.js';
import type { CellValue, Column, Formula, Sheet, SheetOptions, TitleBlock } from '../../../exports/workbook/sheet.js';
import { TablePlan, TableWriter } from '../../../exports/workbook/table.js';
import { text } from '../../../exports/workbook/texts.js';
import type { Text } from '../../../law/rulebook/sources.js';
import type { Inspection } from '../reconcile.js';

/** The workbook is Dutch whatever language other workbooks have. */
export const dutch = (words: string): Text => text(words, words);

export const TITLE = dutch('Inspectie TWE');

export function column(
  title: string,
  explain: string,
  width: number,
  kind: ColumnKind,
  options: Partial<Pick<Column, 'total' | 'hiddenWhenEmpty'>> = {},
): Column {
  return { heading: { title: dutch(title), explain: dutch(explain) }, width, kind, ...options };
}

/** A table whose rows are known. */
export interface Table {
  readonly plan: TablePlan;
  readonly rows: readonly (readonly CellValue[])[];
}

export function tableOf(name: string, columns: readonly Column[], rows: readonly (readonly CellValue[])[]): Table {
  const plan = new TablePlan(dutch(name), columns);
  for (const row of rows) plan.add(row);
  return { plan, rows };
}

export async function writeTable(
  book: OpenBook,
  head: HeadOfDocument,
  { plan, rows }: Table,
  options: SheetOptions = {},
): Promise<void> {
  const writer = new TableWriter(book, block(head, plan.name.nl), plan, options);
  for (const row of rows) await writer.add(row);
  writer.finish();
}

/** The heads of all sheets: who, which year, known when, which account. */
export function headOf({ ocmw, year, night }: Inspection, accountDigest: string): HeadOfDocument {
  return {
    lang: 'nl',
    status: 'INSPECTION',
    periodText: dutch(`${ocmw.name}, boekjaar ${year}, stand van de nacht van ${belgianDate(night.today)}`),
    provenance: {
      runId: night.runId,
      job: 'reconcile',
      businessDate: formatDay(night.today),
      lawDigest: night.lawDigest,
      inputDigest: accountDigest,
    },
  };
}

export function block(head: HeadOfDocument, sheet: string): TitleBlock {
  return titleBlock(head, TITLE, dutch(sheet));
}

/** Characters of a line of running text: as wide as the page. */
const LINE_WIDTH = 165;

/** Lines of running text under a heading; each is one cell that runs over its empty neighbours. */
export function addText(sheet: Sheet, title: string, paragraphs: readonly string[]): void {
  sheet.note('');
  sheet.section(title);
  for (const line of paragraphs.flatMap(wrapped)) sheet.note(line);
}

function wrapped(paragraph: string): string[] {
  const lines = [''];
  for (const word of paragraph.split(' ')) {
    const line = lines.at(-1)!;
    if (line === '') lines[lines.length - 1] = lines.length > 1 ? `   ${word}` : `• ${word}`;
    else if (line.length + word.length < LINE_WIDTH) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(`   ${word}`);
  }
  return lines;
}

/** A column less another one of the same row. */
export function minus(left: string, right: string, result: number): Formula {
  return { formula: (row) => `${left}${row}-${right}${row}`, result };
}

/** The sum of a column of a table where other columns hold what is asked. */
export function sumWhere(
  { plan }: Table,
  sum: number,
  where: readonly (readonly [column: number, condition: string])[],
  result: number,
): Formula {
  const range = (index: number) => plan.ranges('nl', index)[0]!;
  return {
    formula: (row) => {
      const conditions = where.map(([index, condition]) => `${range(index)},${condition.replaceAll('#', String(row))}`);
      return `SUMIFS(${range(sum)},${conditions.join(',')})`;
    },
    result,
  };
}

/** How many cells of a column hold what is asked. */
export function countWhere({ plan }: Table, index: number, condition: string, result: number): Formula {
  return {
    formula: (row) => `COUNTIF(${plan.ranges('nl', index)[0]!},${condition.replaceAll('#', String(row))})`,
    result,
  };
}
