/** All months of a trajectory on a screen: what is due and why, then ledger, batches, records, amounts and rules. */
import { COMPONENTS, type Component } from '../../../law/codes.js';
import { formatEuro } from '../../../money.js';
import type { ExplainedBatchLine, ExplainedRecord, Explanation } from '../explanation.js';
import { factOf, groupEntries, groupLines, type LineGroup } from './groups.js';
import { headLines, titleOf } from './head.js';
import { originOf, testLines } from './parts.js';
import { period, signed, under, withAmount } from './layout.js';

/** The explanation as lines of at most 100 columns. With `tests` every group shows the tests of its first month. */
export function overview(explanation: Explanation, tests: boolean): string[] {
  return [
    ...headLines(explanation),
    '',
    ...dueLines(explanation, tests),
    ...section('Ledger', ledgerLines(explanation)),
    ...section('Batches', batchLines(explanation)),
    ...section('Paid outside this program (opening balance)', openingLines(explanation)),
    ...section('Records', recordLines(explanation)),
    ...section('Amounts', amountLines(explanation)),
    ...section('Rules', ruleLines(explanation)),
    '',
    `One month in full: twe explain ${explanation.weoId} --month YYYY-MM; everything as data: --json`,
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function dueLines({ lines, totals, timely, statusTest }: Explanation, tests: boolean): string[] {
  if (lines.length === 0) return ['Nothing is due and nothing ever was: no month and no measurement to explain.'];
  const above = new Map([
    [timely.fact, 'deadline'],
    [statusTest.fact, 'status'],
  ]);
  const shown = totals.flatMap(({ component, dueCents }) => [
    withAmount(`${component.padEnd(3)}  ${titleOf(component)}`, dueCents),
    ...groupLines(lines.filter((line) => line.component === component)).flatMap((group) =>
      groupText(group, above, tests),
    ),
  ]);
  const due = lines.reduce((sum, line) => sum + line.dueCents, 0);
  const posted = lines.reduce((sum, line) => sum + line.ledgerCents, 0);
  return [...shown, withAmount('Total due', due), withAmount('In the ledger', posted)];
}

function groupText(group: LineGroup, above: ReadonlyMap<string, string>, tests: boolean): string[] {
  const { first, last, months, sameFact } = group;
  const amount =
    first.dueCents === 0 ? 'nothing' : `${months === 1 ? '' : `${months} x `}${formatEuro(first.dueCents)}`;
  const head = `  ${period(first.month, last.month).padEnd(18)}  ${amount.padEnd(12)}  ${first.rule.padEnd(8)} `;
  const fact = factOf(first)?.fact;
  const behind = fact === undefined ? '' : behindIt(fact, above.get(fact), sameFact ? 1 : months);
  return [...under(head, `${first.text.en}${behind}`), ...(tests ? testLines(first.tests, undefined) : [])];
}

/** The fact behind a decision; one that stands in the head is not told again. */
function behindIt(fact: string, above: string | undefined, months: number): string {
  if (above !== undefined) return ` (${above} above)`;
  return `: ${fact}${months === 1 ? '' : ` (first of ${months})`}`;
}

function ledgerLines({ ledger }: Explanation): string[] {
  return groupEntries(ledger).flatMap(({ first, last, entries }) => {
    const runs = entries === 1 ? first.runId : `${entries} entries, ${first.runId} to ${last.runId}`;
    const each = first.firstMonth === last.lastMonth ? '' : ' each';
    const head = `  ${first.component.padEnd(3)}  ${period(first.firstMonth, last.lastMonth).padEnd(18)}  `;
    return under(head, `${signed(first.cents)}${each}  ${first.rule} ${first.reason}, ${runs}`);
  });
}

function batchLines({ batchLines: lines }: Explanation): string[] {
  const groups = new Map<string, ExplainedBatchLine[]>();
  for (const line of lines) {
    const key = `${line.batchId} ${line.kind} ${line.reason} ${line.ocmwId}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((group) => {
    const { batchId, kind, state, reason } = group[0]!;
    const sums = COMPONENTS.flatMap((component) => sumOf(group, component));
    const total = group.reduce((sum, line) => sum + line.cents, 0);
    return under(`  ${batchId}  `, `${kind} ${reason} ${state}: ${sums.join(', ')} = ${signed(total)}`);
  });
}

function sumOf(lines: readonly ExplainedBatchLine[], component: Component): string[] {
  const own = lines.filter((line) => line.component === component);
  if (own.length === 0) return [];
  return [`${component} ${signed(own.reduce((sum, line) => sum + line.cents, 0))}`];
}

function openingLines({ records, asked }: Explanation): string[] {
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
    return under(`  ${component.padEnd(3)}  `, `${signed(sum)} in ${lines} for ${period(months[0]!, months.at(-1)!)}`);
  });
}

function recordLines({ records, lines, status, statusTest, timely }: Explanation): string[] {
  const head = status === 'COUNTS' ? timely : statusTest;
  const used = new Set([head, ...lines.flatMap((line) => line.tests)].flatMap((each) => each.records));
  return records
    .filter(({ ref }) => used.has(ref))
    .flatMap((record) => under(`  ${record.kind.padEnd(10)} `, placeOf(record)));
}

function placeOf({ id, versions }: ExplainedRecord): string {
  const present = versions.at(-1)!;
  const before = versions.length === 1 ? '' : `, version ${versions.length}`;
  const gone = present.withdrawn ? ', WITHDRAWN' : '';
  return `${id}: ${present.file} ${present.delivery} line ${present.line}, registered ${present.registeredOn}${before}${gone}`;
}

function amountLines({ lines }: Explanation): string[] {
  const values = new Map<string, string[]>();
  for (const { amount } of lines) {
    if (amount === null) continue;
    const origin = originOf(amount);
    const value = `${amount.key} ${formatEuro(amount.cents)}`;
    const known = values.get(origin) ?? [];
    if (!known.includes(value)) values.set(origin, [...known, value]);
  }
  return [...values].flatMap(([origin, own]) => under('  ', `${own.join(', ')}${origin}`));
}

function ruleLines({ lines, rules }: Explanation): string[] {
  const decided = [...new Set(lines.map((line) => line.rule))].sort();
  return decided.flatMap((id) => under(`  ${id.padEnd(10)}  `, `${rules[id]!.text.en} [${rules[id]!.confidence}]`));
}
