/**
 * A sheet as all our sheets are: title block, totals above the header (they follow the filter), frozen header,
 * filter, rows. Rows come as plain values; amounts in cents.
 */
import type { Cell, ConditionalFormattingRule, Row, Style, Worksheet } from 'exceljs';
import type { Text } from '../../law/rulebook/sources.js';
import type { OpenBook } from './book.js';
import * as look from './look.js';
import type { Heading } from './headings.js';
import { TEXT } from './texts.js';

/** A formula with the result that stands in the file, so that every program shows it. Euro results in cents. */
export interface Formula {
  readonly formula: (row: number) => string;
  readonly result: number | string;
}
/** A value of a cell: text, number (euro columns: cents), day since 1970 for dates, year * 12 + month - 1 for months. */
export type CellValue = string | number | Formula | null;

export interface Column {
  readonly heading: Heading;
  /** In characters; a column of a planned table becomes as wide as what stands in it: figures always, others `width` at most. */
  readonly width: number;
  readonly kind: look.ColumnKind;
  /** Added up in the totals line. */
  readonly total?: boolean;
  /** Out of sight when it has no amount at all: what rarely occurs should not make the rest small on paper. */
  readonly hiddenWhenEmpty?: boolean;
  readonly hidden?: boolean;
}

/** What every sheet of a workbook says at its top. */
export interface TitleBlock {
  readonly lang: look.Lang;
  readonly title: Text;
  readonly period: Text;
  /** Said after the period on the sheet; on paper the heads of the pages have no room for it. */
  readonly remark?: Text;
  readonly status: look.Status;
  readonly provenance: string;
}

export const HEADER_ROW = 6;
const TOTALS_ROW = 5;
export const FIRST_ROW = HEADER_ROW + 1;
/** Points of a line of text of size 10. */
const LINE_HEIGHT = 13.5;
/** Points above and below the heads together; characters that bold type and the filter button take of a head. */
const HEADER_MARGIN = 5;
const LEAST_HEAD_LINES = 2;
const HEAD_MARGIN = 2;
/** Letters are narrower than the digits that the width of a column counts. */
const LETTERS_PER_DIGIT = 1.2;

export interface SheetOptions {
  /** Columns that stay in sight when scrolling to the right. */
  readonly frozenColumns?: number;
  readonly formats?: readonly { readonly column: number; readonly rule: ConditionalFormattingRule }[];
  /** Column with a bar in each cell, as long as its amount. */
  readonly bars?: number;
  /** No filter buttons: for sheets that are read, not searched. */
  readonly plain?: boolean;
  /** What a table without rows says; default: that the period has no lines. */
  readonly nothing?: Text;
}

/** One worksheet. */
export class Sheet {
  private readonly worksheet: Worksheet;
  private readonly styles: look.StyleSet;
  private readonly kinds: readonly look.ColumnKind[];
  private nextRow = FIRST_ROW;

  constructor(
    book: OpenBook,
    private readonly block: TitleBlock,
    name: string,
    private readonly columns: readonly Column[],
    private readonly options: SheetOptions,
  ) {
    this.styles = look.DATA_STYLES[block.lang];
    this.kinds = columns.map(({ kind }) => kind);
    const status = TEXT.status[block.status][block.lang];
    const page = TEXT.pageOf[block.lang];
    this.worksheet = book.writer.addWorksheet(name, {
      views: [{ state: 'frozen', xSplit: options.frozenColumns ?? 0, ySplit: HEADER_ROW, showGridLines: false }],
      pageSetup: look.pageSetup(HEADER_ROW),
      headerFooter: {
        oddHeader: `&L&9 ${escapeHeader(block.title[block.lang])}&C&"-,Bold"&14${escapeHeader(status)}&R&9 ${escapeHeader(block.period[block.lang])}`,
        oddFooter: `&L&8 ${escapeHeader(block.provenance)}&R&9 ${page}`,
      },
    });
    this.worksheet.columns = columns.map(({ width, hidden = false }) => ({ width, hidden }));
  }

  /** Title block, totals and header. */
  header(plan: { readonly rows: number; readonly totals: readonly number[] }): void {
    const { lang, status } = this.block;
    this.line(1, this.block.title[lang], look.TITLE_STYLE).height = 24;
    const { period, remark } = this.block;
    this.line(2, remark === undefined ? period[lang] : `${period[lang]} – ${remark[lang]}`, look.SUBTITLE_STYLE);
    const statusRow = this.line(3, TEXT.status[status][lang], look.STATUS_STYLES[status]);
    if (this.columns.length > 1) setCell(statusRow.getCell(2), TEXT.statusMeaning[status][lang], look.QUIET_STYLE);
    this.line(4, this.block.provenance, look.QUIET_STYLE);
    for (const number of [1, 2, 3, 4]) this.worksheet.getRow(number).commit();
    this.totals(plan);
    const row = this.worksheet.getRow(HEADER_ROW);
    for (const [i, { heading, kind }] of this.columns.entries()) {
      setCell(row.getCell(i + 1), heading.title[lang], look.headerStyle(kind));
    }
    const lines = this.columns.map(({ heading, width }) => wordLines(heading.title[lang], width - HEAD_MARGIN));
    row.height = HEADER_MARGIN + Math.max(LEAST_HEAD_LINES, ...lines) * LINE_HEIGHT;
    row.commit();
  }

  /** Adds a row; `kinds` for a row whose cells hold something else than their columns say. */
  add(values: readonly CellValue[], kinds: readonly look.ColumnKind[] = this.kinds): void {
    this.write(values, kinds, this.styles);
  }

  /** Adds a row that adds up those above it, in the look of the totals line. */
  addTotals(values: readonly CellValue[], kinds: readonly look.ColumnKind[] = this.kinds): void {
    this.write(values, kinds, look.TOTAL_STYLES[this.block.lang]);
  }

  private write(values: readonly CellValue[], kinds: readonly look.ColumnKind[], styles: look.StyleSet): void {
    const row = this.worksheet.getRow(this.nextRow);
    for (const [i, kind] of kinds.entries()) {
      setCell(row.getCell(i + 1), cellContent(values[i], kind, this.nextRow), styles[kind]);
    }
    const lines = Math.max(...kinds.map((kind, i) => this.wrappedLines(values[i], kind, i)));
    if (lines > 1) row.height = lines * LINE_HEIGHT;
    row.commit();
    this.nextRow++;
  }

  /** How many lines a text takes: a row without a height of its own does not grow in every program. */
  private wrappedLines(value: CellValue | undefined, kind: look.ColumnKind, column: number): number {
    if (kind !== 'long' || typeof value !== 'string') return 1;
    const characters = this.columns[column]!.width * LETTERS_PER_DIGIT;
    return value.split('\n').reduce((lines, line) => lines + wordLines(line, characters), 0);
  }

  /** A line of one text across the sheet, between rows. */
  section(text: string): void {
    const row = this.worksheet.getRow(this.nextRow++);
    for (let i = 1; i <= this.columns.length; i++) row.getCell(i).style = look.SECTION_STYLE;
    row.getCell(1).value = text;
    row.commit();
  }

  /** A line of running text: one cell that goes on over its empty neighbours. */
  note(text: string): void {
    const row = this.line(this.nextRow++, text, look.NOTE_STYLE);
    row.commit();
  }

  finish(): void {
    const lastRow = Math.max(this.nextRow - 1, FIRST_ROW);
    for (const { column, rule } of this.options.formats ?? []) {
      const letter = columnLetter(column);
      this.worksheet.addConditionalFormatting({ ref: `${letter}${FIRST_ROW}:${letter}${lastRow}`, rules: [rule] });
    }
    if (this.options.bars !== undefined) {
      const letter = columnLetter(this.options.bars);
      addDataBars(this.worksheet, `${letter}${FIRST_ROW}:${letter}${lastRow}`);
    }
    if (!this.options.plain) {
      this.worksheet.autoFilter = {
        from: { row: HEADER_ROW, column: 1 },
        to: { row: lastRow, column: this.columns.length },
      };
    }
    this.worksheet.commit();
  }

  /** Totals follow the filter: SUBTOTAL 109 leaves hidden rows out. */
  private totals(plan: { readonly rows: number; readonly totals: readonly number[] }): void {
    if (!this.columns.some((column) => column.total)) return;
    const row = this.worksheet.getRow(TOTALS_ROW);
    const styles = look.TOTAL_STYLES[this.block.lang];
    const lastRow = FIRST_ROW + Math.max(plan.rows, 1) - 1;
    for (const [i, { kind, total }] of this.columns.entries()) {
      const letter = columnLetter(i);
      const formula = () => `SUBTOTAL(109,${letter}${FIRST_ROW}:${letter}${lastRow})`;
      const value = total ? cellContent({ formula, result: plan.totals[i]! }, kind, TOTALS_ROW) : null;
      setCell(row.getCell(i + 1), value, styles[total ? kind : 'text']);
    }
    row.getCell(1).value = TEXT.visibleTotal[this.block.lang];
    row.commit();
  }

  private line(number: number, text: string, style: Partial<Style>): Row {
    const row = this.worksheet.getRow(number);
    setCell(row.getCell(1), text, style);
    return row;
  }
}

/** What the streaming worksheet of exceljs (the version is pinned) has inside. */
interface StreamedWorksheet {
  _writeConditionalFormatting(): void;
  _write(xml: string): void;
}

/**
 * Bars from zero to the largest amount. exceljs itself would add to each rule an extension with an empty id, which
 * Excel may take for damage; so the element is written here, in its place in the order of the sheet.
 */
function addDataBars(worksheet: Worksheet, cells: string): void {
  const streamed = worksheet as unknown as StreamedWorksheet;
  const writeOthers = streamed._writeConditionalFormatting.bind(worksheet);
  streamed._writeConditionalFormatting = () => {
    writeOthers();
    streamed._write(
      `<conditionalFormatting sqref="${cells}"><cfRule type="dataBar" priority="100"><dataBar>` +
        `<cfvo type="num" val="0"/><cfvo type="max"/><color rgb="${look.COLOUR.bar}"/>` +
        '</dataBar></cfRule></conditionalFormatting>',
    );
  };
}

type Content = string | number | Date | { formula: string; result: number | string } | null;

function setCell(cell: Cell, value: Content, style: Partial<Style>): void {
  cell.value = value;
  cell.style = style;
}

/** Longest text of a cell in the format. */
const MOST_CHARACTERS = 32_767;
const MS_PER_DAY = 86_400_000;

function cellContent(value: CellValue | undefined, kind: look.ColumnKind, row: number): Content {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'object') {
    const result = typeof value.result === 'number' && kind === 'euro' ? value.result / 100 : value.result;
    return { formula: value.formula(row), result };
  }
  if (typeof value === 'string') return value.slice(0, MOST_CHARACTERS);
  if (kind === 'euro') return value / 100;
  if (kind === 'date') return new Date(value * MS_PER_DAY);
  if (kind === 'month') return new Date(Date.UTC(Math.floor(value / 12), value % 12, 1));
  return value;
}

/** Column letter of an index from 0. */
export function columnLetter(index: number): string {
  const rest = String.fromCharCode(65 + (index % 26));
  return index < 26 ? rest : columnLetter(Math.floor(index / 26) - 1) + rest;
}

/** Lines that a text takes in a cell of so many characters, cut between words; a longer word is cut where the line ends. */
function wordLines(text: string, characters: number): number {
  const most = Math.max(1, characters);
  let lines = 1;
  let taken = 0;
  for (const { length } of text.split(' ')) {
    const fits = taken === 0 || taken + 1 + length <= most;
    if (!fits) lines++;
    taken = taken === 0 || !fits ? length : taken + 1 + length;
    for (; taken > most; taken -= most) lines++;
  }
  return lines;
}

/** & starts a code in page headers. */
function escapeHeader(text: string): string {
  return text.replaceAll('&', '&&');
}
