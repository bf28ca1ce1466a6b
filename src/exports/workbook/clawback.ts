/** The clawback workbook, `terugvordering-<period>.xlsx`: for each OCMW what was ordered too much, why, and how much. */
import { join } from 'node:path';
import { RULES } from '../../law/codes.js';
import { ALL_RULES } from '../../law/rulebook/rulebook.js';
import type { Cents } from '../../money.js';
import type { PositionLine, TrajectoryPosition } from '../positions.js';
import type { StagedFile } from '../publish.js';
import { BATCH_HEADING } from './batch-headings.js';
import type { BatchOutcome } from './batch-parts.js';
import { componentName } from './batch-quarters.js';
import { writeBook, type OpenBook } from './book.js';
import { clawbackChecks, clawbackRemark, IN_LINES } from './clawback-checks.js';
import {
  detailLink,
  enterpriseNumber,
  titleBlock,
  writeChecks,
  writeExplanation,
  writeParameters,
} from './common-sheets.js';
import type { WorkbookDocument } from './document.js';
import type { Lang } from './look.js';
import { HEADING } from './headings.js';
import type { CellValue, Column, SheetOptions } from './sheet.js';
import { TablePlan, TableWriter } from './table.js';
import { TEXT } from './texts.js';
import { reasonText } from './trajectory-rows.js';

const LINE_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 30, kind: 'text' },
  { heading: HEADING.weoId, width: 18, kind: 'text' },
  { heading: HEADING.component, width: 36, kind: 'text' },
  { heading: HEADING.month, width: 12, kind: 'month' },
  { heading: HEADING.due, width: 14, kind: 'euro', total: true },
  { heading: HEADING.ordered, width: 14, kind: 'euro', total: true },
  { heading: HEADING.toReclaim, width: 14, kind: 'euro', total: true },
  { heading: HEADING.paid, width: 14, kind: 'euro', total: true },
  { heading: HEADING.reason, width: 40, kind: 'text' },
  { heading: HEADING.rule, width: 18, kind: 'text' },
];

const LEAD_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 30, kind: 'text' },
  { heading: HEADING.nisCode, width: 8, kind: 'text' },
  { heading: HEADING.lines, width: 10, kind: 'count', total: true },
  { heading: HEADING.toReclaim, width: 16, kind: 'euro', total: true },
];
/** What a batch does with it. */
const RESULT_COLUMNS: readonly Column[] = [
  { heading: BATCH_HEADING.netted, width: 16, kind: 'euro', total: true },
  { heading: BATCH_HEADING.later, width: 16, kind: 'euro', total: true },
  { heading: BATCH_HEADING.claimed, width: 16, kind: 'euro', total: true },
  { heading: BATCH_HEADING.claimReference, width: 24, kind: 'text' },
];
const TAIL_COLUMNS: readonly Column[] = [
  { heading: HEADING.reasons, width: 60, kind: 'long' },
  { heading: HEADING.detail, width: 13, kind: 'link' },
];
const REASON_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 30, kind: 'text' },
  { heading: HEADING.reason, width: 40, kind: 'text' },
  { heading: HEADING.rule, width: 18, kind: 'text' },
  { heading: HEADING.ruleText, width: 70, kind: 'long' },
  { heading: HEADING.lines, width: 10, kind: 'count', total: true },
  { heading: HEADING.toReclaim, width: 16, kind: 'euro', total: true },
];
/** Stands for "no rule": an empty criterion would match nothing in COUNTIFS. */
const NO_RULE = '–';

const ruleTexts = new Map(ALL_RULES.map(({ id, text }) => [id, text]));

interface ReasonSums {
  readonly reason: string;
  readonly rule: string;
  lines: number;
  cents: Cents;
}

interface OcmwSums {
  readonly ocmwId: string;
  readonly firstLine: number;
  readonly reasons: Map<string, ReasonSums>;
}

interface Plans {
  readonly overview: TablePlan;
  readonly reasons: TablePlan;
  readonly lines: TablePlan;
  readonly ocmws: OcmwSums[];
}

/** Writes the clawback workbook of a document into a folder. Reads the document twice. */
export async function writeClawback(
  folder: string,
  document: WorkbookDocument,
  rowsPerSheet?: number,
): Promise<StagedFile> {
  const plans = await plan(document, rowsPerSheet);
  const name = `terugvordering-${document.period}.xlsx`;
  await writeBook(join(folder, name), document.provenance.businessDate, async (book) => {
    await writeTable(book, document, plans.overview, overviewRows(document, plans), { frozenColumns: 2 });
    await writeTable(book, document, plans.reasons, reasonRows(document, plans), { frozenColumns: 2 });
    await writeTable(book, document, plans.lines, lineRows(document), { frozenColumns: 3 });
    await writeParameters(book, document, TEXT.clawbackTitle);
    writeChecks(book, document, TEXT.clawbackTitle, clawbackChecks(document, plans));
    writeExplanation(book, document, TEXT.clawbackTitle, [plans.overview, plans.reasons, plans.lines]);
  });
  return { name, rows: plans.lines.rows, totalCents: plans.lines.total(IN_LINES.toReclaim) };
}

async function plan(document: WorkbookDocument, rowsPerSheet: number | undefined): Promise<Plans> {
  const lines = new TablePlan(TEXT.sheets.lines, LINE_COLUMNS, rowsPerSheet);
  const results = document.batch === undefined ? [] : RESULT_COLUMNS;
  const overview = new TablePlan(TEXT.sheets.overview, [...LEAD_COLUMNS, ...results, ...TAIL_COLUMNS]);
  const reasons = new TablePlan(TEXT.sheets.reasons, REASON_COLUMNS);
  const ocmws: OcmwSums[] = [];
  for await (const trajectory of document.trajectories()) {
    for (const line of reclaimed(trajectory)) {
      let ocmw = ocmws.at(-1);
      if (ocmw?.ocmwId !== trajectory.ocmwId) {
        ocmws.push((ocmw = { ocmwId: trajectory.ocmwId, firstLine: lines.rows, reasons: new Map() }));
      }
      addReason(document, ocmw.reasons, line);
      lines.add(lineRow(document, trajectory, line));
    }
  }
  const plans = { overview, reasons, lines, ocmws };
  for (const row of overviewRows(document, plans)) overview.add(row);
  for (const row of reasonRows(document, plans)) reasons.add(row);
  return plans;
}

/** The lines on which more was ordered than is due. */
function reclaimed(trajectory: TrajectoryPosition): readonly PositionLine[] {
  return trajectory.lines.filter((line) => line.dueCents < line.orderedCents);
}

function addReason(document: WorkbookDocument, reasons: OcmwSums['reasons'], line: PositionLine): void {
  const reason = reasonText(document, line);
  const rule = RULES[line.changeRule] ?? NO_RULE;
  const key = `${reason}\t${rule}`;
  let sums = reasons.get(key);
  if (!sums) reasons.set(key, (sums = { reason, rule, lines: 0, cents: 0 }));
  sums.lines++;
  sums.cents += line.dueCents - line.orderedCents;
}

async function* lineRows(document: WorkbookDocument): AsyncGenerator<CellValue[]> {
  for await (const trajectory of document.trajectories()) {
    for (const line of reclaimed(trajectory)) yield lineRow(document, trajectory, line);
  }
}

function lineRow(document: WorkbookDocument, { ocmwId, weoId }: TrajectoryPosition, line: PositionLine): CellValue[] {
  return [
    enterpriseNumber(ocmwId),
    document.payees.get(ocmwId)?.name ?? '',
    weoId,
    componentName(line.component, document.lang),
    line.month,
    line.dueCents,
    line.orderedCents,
    { formula: (row) => `F${row}-G${row}`, result: line.dueCents - line.orderedCents },
    line.paidCents,
    reasonText(document, line),
    RULES[line.changeRule] ?? NO_RULE,
  ];
}

function overviewRows(document: WorkbookDocument, { ocmws, lines }: Pick<Plans, 'ocmws' | 'lines'>): CellValue[][] {
  const { lang } = document;
  return ocmws.map(({ ocmwId, firstLine, reasons }) => {
    const payee = document.payees.get(ocmwId);
    const largestFirst = [...reasons.values()].sort((a, b) => a.cents - b.cents || (a.reason < b.reason ? -1 : 1));
    return [
      enterpriseNumber(ocmwId),
      payee?.name ?? '',
      payee?.nisCode ?? '',
      matching(lines, lang, 'count', [[IN_LINES.ocmw, 'A']], total(largestFirst, 'lines')),
      matching(lines, lang, 'sum', [[IN_LINES.ocmw, 'A']], total(largestFirst, 'cents')),
      ...resultValues(document, ocmwId, total(largestFirst, 'cents')),
      [...new Set(largestFirst.map(({ reason }) => reason))].join('; '),
      detailLink(lines, lang, firstLine),
    ];
  });
}

/** Values of RESULT_COLUMNS, none in a preview. What is neither claimed nor carried over was netted. */
function resultValues({ batch }: WorkbookDocument, ocmwId: string, reclaimCents: Cents): CellValue[] {
  if (batch === undefined) return [];
  const outcome: BatchOutcome = batch.outcomes.find((each) => each.ocmwId === ocmwId)!;
  const laterCents = Math.max(0, outcome.offsetCents - outcome.carriedCents);
  return [
    {
      formula: (row) => `-E${row}-G${row}-H${row}`,
      result: -reclaimCents - laterCents - outcome.claimCents,
    },
    laterCents,
    outcome.claimCents,
    outcome.claimReference,
  ];
}

function reasonRows(document: WorkbookDocument, { ocmws, lines }: Pick<Plans, 'ocmws' | 'lines'>): CellValue[][] {
  const { lang } = document;
  const criteria = [
    [IN_LINES.ocmw, 'A'],
    [IN_LINES.reason, 'C'],
    [IN_LINES.rule, 'D'],
  ] as const;
  return ocmws.flatMap(({ ocmwId, reasons }) => {
    const largestFirst = [...reasons.values()].sort((a, b) => a.cents - b.cents || (a.rule < b.rule ? -1 : 1));
    return largestFirst.map((sums) => [
      enterpriseNumber(ocmwId),
      document.payees.get(ocmwId)?.name ?? '',
      sums.reason,
      sums.rule,
      ruleTexts.get(sums.rule)?.[lang] ?? '',
      matching(lines, lang, 'count', criteria, sums.lines),
      matching(lines, lang, 'sum', criteria, sums.cents),
    ]);
  });
}

function total(reasons: readonly ReasonSums[], what: 'lines' | 'cents'): number {
  return reasons.reduce((sum, reason) => sum + reason[what], 0);
}

/** SUMIFS or COUNTIFS over the lines; criteria are pairs of a column of the lines and a column letter of this row. */
function matching(
  lines: TablePlan,
  lang: Lang,
  what: 'sum' | 'count',
  criteria: readonly (readonly [number, string])[],
  result: number,
): CellValue {
  const amounts = lines.ranges(lang, IN_LINES.toReclaim);
  const columns = criteria.map(([column, letter]) => ({ ranges: lines.ranges(lang, column), letter }));
  return {
    formula: (row) =>
      amounts
        .map((amount, part) => {
          const pairs = columns.map(({ ranges, letter }) => `${ranges[part]!},$${letter}${row}`).join(',');
          return what === 'sum' ? `SUMIFS(${amount},${pairs})` : `COUNTIFS(${pairs})`;
        })
        .join('+'),
    result,
  };
}

async function writeTable(
  book: OpenBook,
  document: WorkbookDocument,
  table: TablePlan,
  content: Iterable<CellValue[]> | AsyncIterable<CellValue[]>,
  options: SheetOptions,
): Promise<void> {
  const remark = clawbackRemark(document);
  const block = { ...titleBlock(document, TEXT.clawbackTitle, table.name), ...(remark && { remark }) };
  const writer = new TableWriter(book, block, table, options);
  for await (const row of content) await writer.add(row);
  writer.finish();
}
