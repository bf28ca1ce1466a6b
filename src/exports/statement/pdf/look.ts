/** The look of the PDFs: the colours of the workbooks, quiet tables, one typeface. */
import type { Content, CustomTableLayout, Table, TableCell } from 'pdfmake/interfaces.js';
import type { Cents } from '../../../money.js';
import { COLOUR as WORKBOOK_COLOUR, type Lang } from '../../workbook/look.js';
import { count, euro } from './format.js';

/** The workbooks write colours with an alpha byte in front. */
const css = (argb: string): string => `#${argb.slice(2)}`;

export const COLOUR = {
  ink: css(WORKBOOK_COLOUR.ink),
  header: css(WORKBOOK_COLOUR.header),
  band: css(WORKBOOK_COLOUR.band),
  line: css(WORKBOOK_COLOUR.line),
  quiet: css(WORKBOOK_COLOUR.quiet),
  negative: css(WORKBOOK_COLOUR.badInk),
  final: '#C6E7CE',
  finalInk: '#145A24',
  waiting: '#CFE2FF',
  waitingInk: '#0B3D91',
} as const;

export const PAGE_MARGINS: [number, number, number, number] = [36, 62, 36, 48];
/** Width of an A4 page between the margins of a note. */
export const NOTE_WIDTH = 523;

/**
 * Width of the line above a row of figures, or below the last one: a dark one below the head and at the end, hairlines
 * between rows.
 */
export function lineWidth(row: number, { headerRows = 0, body }: Table): number {
  if (row < headerRows || row === 0) return 0;
  return row === headerRows || row === body.length ? 0.8 : 0.4;
}

/** A table of figures. */
export const FIGURES: CustomTableLayout = {
  hLineWidth: (row, { table }) => lineWidth(row, table),
  hLineColor: (row, { table }) => (lineWidth(row, table) > 0.5 ? COLOUR.header : COLOUR.line),
  vLineWidth: () => 0,
  paddingLeft: (column) => (column === 0 ? 2 : 3),
  paddingRight: () => 3,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
};

/** Labels beside values, without lines. */
export const FACTS: CustomTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: (column) => (column === 0 ? 0 : 8),
  paddingRight: () => 0,
  paddingTop: () => 1.5,
  paddingBottom: () => 1.5,
};

/** A coloured block around what matters. */
export const BLOCK: CustomTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 12,
  paddingRight: () => 12,
  paddingTop: () => 8,
  paddingBottom: () => 8,
};

/** An amount in a table: red with a minus below zero, a dash for nothing. */
export function euroCell(cents: Cents, lang: Lang, style: { readonly bold?: boolean } = {}): TableCell {
  return number(cents === 0 ? '–' : euro(cents, lang), cents, style);
}

/** A number in a table, likewise. */
export function countCell(value: number, lang: Lang, style: { readonly bold?: boolean } = {}): TableCell {
  return number(value === 0 ? '–' : count(value, lang), value, style);
}

function number(text: string, value: number, style: { readonly bold?: boolean }): TableCell {
  const color = value < 0 ? COLOUR.negative : value === 0 ? COLOUR.quiet : COLOUR.ink;
  return { text, alignment: 'right', noWrap: true, color, ...style };
}

/** The head of a column. */
export function headCell(text: string, alignment: 'left' | 'right' | 'center' = 'left', colSpan = 1): TableCell {
  return { text, alignment, colSpan, bold: true, color: COLOUR.header };
}

/** The title of a table as its first row, so that it never stands alone at the foot of a page and comes back on the next. */
export function titleRow(title: string, meaning: string, columns: number): TableCell[] {
  const stack: Content[] = [
    { text: title, style: 'section' },
    { text: meaning, style: 'quiet' },
  ];
  return [{ stack, colSpan: columns, margin: [-2, 0, 0, 4] }, ...Array.from({ length: columns - 1 }, () => '')];
}

/** The totals stand first, below the head, as in the workbooks: they are seen at once and never alone on a page. */
export function totalsRow(cells: readonly TableCell[]): TableCell[] {
  return cells.map((cell) => ({
    ...(typeof cell === 'string' ? { text: cell } : (cell as object)),
    bold: true,
    fillColor: COLOUR.band,
  })) as TableCell[];
}

/** Labels and values below each other. */
export function facts(rows: readonly (readonly [string, Content])[], labelWidth: number): Content {
  return {
    layout: FACTS,
    table: {
      widths: [labelWidth, '*'],
      body: rows.map(([label, value]) => [{ text: label, color: COLOUR.quiet }, value]),
    },
  };
}
