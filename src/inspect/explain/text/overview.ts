/** All months of a trajectory on a screen: what is due and why, then ledger, batches, records, amounts and rules. */
import { REASON_TEXT } from '../../../exports/workbook/texts.js';
import { COMPONENTS, REASONS } from '../../../law/codes.js';
import { formatEuro } from '../../../money.js';
import type { ExplainedLine, ExplainedRecord, Explanation } from '../explanation.js';
import { batchTexts } from './batches.js';
import { factOf, groupEntries, groupLines, type LineGroup } from './groups.js';
import { headLines, titleOf } from './head.js';
import { originOf, ruleColumn, testLines } from './parts.js';
import { period, signed, type Page } from './layout.js';
import { totalTexts } from './totals.js';

/** The explanation as lines. With `tests` every group shows the tests of its first month. */
export function overview(page: Page, explanation: Explanation, tests: boolean): string[] {
  return [
    ...headLines(page, explanation),
    '',
    ...dueLines(page, explanation, tests),
    ...section('Ledger', ledgerLines(page, explanation)),
    ...section('Batches', batchTexts(page, explanation.batchLines, explanation.batchParts)),
    ...section('Paid outside this program (opening balance)', openingLines(page, explanation)),
    ...section('Records', recordLines(page, explanation)),
    ...section('Amounts', amountLines(page, explanation)),
    ...section('Reasons', reasonLines(page, explanation)),
    ...section('Rules', ruleLines(page, explanation)),
    '',
    ...page.under(
      '',
      `One month in full: twe explain ${explanation.weoId} --month YYYY-MM; everything as data: --json`,
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function dueLines(page: Page, { lines, totals, timely, statusTest }: Explanation, tests: boolean): string[] {
  if (lines.length === 0) {
    return page.under('', 'Nothing is due and nothing ever was: no month and no measurement to explain.');
  }
  const above = new Map([
    [timely.fact.en, 'deadline'],
    [statusTest.fact.en, 'status'],
  ]);
  const widths = widthsOf(lines);
  const shown = totals.flatMap(({ component, dueCents }) => [
    page.withAmount(`${component.padEnd(3)}  ${titleOf(component)}`, dueCents),
    ...groupLines(lines.filter((line) => line.component === component)).flatMap((group) =>
      groupText(page, group, widths, above, tests),
    ),
  ]);
  return [...shown, ...totalTexts(page, lines)];
}

interface Widths {
  readonly amount: number;
  readonly rule: number;
}

/** Columns as wide as what stands in them, the same in every component. */
function widthsOf(lines: readonly ExplainedLine[]): Widths {
  const amounts = groupLines(lines).map((group) => amountOf(group).length);
  return { amount: Math.max(12, ...amounts), rule: ruleColumn(lines.map(({ rule }) => rule)) };
}

function amountOf({ first, months }: LineGroup): string {
  if (first.dueCents === 0) return 'nothing';
  return `${months === 1 ? '' : `${months} x `}${formatEuro(first.dueCents)}`;
}

function groupText(
  page: Page,
  group: LineGroup,
  widths: Widths,
  above: ReadonlyMap<string, string>,
  tests: boolean,
): string[] {
  const { first, last, months, sameFact } = group;
  const amount = amountOf(group).padEnd(widths.amount);
  const head = `  ${period(first.month, last.month).padEnd(18)}  ${amount}  ${first.rule.padEnd(widths.rule)} `;
  const fact = factOf(first)?.fact.en;
  const behind = fact === undefined ? '' : behindIt(fact, above.get(fact), sameFact ? 1 : months);
  return [...page.under(head, `${first.text.en}${behind}`), ...(tests ? testLines(page, first.tests, undefined) : [])];
}

/** The fact behind a decision; one that stands in the head is not told again. */
function behindIt(fact: string, above: string | undefined, months: number): string {
  if (above !== undefined) return ` (${above} above)`;
  return `: ${fact}${months === 1 ? '' : ` (first of ${months})`}`;
}

function ledgerLines(page: Page, { ledger }: Explanation): string[] {
  return groupEntries(ledger).flatMap(({ first, last, entries }) => {
    const runs = entries === 1 ? first.runId : `${entries} entries, ${first.runId} to ${last.runId}`;
    const each = first.firstMonth === last.lastMonth ? '' : ' each';
    const head = `  ${first.component.padEnd(3)}  ${period(first.firstMonth, last.lastMonth).padEnd(18)}  `;
    return page.under(head, `${signed(first.cents)}${each}  ${first.rule} ${first.reason}, ${runs}`);
  });
}

function openingLines(page: Page, { records, asked }: Explanation): string[] {
  const present = records
    .filter(({ kind }) => kind === 'payment')
    .map(({ versions }) => versions.at(-1)!)
    .filter(({ withdrawn, fields }) => !withdrawn && fields['reference'] === undefined)
    .filter(({ fields }) => asked.component === null || fields['component'] === asked.component);
  return COMPONENTS.flatMap((component) => {
    const own = present.filter(({ fields }) => fields['component'] === component);
    if (own.length === 0) return [];
    const months = own.map(({ fields }) => String(fields['month'])).sort();
    const sum = own.reduce((total, { fields }) => total + Number(fields['cents']), 0);
    const lines = own.length === 1 ? 'one line' : `${own.length} lines`;
    return page.under(
      `  ${component.padEnd(3)}  `,
      `${signed(sum)} in ${lines} for ${period(months[0]!, months.at(-1)!)}`,
    );
  });
}

function recordLines(page: Page, { records, lines, status, statusTest, timely }: Explanation): string[] {
  const head = status === 'COUNTS' ? timely : statusTest;
  const used = new Set([head, ...lines.flatMap((line) => line.tests)].flatMap((each) => each.records));
  return records
    .filter(({ ref }) => used.has(ref))
    .flatMap((record) => page.under(`  ${record.kind.padEnd(10)} `, placeOf(record)));
}

function placeOf({ id, versions }: ExplainedRecord): string {
  const present = versions.at(-1)!;
  const before = versions.length === 1 ? '' : `, version ${versions.length}`;
  const gone = present.withdrawn ? ', WITHDRAWN' : '';
  return `${id}: ${present.file} ${present.delivery} line ${present.line}, registered ${present.registeredOn}${before}${gone}`;
}

function amountLines(page: Page, { lines }: Explanation): string[] {
  const values = new Map<string, string[]>();
  for (const { amount } of lines) {
    if (amount === null) continue;
    const origin = originOf(amount);
    const value = `${amount.key} ${formatEuro(amount.cents)}`;
    const known = values.get(origin) ?? [];
    if (!known.includes(value)) values.set(origin, [...known, value]);
  }
  return [...values].flatMap(([origin, own]) => page.under('  ', `${own.join(', ')}${origin}`));
}

function ruleLines(page: Page, { lines, rules }: Explanation): string[] {
  const decided = [...new Set(lines.map((line) => line.rule))].sort();
  return decided.flatMap((id) =>
    page.under(`  ${id.padEnd(10)}  `, `${rules[id]!.text.nl} [${rules[id]!.confidence}]`),
  );
}

/** What the codes of ledger and batches say, in the words of the documents. */
function reasonLines(page: Page, { ledger, batchLines }: Explanation): string[] {
  const named = new Set([...ledger, ...batchLines].map(({ reason }) => reason));
  return REASONS.filter((reason) => named.has(reason)).flatMap((reason) =>
    page.under(`  ${reason}  `, `${REASON_TEXT[reason].en} (${REASON_TEXT[reason].nl})`, 23),
  );
}
