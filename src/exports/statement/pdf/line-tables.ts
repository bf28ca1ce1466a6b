/** The tables of a payment note: payments per kind by month, reasons, and the lines of each trajectory. */
import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { COMPONENTS, type Component } from '../../../law/codes.js';
import type { Text } from '../../../law/rulebook/sources.js';
import type { Lang } from '../../workbook/look.js';
import { COMPONENT_TEXT, REASON_TEXT } from '../../workbook/texts.js';
import type { NoteLine } from '../note.js';
import {
  monthRuns,
  sumByComponent,
  sumByReason,
  sumLines,
  type MonthRun,
  type Sum,
  type SumRow,
} from '../note-sums.js';
import { capital, monthSpan, shortMonth } from './format.js';
import { COLOUR, countCell, euroCell, FIGURES, headCell, lineWidth, NOTE_WIDTH, titleRow, totalsRow } from './look.js';
import { KIND_TEXT, NOTE_TEXT, PDF_TEXT, REASON_SENTENCE } from './texts.js';

/** Kinds that a note always shows (R-P-4 and part 3), beside those that it has. */
const ALWAYS_SHOWN: readonly Component[] = ['EFF', 'C1', 'C2', 'C3'];

/** Widths in points of the table of kinds; its euro columns share what is left. */
const KEY_WIDTH = 44;
const COUNT_WIDTH = 17;
const PADDING = 2;
/** Before each kind, when there is room. */
const WIDE_GAP = 8;
const BOLD = { bold: true };
const SECTION_MARGIN: [number, number, number, number] = [0, 16, 0, 0];
/** The head stays with the totals and the first row. */
const KEEP = { dontBreakRows: true, keepWithHeaderRows: 2 } as const;

/** Kinds of payment with a column of their own. */
export function shownKinds(lines: readonly NoteLine[]): readonly Component[] {
  const present = sumByComponent(lines);
  return COMPONENTS.filter((component) => ALWAYS_SHOWN.includes(component) || present.has(component));
}

/** The names of kinds, in one line: `EFF inspanningsvergoeding · C1 ...`. */
export function kindsInWords(kinds: readonly Component[], lang: Lang): string {
  return kinds.map((kind) => `${kind} ${COMPONENT_TEXT[kind][lang].toLowerCase()}`).join(' · ');
}

interface KindTable<K> {
  readonly title: string;
  readonly meaning: string;
  /** Head of the first column. */
  readonly head: string;
  readonly rows: readonly SumRow<K>[];
  readonly nameOf: (key: K) => string;
  /** All lines of the note. */
  readonly lines: readonly NoteLine[];
}

/** Number and euro of each kind, a row for each key, with totals. */
export function kindTable<K>({ title, meaning, head, rows, nameOf, lines }: KindTable<K>, lang: Lang): Content {
  const kinds = shownKinds(lines);
  const kindHead = (title: string): TableCell[] => [headCell(title, 'right', 2), ''];
  // Made anew for each kind: the library takes a cell that it saw before for laid out.
  const unitHead = () => [PDF_TEXT.numberShort, PDF_TEXT.euro].map((unit) => unitCell(unit[lang]));
  const figures = (sum: Sum | undefined, style = {}) => [
    countCell(sum?.months ?? 0, lang, style),
    euroCell(sum?.cents ?? 0, lang, style),
  ];
  const rowOf = (name: string, sums: ReadonlyMap<Component, Sum>, total: Sum): TableCell[] => [
    name,
    ...kinds.flatMap((kind) => figures(sums.get(kind))),
    ...figures(total, BOLD),
  ];
  const groups = kinds.length + 1;
  const isWide = groups > 5;
  const gap = isWide ? PADDING : WIDE_GAP;
  const euroWidth = (NOTE_WIDTH - KEY_WIDTH - 2 * PADDING) / groups - COUNT_WIDTH - gap - 3 * PADDING;
  return {
    fontSize: isWide ? 7 : 7.5,
    layout: {
      ...FIGURES,
      paddingLeft: (column) => (column % 2 === 1 ? gap : PADDING),
      paddingRight: () => PADDING,
    },
    margin: SECTION_MARGIN,
    table: {
      headerRows: 3,
      ...KEEP,
      widths: [KEY_WIDTH, ...Array.from({ length: groups }, () => [COUNT_WIDTH, euroWidth]).flat()],
      body: [
        titleRow(title, meaning, 1 + 2 * groups),
        [headCell(head), ...kinds.flatMap(kindHead), ...kindHead(PDF_TEXT.total[lang])],
        ['', ...Array.from({ length: groups }, unitHead).flat()],
        totalsRow(rowOf(PDF_TEXT.total[lang], sumByComponent(lines), sumLines(lines))),
        ...rows.map((row) => rowOf(nameOf(row.key), row.kinds, row.total)),
      ],
    },
  };
}

function unitCell(text: string): TableCell {
  return { text, alignment: 'right', color: COLOUR.quiet };
}

/** Trajectories, months and euro of each reason, the reason in words. */
export function reasonTable(title: Text, meaning: Text, lines: readonly NoteLine[], lang: Lang): Content {
  const sums = sumByReason(lines);
  const total = sumLines(lines);
  const addedCents = sums.reduce((all, sum) => all + sum.addedCents, 0);
  const heads = [
    PDF_TEXT.trajectories,
    PDF_TEXT.number,
    NOTE_TEXT.addedShort,
    NOTE_TEXT.takenBackShort,
    PDF_TEXT.difference,
  ];
  return {
    fontSize: 8,
    layout: FIGURES,
    margin: SECTION_MARGIN,
    table: {
      headerRows: 2,
      ...KEEP,
      widths: ['*', 44, 36, 62, 62, 62],
      body: [
        titleRow(title[lang], meaning[lang], 6),
        [headCell(PDF_TEXT.reason[lang]), ...heads.map((head) => headCell(head[lang], 'right'))],
        totalsRow([
          PDF_TEXT.total[lang],
          countCell(new Set(lines.map((line) => line.weoId)).size, lang),
          countCell(total.months, lang),
          euroCell(addedCents, lang),
          euroCell(total.cents - addedCents, lang),
          euroCell(total.cents, lang),
        ]),
        ...sums.map((sum) => [
          reasonCell(sum.reason, lang),
          countCell(sum.trajectories, lang),
          countCell(sum.months, lang),
          euroCell(sum.addedCents, lang),
          euroCell(sum.takenBackCents, lang),
          euroCell(sum.cents, lang, BOLD),
        ]),
      ],
    },
  };
}

function reasonCell(reason: MonthRun['reason'], lang: Lang): TableCell {
  return {
    stack: [
      capital(REASON_TEXT[reason][lang]),
      { text: REASON_SENTENCE[reason][lang], color: COLOUR.quiet, fontSize: 7 },
    ],
  };
}

/** The lines, months in a row gathered, one trajectory after the other, with totals. */
export function trajectoryTable(title: Text, meaning: Text, lines: readonly NoteLine[], lang: Lang): Content {
  const runs = monthRuns(lines);
  const firsts = runs.map((run, index) => run.weoId !== runs[index - 1]?.weoId);
  const severalKinds = new Set(lines.map((line) => line.kind)).size > 1;
  const left = [PDF_TEXT.trajectory, PDF_TEXT.kind, PDF_TEXT.months];
  const right = [PDF_TEXT.number, PDF_TEXT.due, PDF_TEXT.before, PDF_TEXT.difference];
  const headerRows = 2;
  return {
    fontSize: 8,
    margin: SECTION_MARGIN,
    layout: {
      ...FIGURES,
      // A hairline between trajectories, none between the rows of one.
      hLineWidth: (row, { table }) => {
        const run = row - headerRows - 1;
        return run <= 0 || run >= runs.length || firsts[run] ? lineWidth(row, table) : 0;
      },
      paddingLeft: (column) => (column === 7 ? 9 : 2),
    },
    table: {
      headerRows,
      ...KEEP,
      widths: [90, 22, 84, 30, 48, 48, 50, '*'],
      body: [
        titleRow(title[lang], meaning[lang], 8),
        [
          ...left.map((head) => headCell(head[lang])),
          ...right.map((head) => headCell(head[lang], 'right')),
          headCell(PDF_TEXT.reason[lang]),
        ],
        trajectoryTotals(lines, lang),
        ...runs.map((run, index) => runRow(run, firsts[index]!, severalKinds, lang)),
      ],
    },
  };
}

function trajectoryTotals(lines: readonly NoteLine[], lang: Lang): TableCell[] {
  const { months, cents } = sumLines(lines);
  const dueCents = lines.reduce((sum, line) => sum + line.dueCents, 0);
  return totalsRow([
    PDF_TEXT.total[lang],
    '',
    '',
    countCell(months, lang),
    euroCell(dueCents, lang),
    euroCell(dueCents - cents, lang),
    euroCell(cents, lang),
    '',
  ]);
}

/** The agreement stands on each row, so that a row after a page break is not without. */
function runRow(run: MonthRun, isFirst: boolean, severalKinds: boolean, lang: Lang): TableCell[] {
  const kind = severalKinds ? ` (${KIND_TEXT[run.kind][lang]})` : '';
  return [
    isFirst
      ? {
          stack: [
            { text: run.weoId, ...BOLD },
            { text: guidance(run, lang), color: COLOUR.quiet, fontSize: 7 },
          ],
        }
      : { text: run.weoId, color: COLOUR.quiet },
    run.component,
    monthSpan(run.firstMonth, run.lastMonth, lang),
    countCell(run.months, lang),
    euroCell(run.dueCents, lang),
    euroCell(run.beforeCents, lang),
    euroCell(run.cents, lang),
    `${REASON_TEXT[run.reason][lang]}${kind}`,
  ];
}

function guidance(run: MonthRun, lang: Lang): string {
  if (run.guidanceStart === undefined) return NOTE_TEXT.unknownGuidance[lang];
  return `${NOTE_TEXT.guidanceFrom[lang]} ${shortMonth(run.guidanceStart, lang)}`;
}
