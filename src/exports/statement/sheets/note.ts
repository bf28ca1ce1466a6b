/** The sheets `BETAALNOTA` (the overviews of the payment note, R-P-3 and R-P-4) and `BETAALNOTA lijnen`. */
import type { Month } from '../../../calendar.js';
import { COMPONENT, COMPONENTS, type Component } from '../../../law/codes.js';
import type { Text } from '../../../law/rulebook/sources.js';
import type { Cents } from '../../../money.js';
import type { OpenBook } from '../../workbook/book.js';
import { titleBlock } from '../../workbook/common-sheets.js';
import { belgianDate } from '../../workbook/document.js';
import { componentHeading, HEADING as COMMON_HEADING } from '../../workbook/headings.js';
import type { Lang } from '../../workbook/look.js';
import { columnLetter, FIRST_ROW, Sheet, type CellValue, type Column, type Formula } from '../../workbook/sheet.js';
import { COMPONENT_TEXT, REASON_TEXT } from '../../workbook/texts.js';
import { STATEMENT_HEADING as HEADING } from '../headings.js';
import { amountOf, sumOfLines, type NoteLine, type PaymentNote } from '../note.js';
import { monthRuns, sumByComponent, sumByGuidanceStart, sumByMonth, type Sum, type SumRow } from '../note-sums.js';
import type { Statement } from '../statement.js';
import { STATEMENT_TEXT } from '../texts.js';
import { headOf } from './head.js';
import { tableOf, type StatementTable } from './table.js';

/** What VDAB pays, in the order of the note. */
const NOTE_COMPONENTS: readonly Component[] = COMPONENTS.filter((name) => COMPONENT[name] < COMPONENT.ORD);

type Row = { readonly section: string } | { readonly values: readonly CellValue[]; readonly isTotal: boolean };

/** The sheet `BETAALNOTA` before it is written, and where its totals stand. */
export interface NoteSheet {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Rows (as the sheet counts them) of the totals by month, by start, by reason; of the sum of the lines. */
  readonly totalRows: { readonly byMonth: number[]; readonly byStart: number[]; readonly byReason: number[] };
  /** Rows with the sum of the lines, brought forward, carried, paid, claimed: of each note. */
  readonly resultRows: readonly (readonly [number, number, number, number, number])[];
  /** Cents of all lines of all notes. */
  readonly cents: Cents;
}

/** Plans the sheet `BETAALNOTA`. */
export function noteSheet({ lang, notes }: Statement): NoteSheet {
  const present = NOTE_COMPONENTS.filter(
    (name) => notes.length === 0 || notes.some(({ lines }) => lines.some(({ component }) => component === name)),
  );
  const layout = new Layout(present, lang);
  for (const note of notes) layout.addNote(note);
  return layout.finish(notes.reduce((sum, { lines }) => sum + sumOfLines(lines), 0));
}

/** Writes the sheet `BETAALNOTA`. */
export function writeNoteSheet(book: OpenBook, statement: Statement, sheet: NoteSheet): void {
  const { lang, notes } = statement;
  const { note: name } = STATEMENT_TEXT.sheets;
  const status = notes.length === 0 ? 'PROVISIONAL' : 'FINAL';
  const block = titleBlock(headOf(statement, status), STATEMENT_TEXT.title, name);
  const worksheet = new Sheet(book, block, name[lang], sheet.columns, { plain: true, frozenColumns: 1 });
  worksheet.header({ rows: sheet.rows.length, totals: [] });
  if (notes.length === 0) worksheet.section(STATEMENT_TEXT.nothing.note[lang]);
  for (const row of sheet.rows) {
    if ('section' in row) worksheet.section(row.section);
    else if (row.isTotal) worksheet.addTotals(row.values);
    else worksheet.add(row.values);
  }
  worksheet.finish();
}

/** `SUM` of cells of the amount column of a note sheet. */
export function cellsOf(sheet: NoteSheet, lang: Lang, rows: readonly number[], result: Cents): Formula {
  const letter = columnLetter(sheet.columns.length - 1);
  const cells = rows.map((row) => `'${STATEMENT_TEXT.sheets.note[lang]}'!$${letter}$${row}`);
  return { formula: () => (cells.length === 0 ? '0' : cells.join('+')), result };
}

/** Columns before the kinds of payment. */
const NOTE_LEAD = 2;

class Layout {
  private readonly rows: Row[] = [];
  private readonly totalRows = { byMonth: [] as number[], byStart: [] as number[], byReason: [] as number[] };
  private readonly resultRows: [number, number, number, number, number][] = [];
  private readonly columns: readonly Column[];

  constructor(
    private readonly components: readonly Component[],
    private readonly lang: Lang,
  ) {
    this.columns = [
      { heading: HEADING.noteKey, width: 46, kind: 'text' },
      { heading: HEADING.noteMonth, width: 12, kind: 'month' },
      ...components.flatMap((name): Column[] => [
        { heading: countHeading(name), width: 11, kind: 'count' },
        { heading: componentHeading(name), width: 13, kind: 'euro' },
      ]),
      { heading: HEADING.noteTotal, width: 15, kind: 'euro' },
    ];
  }

  addNote(note: PaymentNote): void {
    const { lang } = this;
    this.rows.push({ section: nameOf(note, lang) });
    const byMonth = monthGroups(sumByMonth(note.lines), STATEMENT_TEXT.month, lang);
    this.totalRows.byMonth.push(this.addGroups(STATEMENT_TEXT.byMonth, byMonth));
    const byStart = monthGroups(sumByGuidanceStart(note.lines), STATEMENT_TEXT.startMonth, lang);
    this.totalRows.byStart.push(this.addGroups(STATEMENT_TEXT.byStart, byStart));
    this.totalRows.byReason.push(this.addGroups(STATEMENT_TEXT.byReason, reasonGroups(note.lines, lang)));
    this.addResult(note);
  }

  finish(cents: Cents): NoteSheet {
    return { columns: this.columns, rows: this.rows, totalRows: this.totalRows, resultRows: this.resultRows, cents };
  }

  /** Rows of one overview with their total; returns where the total stands. */
  private addGroups(title: Text, groups: readonly Group[]): number {
    this.rows.push({ section: title[this.lang] });
    const first = this.nextRow;
    for (const { key, month, kinds, cents } of groups) {
      const values = this.components.flatMap((name): CellValue[] => {
        const sum = kinds.get(name);
        return sum === undefined ? [null, null] : [sum.months, sum.cents];
      });
      this.rows.push({ values: [key, month, ...values, cents], isTotal: false });
    }
    const last = this.nextRow - 1;
    const totals = this.columns.slice(NOTE_LEAD).map((_, index): CellValue => {
      const letter = columnLetter(NOTE_LEAD + index);
      return {
        formula: () => (last < first ? '0' : `SUM(${letter}${first}:${letter}${last})`),
        result: this.totalOf(groups, index),
      };
    });
    this.rows.push({ values: [STATEMENT_TEXT.subtotal[this.lang], null, ...totals], isTotal: true });
    return this.nextRow - 1;
  }

  private totalOf(groups: readonly Group[], index: number): number {
    const name = this.components[Math.floor(index / 2)];
    return groups.reduce((sum, { kinds, cents }) => {
      if (name === undefined) return sum + cents;
      const of = kinds.get(name);
      return sum + ((index % 2 === 0 ? of?.months : of?.cents) ?? 0);
    }, 0);
  }

  private addResult(note: PaymentNote): void {
    const { lang } = this;
    this.rows.push({ section: STATEMENT_TEXT.result[lang] });
    const reference = (direction: 'PAY' | 'CLAIM') =>
      note.amounts
        .filter((amount) => amount.direction === direction)
        .map((amount) => ` ${amount.reference}`)
        .join('');
    const results: [string, Cents][] = [
      [STATEMENT_TEXT.sumOfLines[lang], sumOfLines(note.lines)],
      [STATEMENT_TEXT.offset[lang], note.offsetCents],
      [STATEMENT_TEXT.carried[lang], note.carriedCents],
      [STATEMENT_TEXT.pay[lang] + reference('PAY'), amountOf(note, 'PAY')],
      [STATEMENT_TEXT.claim[lang] + reference('CLAIM'), amountOf(note, 'CLAIM')],
    ];
    const at = results.map(([key, cents]) => {
      const nothing = this.components.flatMap((): CellValue[] => [null, null]);
      this.rows.push({ values: [key, null, ...nothing, cents], isTotal: false });
      return this.nextRow - 1;
    });
    this.resultRows.push(at as [number, number, number, number, number]);
  }

  private get nextRow(): number {
    return FIRST_ROW + this.rows.length;
  }
}

interface Group {
  readonly key: string;
  readonly month: Month | null;
  readonly kinds: ReadonlyMap<Component, Sum>;
  readonly cents: Cents;
}

/** Groups by month; trajectories without a first month come last, under what happened to them. */
function monthGroups(rows: readonly SumRow<Month | undefined>[], key: Text, lang: Lang): Group[] {
  return rows.map((row) => ({
    key: (row.key === undefined ? STATEMENT_TEXT.noStart : key)[lang],
    month: row.key ?? null,
    kinds: row.kinds,
    cents: row.total.cents,
  }));
}

/** Per reason in words, in the order in which they come. */
function reasonGroups(lines: readonly NoteLine[], lang: Lang): Group[] {
  const groups = new Map<string, NoteLine[]>();
  for (const line of lines) {
    const text = REASON_TEXT[line.reason][lang];
    const ofReason = groups.get(text);
    if (ofReason) ofReason.push(line);
    else groups.set(text, [line]);
  }
  return [...groups].map(([key, ofReason]) => ({
    key,
    month: null,
    kinds: sumByComponent(ofReason),
    cents: sumOfLines(ofReason),
  }));
}

function countHeading(component: Component): Column['heading'] {
  return {
    title: { nl: `Aantal ${component}`, en: `Number ${component}` },
    explain: {
      nl: `Aantal maanden ${component} (${COMPONENT_TEXT[component].nl.toLowerCase()}); wat wegvalt, telt negatief.`,
      en: `Number of months of ${component} (${COMPONENT_TEXT[component].en.toLowerCase()}); what falls out counts negative.`,
    },
  };
}

function nameOf({ period, runDay, approvedOn }: PaymentNote, lang: Lang): string {
  const approved = approvedOn === undefined ? '' : belgianDate(approvedOn);
  return lang === 'nl'
    ? `Betaalnota ${period} van ${belgianDate(runDay)}, goedgekeurd op ${approved}`
    : `Payment note ${period} of ${belgianDate(runDay)}, approved on ${approved}`;
}

const LINE_COLUMNS: readonly Column[] = [
  { heading: HEADING.note, width: 13, kind: 'text' },
  { heading: HEADING.weoId, width: 20, kind: 'text' },
  { heading: HEADING.client, width: 17, kind: 'text' },
  { heading: HEADING.guidanceStart, width: 13, kind: 'month' },
  { heading: COMMON_HEADING.component, width: 36, kind: 'text' },
  { heading: HEADING.firstMonth, width: 12, kind: 'month' },
  { heading: HEADING.lastMonth, width: 12, kind: 'month' },
  { heading: HEADING.months, width: 9, kind: 'count', total: true },
  { heading: HEADING.lineDue, width: 14, kind: 'euro', total: true },
  { heading: HEADING.lineBefore, width: 14, kind: 'euro', total: true },
  { heading: HEADING.lineAmount, width: 14, kind: 'euro', total: true },
  { heading: HEADING.reason, width: 40, kind: 'long' },
];
/** Columns of the sheet `BETAALNOTA lijnen` that are added up. */
export const IN_NOTE_LINES = { due: 8, before: 9, amount: 10 } as const;

/** Plans the sheet `BETAALNOTA lijnen`: months in a row of one trajectory and payment are one row. */
export function noteLineTable({ lang, notes, trajectories }: Statement): StatementTable {
  const clients = new Map(trajectories.map(({ weoId, client }) => [weoId, client]));
  const rows = notes.flatMap(({ period, lines }) =>
    monthRuns(lines).map((run): CellValue[] => [
      period,
      run.weoId,
      clients.get(run.weoId) ?? '',
      run.guidanceStart ?? null,
      `${run.component} – ${COMPONENT_TEXT[run.component][lang]}`,
      run.firstMonth,
      run.lastMonth,
      run.months,
      run.dueCents,
      run.beforeCents,
      { formula: (row) => `I${row}-J${row}`, result: run.cents },
      REASON_TEXT[run.reason][lang],
    ]),
  );
  const status = notes.length === 0 ? 'PROVISIONAL' : 'FINAL';
  return tableOf('noteLines', LINE_COLUMNS, rows, { frozenColumns: 3, status });
}
