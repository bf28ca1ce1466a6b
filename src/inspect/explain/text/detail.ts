/** One month in full: rule, tests with their facts and records, amount with source, ledger entries, batch lines. */
import { formatEuro } from '../../../money.js';
import type {
  ExplainedBatchLine,
  ExplainedBatchPart,
  ExplainedEntry,
  ExplainedLine,
  ExplainedRecord,
  Explanation,
} from '../explanation.js';
import { headLines, titleOf } from './head.js';
import { claimTexts, STATE } from './batches.js';
import { period, signed, type Page } from './layout.js';
import { amountText, placeOf, ruleColumn, testLines } from './parts.js';

/** The explanation of one month as lines. */
export function detail(page: Page, explanation: Explanation): string[] {
  const { lines, asked, records } = explanation;
  const byRef = new Map(records.map((record) => [record.ref, record]));
  const used = new Set(lines.flatMap((line) => line.tests.flatMap((each) => each.records)));
  const what = asked.component === null ? '' : ` of ${asked.component}`;
  return [
    ...headLines(page, explanation),
    ...(lines.length === 0
      ? ['', ...page.under('', `Nothing${what} falls in ${asked.month}: there is nothing to explain.`)]
      : []),
    ...lines.flatMap((line) => ['', ...lineText(page, line, explanation, byRef)]),
    ...(used.size === 0 ? [] : ['', 'Records, every version in order']),
    ...records.filter(({ ref }) => used.has(ref)).flatMap((record) => recordText(page, record)),
  ];
}

function lineText(
  page: Page,
  line: ExplainedLine,
  explanation: Explanation,
  byRef: ReadonlyMap<string, ExplainedRecord>,
): string[] {
  const { component, month, dueCents, rule, text, tests, amount } = line;
  const { rules, ledger, batchLines, batchParts } = explanation;
  const { text: ruleText, source, confidence } = rules[rule]!;
  const due = dueCents === 0 ? 'nothing due' : `${formatEuro(dueCents)} due`;
  const booked = batchLines.filter((each) => each.component === component && each.month === month);
  return [
    ...page.under(`${component.padEnd(3)}  `, `${month}  ${titleOf(component)}: ${due}, ${text.en}`),
    ...page.under(
      `  rule    ${rule.padEnd(ruleColumn([rule, ...tests.map((each) => each.rule)]))}  `,
      `${ruleText.nl} ${source.nl} [${confidence}]`,
    ),
    ...testLines(page, tests, byRef),
    ...(amount === null ? [] : page.under(`  amount  ${amount.key}  `, amountText(amount))),
    ...ledger.filter((entry) => covers(entry, line)).flatMap((entry) => entryText(page, entry)),
    ...booked.flatMap((each) => bookedText(page, each, batchParts)),
  ];
}

function covers(entry: ExplainedEntry, { component, month }: ExplainedLine): boolean {
  return entry.component === component && entry.firstMonth <= month && month <= entry.lastMonth;
}

function entryText(page: Page, entry: ExplainedEntry): string[] {
  const { entryNo, runId, firstMonth, lastMonth, cents, rule, reason, ocmwId } = entry;
  const months = firstMonth === lastMonth ? '' : ` (one of ${period(firstMonth, lastMonth)})`;
  return page.under(
    '  ledger  ',
    `${signed(cents)} entry ${entryNo} of ${runId} for OCMW ${ocmwId}: ${rule} ${reason}${months}`,
  );
}

function bookedText(page: Page, line: ExplainedBatchLine, parts: readonly ExplainedBatchPart[]): string[] {
  const { batchId, ocmwId, kind, state, dueCents, beforeCents, cents, reason } = line;
  const sum = `due ${formatEuro(dueCents)}, before ${formatEuro(beforeCents)}, line ${signed(cents)}`;
  const part = parts.find((each) => each.batchId === batchId && each.ocmwId === ocmwId)!;
  const claims = claimTexts(part, state).flatMap((text) => page.under('          ', text));
  return [
    ...page.under('  batch   ', `${batchId} ${kind} for OCMW ${ocmwId}: ${sum}, ${reason}, ${STATE[state]}`),
    ...claims,
  ];
}

function recordText(page: Page, { kind, id, versions }: ExplainedRecord): string[] {
  return [
    ...page.under(`  ${kind} `, id),
    ...versions.flatMap((version) => {
      const fields = Object.entries(version.fields).map(([name, value]) => `${name} ${value}`);
      const gone = version.withdrawn ? 'WITHDRAWN; ' : '';
      return page.under(
        `    ${placeOf(version)}`,
        `registered ${version.registeredOn}: ${gone}${fields.join(', ')}`,
        6,
      );
    }),
  ];
}
