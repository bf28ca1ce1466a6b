/** The sheets that every workbook has at its end: parameters, controls, explanation. */
import type { ConditionalFormattingRule, Style } from 'exceljs';
import { day } from '../../calendar.js';
import { REASONS } from '../../law/codes.js';
import { OPEN_QUESTIONS, type Text } from '../../law/rulebook/rulebook.js';
import type { Cents } from '../../money.js';
import type { OpenBook } from './book.js';
import type { WorkbookDocument } from './document.js';
import * as look from './look.js';
import { HEADING } from './headings.js';
import { columnLetter, FIRST_ROW, Sheet, type CellValue, type Column, type Formula, type TitleBlock } from './sheet.js';
import { TablePlan, TableWriter } from './table.js';
import { CONFIDENCE_TEXT, REASON_TEXT, TEXT, VALUE_TEXT } from './texts.js';

/** Belgian form of an enterprise number: 0212.214.917. Not a number in any locale, so filters and SUMIFS compare text. */
export function enterpriseNumber(id: string): string {
  return /^\d{10}$/.test(id) ? `${id.slice(0, 4)}.${id.slice(4, 7)}.${id.slice(7)}` : id;
}

/** What the heads of sheets say of a document. */
export type HeadOfDocument = Pick<WorkbookDocument, 'lang' | 'provenance' | 'periodText' | 'status'>;

/** Title block of a sheet of this document. */
export function titleBlock(document: HeadOfDocument, title: Text, sheet: Text): TitleBlock {
  const { runId, lawDigest, inputDigest } = document.provenance;
  const labels = document.lang === 'nl' ? ['Run', 'wet', 'invoer'] : ['Run', 'law', 'input'];
  return {
    lang: document.lang,
    title: { nl: `${title.nl} – ${sheet.nl}`, en: `${title.en} – ${sheet.en}` },
    period: document.periodText,
    status: document.status,
    provenance: `${labels[0]} ${runId} · ${labels[1]} ${lawDigest.slice(0, 12)} · ${labels[2]} ${inputDigest.slice(0, 12)}`,
  };
}

const PARAMETER_COLUMNS: readonly Column[] = [
  { heading: HEADING.parameter, width: 24, kind: 'text' },
  { heading: HEADING.description, width: 46, kind: 'long' },
  { heading: HEADING.from, width: 12, kind: 'date' },
  { heading: HEADING.amount, width: 12, kind: 'euro' },
  { heading: HEADING.value, width: 22, kind: 'text' },
  { heading: HEADING.source, width: 58, kind: 'long' },
  { heading: HEADING.confidence, width: 30, kind: 'long' },
  { heading: HEADING.checkedOn, width: 12, kind: 'date' },
  { heading: HEADING.rules, width: 26, kind: 'long' },
];

/** Every amount and policy in force, with where it comes from. */
export async function writeParameters(book: OpenBook, document: WorkbookDocument, title: Text): Promise<void> {
  const rows = document.parameters.flatMap((parameter) => parameterRows(parameter, document.lang));
  const plan = new TablePlan(TEXT.sheets.parameters, PARAMETER_COLUMNS);
  for (const row of rows) plan.add(row);
  const writer = new TableWriter(book, titleBlock(document, title, TEXT.sheets.parameters), plan, { frozenColumns: 1 });
  for (const row of rows) await writer.add(row);
  writer.finish();
}

function parameterRows(parameter: WorkbookDocument['parameters'][number], lang: look.Lang): CellValue[][] {
  const values = parameter.values.length > 0 ? parameter.values : [undefined];
  return values.map((value) => [
    parameter.key,
    parameter.description[lang],
    value?.from === undefined ? null : day(value.from),
    value?.cents ?? null,
    value === undefined ? TEXT.noValue[lang] : value.cents === undefined ? valueInWords(value.value, lang) : null,
    parameter.source[lang],
    CONFIDENCE_TEXT[parameter.confidence]?.[lang] ?? parameter.confidence,
    parameter.checkedOn === undefined ? null : day(parameter.checkedOn),
    parameter.ruleIds.join(', '),
  ]);
}

/** A value as people write it; the names of policies stay as they stand in the configuration. */
function valueInWords(value: string, lang: look.Lang): string {
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  if (year !== undefined) return `${dayOfMonth}/${month}/${year}`;
  return VALUE_TEXT[value]?.[lang] ?? value;
}

const QUESTION_COLUMNS: readonly Column[] = [
  { heading: HEADING.questionNumber, width: 18, kind: 'year' },
  { heading: HEADING.question, width: 96, kind: 'long' },
  { heading: HEADING.keys, width: 48, kind: 'long' },
];

/** What VDAB finance still has to answer. */
export function writeQuestions(book: OpenBook, document: WorkbookDocument, title: Text): void {
  const { lang } = document;
  const name = TEXT.sheets.questions;
  const sheet = new Sheet(book, titleBlock(document, title, name), name[lang], QUESTION_COLUMNS, { plain: true });
  sheet.header({ rows: OPEN_QUESTIONS.length, totals: [] });
  for (const { number, text, keys } of OPEN_QUESTIONS) sheet.add([number, text[lang], keys.join(', ')]);
  sheet.finish();
}

/** Two amounts (in cents) or two counts that must be equal: a formula over the sheets, or a number of the database. */
export interface Check {
  readonly what: Text;
  readonly unit: 'euro' | 'count';
  readonly left: Formula | Cents;
  readonly right: Formula | Cents;
}

export const CHECK_COLUMNS: readonly Column[] = [
  { heading: HEADING.checkNumber, width: 19, kind: 'year' },
  { heading: HEADING.check, width: 78, kind: 'long' },
  { heading: HEADING.left, width: 18, kind: 'euro' },
  { heading: HEADING.right, width: 18, kind: 'euro' },
  { heading: HEADING.checkDifference, width: 14, kind: 'euro' },
  { heading: HEADING.verdict, width: 12, kind: 'verdict' },
];
const VERDICT_COLUMN = 5;

/** The control sheet: each check recomputes when the workbook does and turns green or red. */
export function writeChecks(book: OpenBook, document: HeadOfDocument, title: Text, checks: readonly Check[]): void {
  const { lang } = document;
  const verdict = (result: 'correct' | 'wrong') => TEXT[result][lang];
  const sheet = new Sheet(
    book,
    titleBlock(document, title, TEXT.sheets.checks),
    TEXT.sheets.checks[lang],
    CHECK_COLUMNS,
    {
      plain: true,
      formats: [
        { column: VERDICT_COLUMN, rule: cellIs(verdict('correct'), look.GOOD_FORMAT, 1) },
        { column: VERDICT_COLUMN, rule: cellIs(verdict('wrong'), look.BAD_FORMAT, 2) },
      ],
    },
  );
  sheet.header({ rows: checks.length, totals: [] });
  for (const [i, { what, unit, left, right }] of checks.entries()) {
    const difference = resultOf(left) - resultOf(right);
    sheet.add(
      [
        i + 1,
        what[lang],
        left,
        right,
        { formula: (row) => `C${row}-D${row}`, result: difference },
        {
          formula: (row) => `IF(ROUND(E${row},2)=0,"${verdict('correct')}","${verdict('wrong')}")`,
          result: verdict(difference === 0 ? 'correct' : 'wrong'),
        },
      ],
      ['year', 'long', unit, unit, unit, 'verdict'],
    );
  }
  sheet.finish();
}

function resultOf(side: Formula | Cents): number {
  return typeof side === 'number' ? side : Number(side.result);
}

function cellIs(text: string, style: Partial<Style>, priority: number): ConditionalFormattingRule {
  return { type: 'cellIs', operator: 'equal', formulae: [`"${text}"`], style, priority };
}

/** `SUM(...)` over a column of a table, all its parts. */
export function sumOf(plan: TablePlan, lang: look.Lang, column: number): Formula {
  return { formula: () => `SUM(${plan.ranges(lang, column).join(',')})`, result: plan.total(column) };
}

/** Number of filled cells of a column. */
export function countOf(plan: TablePlan, lang: look.Lang, column: number): Formula {
  return { formula: () => `COUNTA(${plan.ranges(lang, column).join(',')})`, result: plan.rows };
}

/** Cells with an error in a rectangle of columns; must be none. */
export function errorsIn(plans: readonly TablePlan[], lang: look.Lang): Formula {
  const areas = plans.flatMap((plan) => {
    const first = plan.ranges(lang, 0);
    const lastLetter = columnLetter(plan.columns.length - 1);
    return first.map((range) => range.replace(/\$A\$(\d+):\$A\$(\d+)$/, `$A$$$1:$${lastLetter}$$$2`));
  });
  return { formula: () => areas.map((area) => `SUMPRODUCT(--ISERROR(${area}))`).join('+'), result: 0 };
}

/** The sum of formulas, with the sum of their results. */
export function addUp(formulas: readonly Formula[]): Formula {
  return {
    formula: (row) => formulas.map(({ formula }) => formula(row)).join('+'),
    result: formulas.reduce((sum, { result }) => sum + Number(result), 0),
  };
}

/** A link as formula: hyperlink elements would each cost a relation, and exceljs writes them out of order. */
export function detailLink(detail: TablePlan, lang: look.Lang, rowFromZero: number): Formula {
  let rest = rowFromZero;
  let part = 0;
  while (part < detail.parts.length - 1 && rest >= detail.parts[part]!.rows) rest -= detail.parts[part++]!.rows;
  const target = `#'${detail.sheetName(lang, part)}'!A${FIRST_ROW + rest}`;
  const label = TEXT.toDetail[lang];
  return { formula: () => `HYPERLINK("${target}","${label}")`, result: label };
}

const EXPLANATION_COLUMNS: readonly Column[] = [
  { heading: HEADING.sheet, width: 32, kind: 'text' },
  { heading: HEADING.column, width: 26, kind: 'text' },
  { heading: HEADING.meaning, width: 100, kind: 'long' },
];

/** What every column of every sheet means, and the reasons in words. */
export function writeExplanation(
  book: OpenBook,
  document: WorkbookDocument,
  title: Text,
  tables: readonly { readonly name: Text; readonly columns: readonly Column[] }[],
): void {
  const { lang } = document;
  const name = TEXT.sheets.explanation;
  const sheet = new Sheet(book, titleBlock(document, title, name), name[lang], EXPLANATION_COLUMNS, { plain: true });
  sheet.header({ rows: 0, totals: [] });
  const all = [
    ...tables,
    { name: TEXT.sheets.parameters, columns: PARAMETER_COLUMNS },
    { name: TEXT.sheets.checks, columns: CHECK_COLUMNS },
  ];
  for (const table of all) {
    sheet.section(table.name[lang]);
    for (const { heading } of table.columns) {
      sheet.add([table.name[lang], heading.title[lang], heading.explain[lang]]);
    }
  }
  sheet.section(look.STATUSES.map((status) => TEXT.status[status][lang]).join(', '));
  for (const status of look.STATUSES) {
    sheet.add(['', TEXT.status[status][lang], TEXT.statusMeaning[status][lang]]);
  }
  sheet.section(HEADING.reason.title[lang]);
  for (const reason of REASONS) sheet.add(['', reason, REASON_TEXT[reason][lang]]);
  sheet.finish();
}
