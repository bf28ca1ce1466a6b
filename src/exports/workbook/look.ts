/** The one look of all workbooks: colours, number formats, cell styles, page set-up. Styles are shared objects, made once: exceljs looks them up by identity. */
import type { Fill, PageSetup, Style } from 'exceljs';

export type Lang = 'nl' | 'en';

/** What a column holds; decides format, alignment and unit. */
export type ColumnKind = 'text' | 'long' | 'euro' | 'date' | 'month' | 'count' | 'year' | 'link' | 'verdict';

/** Every style names it: a style without a font name falls back to another typeface in LibreOffice. */
const FONT = 'Calibri';

export const COLOUR = {
  ink: 'FF1F2A44',
  header: 'FF1F3864',
  white: 'FFFFFFFF',
  band: 'FFE9EEF7',
  line: 'FFD0D7E5',
  quiet: 'FF5B6577',
  link: 'FF0B5CAD',
  bar: 'FF8FB4E3',
  good: 'FFD8EFD8',
  goodInk: 'FF1B6B2C',
  bad: 'FFF8D7DA',
  badInk: 'FF9C1C28',
} as const;

/** What kind of document of a night or a batch this is; every sheet says so on screen and on paper. */
export const STATUSES = ['PROVISIONAL', 'FOR_APPROVAL', 'FINAL', 'REJECTED'] as const;
/** Simulations, answers and inspections are no documents of a night or batch; their sheets say what they are in the same places. */
export type Status = (typeof STATUSES)[number] | 'SIMULATION' | 'ANSWER' | 'INSPECTION';
const STATUS_FILL: Readonly<Record<Status, { back: string; ink: string }>> = {
  PROVISIONAL: { back: 'FFFFE699', ink: 'FF7F4F00' },
  FOR_APPROVAL: { back: 'FFCFE2FF', ink: 'FF0B3D91' },
  FINAL: { back: 'FFC6E7CE', ink: 'FF145A24' },
  REJECTED: { back: 'FFF8D7DA', ink: 'FF9C1C28' },
  SIMULATION: { back: 'FFE4D7F5', ink: 'FF4A1E7A' },
  ANSWER: { back: 'FFE9EEF7', ink: 'FF1F2A44' },
  INSPECTION: { back: 'FFD9EAD3', ink: 'FF274E13' },
};

/** Separators and month names of Belgian Dutch (locale 0813) or English, whatever the computer of the reader says. */
const LOCALE: Readonly<Record<Lang, string>> = { nl: '[$-813]', en: '[$-809]' };

/** Negative amounts are red and stay numbers; zero is a quiet dash. */
const euroFormat = (locale: string) => `${locale}#,##0.00;[Red]${locale}-#,##0.00;"–"`;

const solid = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });
const hairline: Partial<Style> = {
  font: { name: FONT, size: 10 },
  border: { bottom: { style: 'hair', color: { argb: COLOUR.line } } },
};

export type StyleSet = Readonly<Record<ColumnKind, Partial<Style>>>;

function kinds(lang: Lang, base: Partial<Style>): StyleSet {
  const right = { horizontal: 'right', vertical: 'top' } as const;
  const left = { horizontal: 'left', vertical: 'top', indent: 1 } as const;
  const centre = { horizontal: 'center', vertical: 'top' } as const;
  return {
    // '@' keeps a text a text, also when somebody edits the cell: "=1+1" never becomes a formula
    text: { ...base, numFmt: '@', alignment: left },
    long: { ...base, numFmt: '@', alignment: { ...left, wrapText: true } },
    euro: { ...base, numFmt: euroFormat(LOCALE[lang]), alignment: right },
    date: { ...base, numFmt: 'dd/mm/yyyy', alignment: centre },
    month: { ...base, numFmt: `${LOCALE[lang]}mmm yyyy`, alignment: centre },
    count: { ...base, numFmt: `${LOCALE[lang]}#,##0`, alignment: right },
    year: { ...base, numFmt: '0', alignment: centre },
    link: { ...base, font: { name: FONT, size: 10, color: { argb: COLOUR.link }, underline: true }, alignment: left },
    verdict: { ...base, font: { name: FONT, size: 10, bold: true }, alignment: centre },
  };
}

/** Styles of data cells and of the totals line, by kind of column. */
export const DATA_STYLES: Readonly<Record<Lang, StyleSet>> = { nl: kinds('nl', hairline), en: kinds('en', hairline) };
const totalsBase: Partial<Style> = {
  font: { name: FONT, size: 10, bold: true, color: { argb: COLOUR.ink } },
  fill: solid(COLOUR.band),
};
export const TOTAL_STYLES: Readonly<Record<Lang, StyleSet>> = {
  nl: kinds('nl', totalsBase),
  en: kinds('en', totalsBase),
};

const header = (horizontal: 'left' | 'right' | 'center'): Partial<Style> => ({
  font: { name: FONT, size: 10, bold: true, color: { argb: COLOUR.white } },
  fill: solid(COLOUR.header),
  alignment: { horizontal, vertical: 'middle', wrapText: true, indent: horizontal === 'left' ? 1 : 0 },
});
const HEADERS = { left: header('left'), right: header('right'), center: header('center') };

export function headerStyle(kind: ColumnKind): Partial<Style> {
  if (kind === 'euro' || kind === 'count') return HEADERS.right;
  return kind === 'text' || kind === 'long' || kind === 'link' ? HEADERS.left : HEADERS.center;
}

export const TITLE_STYLE: Partial<Style> = { font: { name: FONT, size: 16, bold: true, color: { argb: COLOUR.ink } } };
export const SUBTITLE_STYLE: Partial<Style> = { font: { name: FONT, size: 11, color: { argb: COLOUR.ink } } };
/** Running text under a table. */
export const NOTE_STYLE: Partial<Style> = {
  font: { name: FONT, size: 10 },
  alignment: { horizontal: 'left', indent: 1 },
};
export const QUIET_STYLE: Partial<Style> = { font: { name: FONT, size: 9, color: { argb: COLOUR.quiet } } };
export const SECTION_STYLE: Partial<Style> = {
  font: { name: FONT, bold: true, color: { argb: COLOUR.ink } },
  fill: solid(COLOUR.band),
};

const statusStyle = (status: Status): Partial<Style> => ({
  font: { name: FONT, bold: true, color: { argb: STATUS_FILL[status].ink } },
  fill: solid(STATUS_FILL[status].back),
  alignment: { horizontal: 'center', vertical: 'middle' },
});
export const STATUS_STYLES: Readonly<Record<Status, Partial<Style>>> = {
  PROVISIONAL: statusStyle('PROVISIONAL'),
  FOR_APPROVAL: statusStyle('FOR_APPROVAL'),
  FINAL: statusStyle('FINAL'),
  REJECTED: statusStyle('REJECTED'),
  SIMULATION: statusStyle('SIMULATION'),
  ANSWER: statusStyle('ANSWER'),
  INSPECTION: statusStyle('INSPECTION'),
};

/** Conditional formats take the colour of the fill from bgColor. */
const verdictFormat = (back: string, ink: string): Partial<Style> => ({
  font: { name: FONT, bold: true, color: { argb: ink } },
  fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: back }, fgColor: { argb: back } },
});
export const GOOD_FORMAT = verdictFormat(COLOUR.good, COLOUR.goodInk);
export const BAD_FORMAT = verdictFormat(COLOUR.bad, COLOUR.badInk);

const A4 = 9;

/** A4 landscape, as wide as the page, headers repeated on every page. */
export function pageSetup(headerRow: number): Partial<PageSetup> {
  return {
    paperSize: A4,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalDpi: 300,
    verticalDpi: 300,
    printTitlesRow: `${headerRow}:${headerRow}`,
    margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.25, footer: 0.25 },
  };
}
