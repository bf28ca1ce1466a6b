/** One month in full: rule, tests with their facts and records, amount with source, ledger entries, batch lines. */
import { formatEuro } from '../../../money.js';
import type {
  ExplainedBatchLine,
  ExplainedEntry,
  ExplainedLine,
  ExplainedRecord,
  Explanation,
} from '../explanation.js';
import { headLines, titleOf } from './head.js';
import { period, signed, under } from './layout.js';
import { amountText, placeOf, testLines } from './parts.js';

/** The explanation of one month as lines of at most 100 columns. */
export function detail(explanation: Explanation): string[] {
  const { lines, asked, records } = explanation;
  const byRef = new Map(records.map((record) => [record.ref, record]));
  const used = new Set(lines.flatMap((line) => line.tests.flatMap((each) => each.records)));
  const what = asked.component === null ? '' : ` of ${asked.component}`;
  return [
    ...headLines(explanation),
    ...(lines.length === 0 ? ['', `Nothing${what} falls in ${asked.month}: there is nothing to explain.`] : []),
    ...lines.flatMap((line) => ['', ...lineText(line, explanation, byRef)]),
    ...(used.size === 0 ? [] : ['', 'Records, every version in order']),
    ...records.filter(({ ref }) => used.has(ref)).flatMap(recordText),
  ];
}

function lineText(
  line: ExplainedLine,
  explanation: Explanation,
  byRef: ReadonlyMap<string, ExplainedRecord>,
): string[] {
  const { component, month, dueCents, rule, text, tests, amount } = line;
  const { rules, ledger, batchLines } = explanation;
  const { text: ruleText, source, confidence } = rules[rule]!;
  const due = dueCents === 0 ? 'nothing due' : `${formatEuro(dueCents)} due`;
  const booked = batchLines.filter((each) => each.component === component && each.month === month);
  return [
    ...under(`${component.padEnd(3)}  `, `${month}  ${titleOf(component)}: ${due}, ${text.en}`),
    ...under(`  rule    ${rule.padEnd(8)}  `, `${ruleText.en} ${source.en} [${confidence}]`),
    ...testLines(tests, byRef),
    ...(amount === null ? [] : under(`  amount  ${amount.key}  `, amountText(amount))),
    ...ledger.filter((entry) => covers(entry, line)).flatMap(entryText),
    ...booked.flatMap(bookedText),
  ];
}

function covers(entry: ExplainedEntry, { component, month }: ExplainedLine): boolean {
  return entry.component === component && entry.firstMonth <= month && month <= entry.lastMonth;
}

function entryText({ entryNo, runId, firstMonth, lastMonth, cents, rule, reason, ocmwId }: ExplainedEntry): string[] {
  const months = firstMonth === lastMonth ? '' : ` (one of ${period(firstMonth, lastMonth)})`;
  return under(
    '  ledger  ',
    `${signed(cents)} entry ${entryNo} of ${runId} for OCMW ${ocmwId}: ${rule} ${reason}${months}`,
  );
}

function bookedText({ batchId, kind, state, dueCents, beforeCents, cents, reason }: ExplainedBatchLine): string[] {
  const sum = `due ${formatEuro(dueCents)}, before ${formatEuro(beforeCents)}, line ${signed(cents)}`;
  return under('  batch   ', `${batchId} ${kind}: ${sum}, ${reason}, ${state}`);
}

function recordText({ kind, id, versions }: ExplainedRecord): string[] {
  return [
    `  ${kind} ${id}`,
    ...versions.flatMap((version) => {
      const fields = Object.entries(version.fields).map(([name, value]) => `${name} ${value}`);
      const gone = version.withdrawn ? 'WITHDRAWN; ' : '';
      return under(`    ${placeOf(version)}  `, `registered ${version.registeredOn}: ${gone}${fields.join(', ')}`);
    }),
  ];
}
