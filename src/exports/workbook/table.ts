/** A table on one or more sheets: planned first, so that totals, widths and cuts are known, then written row by row. */
import type { OpenBook } from './book.js';
import type * as look from './look.js';
import {
  columnLetter,
  FIRST_ROW,
  HEADER_ROW,
  Sheet,
  type CellValue,
  type Column,
  type SheetOptions,
  type TitleBlock,
} from './sheet.js';
import type { Text } from '../../law/rulebook/sources.js';
import { TEXT } from './texts.js';

/** Rows that one sheet takes at most; the format ends at 1,048,576. */
export const MOST_SHEET_ROWS = 1_048_576;
const ROWS_BETWEEN_BREATHS = 500;

/** Room beside the longest value, in characters: margins; bold digits; the filter button beside a head. */
const CELL_EXTRA = 3;
const BOLD_EXTRA = 2;
const HEAD_EXTRA = 4;
/** The first column also holds the status of the document. */
const LEAST_FIRST_WIDTH = 19;
const DATE_CHARACTERS = 10;
const FIGURES: ReadonlySet<look.ColumnKind> = new Set(['euro', 'count']);

/** Rows and totals of a table before it is written: where it is cut, and what the totals lines will say. */
export class TablePlan {
  readonly parts: { rows: number; totals: number[] }[] = [];
  private readonly longest: number[];
  private readonly hasAmount: boolean[];

  constructor(
    readonly name: Text,
    readonly columns: readonly Column[],
    private readonly rowsPerSheet = MOST_SHEET_ROWS - HEADER_ROW,
  ) {
    this.longest = columns.map(() => 0);
    this.hasAmount = columns.map(() => false);
    this.openPart();
  }

  get rows(): number {
    return this.parts.reduce((sum, part) => sum + part.rows, 0);
  }

  /** Counts a row that will be written. */
  add(values: readonly CellValue[]): void {
    let part = this.parts.at(-1)!;
    if (part.rows === this.rowsPerSheet) part = this.openPart();
    part.rows++;
    for (const [i, { kind, total }] of this.columns.entries()) {
      if (total) part.totals[i]! += amountOf(values[i]);
      if (amountOf(values[i]) !== 0) this.hasAmount[i] = true;
      this.longest[i] = Math.max(this.longest[i]!, shownLength(values[i], kind));
    }
  }

  /** The columns with the widths that fit head, values and totals. Figures are never cut: too narrow a cell shows `###`. */
  fitted(lang: look.Lang): Column[] {
    return this.columns.map((column, i) => {
      const totals = column.total
        ? this.parts.map((part) => shownLength(part.totals[i], column.kind) + BOLD_EXTRA)
        : [];
      const head = Math.max(...column.heading.title[lang].split(' ').map((word) => word.length)) + HEAD_EXTRA;
      const fit = Math.max(this.longest[i]! + CELL_EXTRA, head, ...totals);
      const most = FIGURES.has(column.kind) ? fit : Math.max(column.width, head);
      const least = i === 0 ? LEAST_FIRST_WIDTH : 0;
      const hidden = column.hiddenWhenEmpty === true && !this.hasAmount[i];
      return { ...column, hidden, width: Math.max(least, Math.min(fit, most)) };
    });
  }

  /** Total of a column over all parts, in the unit of the column (cents for euro). */
  total(index: number): number {
    return this.parts.reduce((sum, part) => sum + part.totals[index]!, 0);
  }

  sheetName(lang: look.Lang, part: number): string {
    return part === 0 ? this.name[lang] : `${this.name[lang]} (${part + 1})`;
  }

  /** The cells of a column in each part, as absolute references. A part without rows still has one (empty) row. */
  ranges(lang: look.Lang, index: number): string[] {
    const letter = columnLetter(index);
    return this.parts.map(
      ({ rows }, part) =>
        `'${this.sheetName(lang, part)}'!$${letter}$${FIRST_ROW}:$${letter}$${FIRST_ROW + Math.max(rows, 1) - 1}`,
    );
  }

  private openPart(): { rows: number; totals: number[] } {
    const part = { rows: 0, totals: this.columns.map(() => 0) };
    this.parts.push(part);
    return part;
  }
}

/** How many characters a value takes on screen. */
function shownLength(value: CellValue | undefined, kind: look.ColumnKind): number {
  const shown = typeof value === 'object' ? value?.result : value;
  if (shown === undefined || shown === '') return 0;
  if (typeof shown === 'string') return shown.length;
  if (kind === 'date' || kind === 'month') return DATE_CHARACTERS;
  const whole = String(Math.trunc(Math.abs(kind === 'euro' ? shown / 100 : shown))).length;
  const separators = Math.floor((whole - 1) / 3);
  return whole + separators + (kind === 'euro' ? ',00'.length : 0) + (shown < 0 ? 1 : 0);
}

/** The number behind a value, 0 for text and nothing. */
export function amountOf(value: CellValue | undefined): number {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null && typeof value.result === 'number' ? value.result : 0;
}

/** Writes the rows of a planned table into as many sheets as it needs. */
export class TableWriter {
  private part = 0;
  private sheet: Sheet;
  private rowsOfPart = 0;

  constructor(
    private readonly book: OpenBook,
    private readonly block: TitleBlock,
    private readonly plan: TablePlan,
    private readonly options: SheetOptions = {},
  ) {
    this.sheet = this.openSheet();
  }

  /** Writes a row. Rows come in the order in which they were planned. */
  async add(values: readonly CellValue[]): Promise<void> {
    if (this.rowsOfPart === this.plan.parts[this.part]!.rows) {
      this.sheet.finish();
      this.part++;
      if (this.part >= this.plan.parts.length) throw new Error(`${this.plan.name.nl}: more rows than planned`);
      this.rowsOfPart = 0;
      this.sheet = this.openSheet();
    }
    this.rowsOfPart++;
    this.sheet.add(values);
    if (this.rowsOfPart % ROWS_BETWEEN_BREATHS === 0) await this.book.drained();
  }

  /** Ends the last sheet; throws when fewer rows came than planned. */
  finish(): void {
    const last = this.plan.parts.length - 1;
    if (this.part !== last || this.rowsOfPart !== this.plan.parts[last]!.rows) {
      throw new Error(`${this.plan.name.nl}: fewer rows than planned`);
    }
    if (this.plan.rows === 0) this.sheet.section((this.options.nothing ?? TEXT.noLines)[this.block.lang]);
    this.sheet.finish();
  }

  private openSheet(): Sheet {
    const { lang } = this.block;
    const parts = this.plan.parts.length;
    const title =
      parts === 1
        ? this.block.title
        : {
            nl: `${this.block.title.nl} (deel ${this.part + 1} van ${parts})`,
            en: `${this.block.title.en} (part ${this.part + 1} of ${parts})`,
          };
    const name = this.plan.sheetName(lang, this.part);
    const sheet = new Sheet(this.book, { ...this.block, title }, name, this.plan.fitted(lang), this.options);
    sheet.header(this.plan.parts[this.part]!);
    return sheet;
  }
}
