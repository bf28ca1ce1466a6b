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
  const requested = `${contract.employmentId} (${spanOf(contract)}) was requested in Nova Prima`;
  return [
    test('R-A-2', true, requested, ref('employment', contract.employmentId)),
    howItWasAsked(contract),
    ...(asksIncreased(contract) ? increasedTests(part, setting) : []),
    ...(kind === 'ORD' ? besideIncreased(part, law) : []),
    ...amountTests(kind, part, monthly, law),
  ].filter((each) => each !== undefined);
}

/** R-I-1 and R-I-4, also when only one of the two was there. */
function howItWasAsked(contract: Art60Contract): ExplainedTest | undefined {
  const { socialEconomy, increasedRequested, employmentId } = contract;
  if (!socialEconomy && !increasedRequested) return undefined;
  const flags = `social_economy ${socialEconomy}, increased_requested ${increasedRequested}`;
  const asks = asksIncreased(contract) ? 'the increased allowance is asked' : 'the increased allowance is not asked';
  return test('R-I-1', true, `${asks}: ${flags}`, ref('employment', employmentId));
}

/** The grant and the budget, in the order in which the law looks at them. */
function increasedTests(part: ExplainedAllowance, { law, records }: Setting): ExplainedTest[] {
  const { month, rule } = part.decided;
  const grants = test('R-I-2', rule !== 'R-I-2', grantsInWords(part, law));
  if (rule === 'R-I-2' || part.budgetCents === undefined) return [grants];
  const left = part.budgetCents - part.usedBeforeCents;
  const fact =
    `budget of OCMW ${part.contract.facts.ocmwId} for ${yearOf(month)}: ${formatEuro(part.budgetCents)}, ` +
    `used before ${formatEuro(part.usedBeforeCents)}, left ${formatEuro(left)}`;
  const budgets = records.idsWhere('budget', ({ fields }) => fields['year'] === yearOf(month));
  return [grants, test('R-I-5', rule !== 'R-I-5', fact, ...budgets.map((id) => ref('budget', id)))];
}

/** What a granted month does to the ordinary allowance. */
function besideIncreased({ decided }: ExplainedAllowance, law: Law): ExplainedTest[] {
  if (decided.ordinary > 0 || decided.increased === 0) return [];
  const granted = `the increased allowance of the month is ${formatEuro(decided.increased)}`;
  return law.incMode === 'REPLACE'
    ? [test('R-INC-3', false, `${granted} (inc.mode = REPLACE)`)]
    : [test('R-INC-5', false, `${granted}, cut to what was left (inc.partial = true)`)];
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

/** The amount that is missing, or the part of it that the contract earns: R-A-3, R-I-8, R-A-5. */
function amountTests(
  kind: AllowanceKind,
  part: ExplainedAllowance,
  monthly: Cents | undefined,
  law: Law,
): ExplainedTest[] {
  const { decided } = part;
  const given = centsOf(kind, part);
  // Nothing of the amount was asked for: grants, budget or the other allowance decided.
  if (given === 0 && (decided.ordinary > 0 || decided.increased > 0)) return [];
  const unknown = (key: AllowanceKind) =>
    test(key === 'ORD' ? 'R-A-3' : 'R-I-8', false, `amount.${key} has no value for ${formatMonth(decided.month)}`);
  if (monthly === undefined) return [unknown(kind)];
  if (given === 0 && decided.rule === 'R-I-1' && kind === 'ORD') return [unknown('INC')];
  const earned = partOfMonth(monthly, part.contract, decided.month, law);
  const days = daysTest(part, monthly, earned, law);
  const cut = `cut to what was left of the budget: ${formatEuro(given)}`;
  return [...days, ...(given > 0 && given !== earned ? [test('R-INC-5', true, cut)] : [])];
}

/** R-A-5: the days of a month in which the contract does not run as a whole. */
function daysTest({ decided, contract: own }: ExplainedAllowance, monthly: Cents, earned: Cents, law: Law) {
  const { contract, facts } = own;
  const first = firstDayOf(decided.month);
  const last = lastDayOf(decided.month);
  const paidFrom = isTransitional(contract.start, contract.end, facts.start) ? facts.start : contract.start;
  const from = Math.max(first, paidFrom);
  const until = Math.min(last, contract.end);
  if (from === first && until === last) return [];
  const days = `${until - from + 1} of ${last - first + 1} days (${formatDay(from)} to ${formatDay(until)})`;
  const fact = `${days} of ${formatEuro(monthly)}: ${formatEuro(earned)} (allow.partial_month = ${law.allowPartialMonth})`;
  return [test('R-A-5', earned > 0, fact, ref('employment', contract.employmentId))];
}
