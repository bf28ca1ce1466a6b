/** Ordinary and increased allowance: one line for each month, with a test for each contract in it. */
import {
  firstDayOf,
  formatDay,
  formatMonth,
  lastCompleteMonth,
  lastDayOf,
  monthOf,
  yearOf,
  type Month,
} from '../../calendar.js';
import { asksIncreased, MAXIMUM_INCREASED_GRANTS, partOfMonth } from '../../law/allowance.js';
import { contractsThatCount, isTransitional } from '../../law/contracts.js';
import type { Law } from '../../law/law.js';
import { formatEuro, type Cents } from '../../money.js';
import type { Art60Contract, TrajectoryFacts } from '../../records/facts.js';
import type { AmountBook } from './amounts.js';
import { decision, test, type DraftLine, type Setting } from './draft.js';
import type { ExplainedTest } from './explanation.js';
import { spanOf } from './facts-in-words.js';
import { centsOf, decideIncreased, decideOrdinary, type AllowanceKind } from './allowance-decisions.js';
import type { ExplainedAllowance } from './grants.js';
import { ref } from './records.js';

/** Lines of all months of all contracts that count, up to the evening. */
export function allowanceLines(
  facts: TrajectoryFacts,
  decided: readonly ExplainedAllowance[],
  amounts: AmountBook,
  setting: Setting,
): DraftLine[] {
  const lines: DraftLine[] = [];
  const byMonth = new Map<Month, ExplainedAllowance[]>();
  for (const each of decided) byMonth.set(each.decided.month, [...(byMonth.get(each.decided.month) ?? []), each]);
  for (const [month, parts] of byMonth) {
    lines.push(lineOf('ORD', month, parts, amounts, setting));
    const asking = parts.filter(({ contract }) => asksIncreased(contract.contract));
    if (asking.length > 0) lines.push(lineOf('INC', month, asking, amounts, setting));
  }
  for (const contract of contractsThatCount(facts)) {
    if (contract.hasNovaPrimaReference) continue;
    const last = Math.min(monthOf(contract.end), lastCompleteMonth(setting.asOf.today));
    for (let month = monthOf(contract.start); month <= last; month++) {
      if (!byMonth.has(month)) lines.push(withoutReference(contract, month));
    }
  }
  return withoutDoubles(lines);
}

/** Two contracts without a reference in one month give one line. */
function withoutDoubles(lines: readonly DraftLine[]): DraftLine[] {
  const byKey = new Map(lines.map((line) => [`${line.component}/${line.month}`, line]));
  return [...byKey.values()];
}

function withoutReference(contract: Art60Contract, month: Month): DraftLine {
  const fact = `${contract.employmentId} (${spanOf(contract)}) has no Nova Prima reference`;
  return {
    component: 'ORD',
    month,
    dueCents: 0,
    decision: decision(
      false,
      'R-A-2',
      'NO_NOVA_PRIMA',
      'no allowance was requested in Nova Prima',
      'er is geen toelage aangevraagd in Nova Prima',
    ),
    tests: [test('R-A-2', false, fact, ref('employment', contract.employmentId))],
    amount: undefined,
  };
}

function lineOf(
  kind: AllowanceKind,
  month: Month,
  parts: readonly ExplainedAllowance[],
  amounts: AmountBook,
  setting: Setting,
): DraftLine {
  const { law } = setting;
  const cents = parts.reduce((sum, part) => sum + centsOf(kind, part), 0);
  // The contract that decides: one that gives something, else the first.
  const deciding = parts.find((part) => centsOf(kind, part) > 0) ?? parts[0]!;
  const monthly = law.amount[kind]?.hasMonth(month) ? law.amount[kind].ofMonth(month) : undefined;
  return {
    component: kind,
    month,
    dueCents: cents,
    decision: kind === 'ORD' ? decideOrdinary(deciding, monthly, law) : decideIncreased(deciding, monthly),
    tests: parts.flatMap((part) => testsOf(kind, part, monthly, setting)),
    amount: cents > 0 && monthly !== undefined ? amounts.of(kind, lastDayOf(month), monthly) : undefined,
  };
}

function testsOf(
  kind: AllowanceKind,
  part: ExplainedAllowance,
  monthly: Cents | undefined,
  setting: Setting,
): ExplainedTest[] {
  const { law } = setting;
  const { contract } = part.contract;
  const about = ref('employment', contract.employmentId);
  const tests = [
    test('R-A-2', true, `${contract.employmentId} (${spanOf(contract)}) was requested in Nova Prima`, about),
  ];
  if (asksIncreased(contract)) tests.push(...increasedTests(kind, part, setting));
  if (centsOf(kind, part) > 0 && monthly !== undefined) tests.push(...partTests(kind, part, monthly, law));
  return tests;
}

function increasedTests(kind: AllowanceKind, part: ExplainedAllowance, { law, records }: Setting): ExplainedTest[] {
  const { contract, facts } = part.contract;
  const { month, rule } = part.decided;
  const about = ref('employment', contract.employmentId);
  const how = [contract.socialEconomy && 'social economy', contract.increasedRequested && 'increased_requested'];
  const tests = [test('R-I-1', true, `the increased allowance was asked: ${how.filter(Boolean).join(' and ')}`, about)];
  tests.push(test('R-I-2', rule !== 'R-I-2', grantsInWords(part, law)));
  if (rule === 'R-I-2' || part.budgetCents === undefined) return tests;
  const left = part.budgetCents - part.usedBeforeCents;
  const fact =
    `budget of OCMW ${facts.ocmwId} for ${yearOf(month)}: ${formatEuro(part.budgetCents)}, ` +
    `used before ${formatEuro(part.usedBeforeCents)}, left ${formatEuro(left)}`;
  const budgets = records.idsWhere('budget', ({ fields }) => fields['year'] === yearOf(month));
  tests.push(test('R-I-5', rule !== 'R-I-5', fact, ...budgets.map((id) => ref('budget', id))));
  if (kind === 'ORD' && rule === 'R-I-1' && law.incMode === 'REPLACE') {
    tests.push(test('R-INC-3', false, `that of the month is ${formatEuro(part.decided.increased)}`));
  }
  return tests;
}

function grantsInWords({ grantsBefore, firstGrant, decided }: ExplainedAllowance, law: Law): string {
  if (law.incCountUnit === 'CALENDAR_SPAN' && firstGrant !== undefined) {
    return (
      `first granted for ${formatMonth(firstGrant)}; ${formatMonth(decided.month)} is month ` +
      `${decided.month - firstGrant + 1} from there, at most ${MAXIMUM_INCREASED_GRANTS}`
    );
  }
  return `granted ${grantsBefore} times before, at most ${MAXIMUM_INCREASED_GRANTS}`;
}

/** R-A-5: the days of a month in which the contract does not run as a whole. */
function partTests(kind: AllowanceKind, part: ExplainedAllowance, monthly: Cents, law: Law): ExplainedTest[] {
  const { month } = part.decided;
  const { contract, facts } = part.contract;
  const first = firstDayOf(month);
  const last = lastDayOf(month);
  const paidFrom = isTransitional(contract.start, contract.end, facts.start) ? facts.start : contract.start;
  const from = Math.max(first, paidFrom);
  const until = Math.min(last, contract.end);
  const earned = partOfMonth(monthly, part.contract, month, law);
  const given = centsOf(kind, part);
  const tests: ExplainedTest[] = [];
  if (from !== first || until !== last) {
    const days = `${until - from + 1} of ${last - first + 1} days (${formatDay(from)} to ${formatDay(until)})`;
    const fact = `${days} of ${formatEuro(monthly)}: ${formatEuro(earned)} (allow.partial_month = ${law.allowPartialMonth})`;
    tests.push(test('R-A-5', true, fact, ref('employment', contract.employmentId)));
  }
  if (given !== earned) tests.push(test('R-INC-5', true, `cut to what was left of the budget: ${formatEuro(given)}`));
  return tests;
}
