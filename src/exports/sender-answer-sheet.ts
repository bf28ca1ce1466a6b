/**
 * A sheet of an answer to a sender. It has the look of the other workbooks, but no status: it is neither a preview nor the
 * document of a batch, and holds no amounts.
 */
import type { Style, Worksheet } from 'exceljs';
import type { OpenBook } from './workbook/book.js';
import * as look from './workbook/look.js';

export interface AnswerColumn {
  readonly title: string;
  /** In characters. */
  readonly width: number;
  readonly kind: 'text' | 'long' | 'count' | 'year';
}

/** What stands above the rows, one line each. */
export interface AnswerTitles {
  readonly title: string;
  readonly subtitle: string;
  readonly note: string;
  readonly provenance: string;
}

const HEADER_ROW = 6;
const STYLES = look.DATA_STYLES.nl;
/** Points of a line of text of size 10; letters are narrower than the digits that the width of a column counts. */
const LINE_HEIGHT = 13.5;
const LETTERS_PER_DIGIT = 1.05;

/** One worksheet, written from top to bottom. */
export class AnswerSheet {
  private readonly worksheet: Worksheet;
  private nextRow = HEADER_ROW + 1;

  constructor(
    book: OpenBook,
    name: string,
    private readonly columns: readonly AnswerColumn[],
    titles: AnswerTitles,
  ) {
    this.worksheet = book.writer.addWorksheet(name, {
      views: [{ state: 'frozen', xSplit: 0, ySplit: HEADER_ROW, showGridLines: false }],
      pageSetup: look.pageSetup(HEADER_ROW),
      headerFooter: { oddHeader: `&L&9 ${titles.title}`, oddFooter: `&L&8 ${titles.provenance}&R&9 Pagina &P van &N` },
    });
    this.worksheet.columns = columns.map(({ width }) => ({ width }));
    this.line(1, titles.title, look.TITLE_STYLE, 24);
    this.line(2, titles.subtitle, look.SUBTITLE_STYLE);
    this.line(3, titles.note, look.SUBTITLE_STYLE);
    this.line(4, titles.provenance, look.QUIET_STYLE);
    this.header();
  }

  /** Adds a row; values in the order of the columns. */
  add(values: readonly (string | number)[]): void {
    const row = this.worksheet.getRow(this.nextRow++);
    let lines = 1;
    for (const [i, { kind, width }] of this.columns.entries()) {
      const value = values[i] ?? '';
      const cell = row.getCell(i + 1);
      cell.value = value === '' ? null : value;
      cell.style = STYLES[kind];
      if (kind === 'long') lines = Math.max(lines, Math.ceil(String(value).length / (width * LETTERS_PER_DIGIT)));
    }
    // a row without a height of its own does not grow in every program
    if (lines > 1) row.height = lines * LINE_HEIGHT;
    row.commit();
  }

  finish(): void {
    this.worksheet.autoFilter = {
      from: { row: HEADER_ROW, column: 1 },
      to: { row: Math.max(this.nextRow - 1, HEADER_ROW + 1), column: this.columns.length },
    };
    this.worksheet.commit();
  }

  private line(number: number, text: string, style: Partial<Style>, height?: number): void {
    const row = this.worksheet.getRow(number);
    row.getCell(1).value = text;
    row.getCell(1).style = style;
    if (height !== undefined) row.height = height;
    row.commit();
  }

  private header(): void {
    const row = this.worksheet.getRow(HEADER_ROW);
    for (const [i, { title, kind }] of this.columns.entries()) {
      row.getCell(i + 1).value = title;
      row.getCell(i + 1).style = look.headerStyle(kind);
    }
    row.height = 2 * LINE_HEIGHT;
    row.commit();
  }
}
