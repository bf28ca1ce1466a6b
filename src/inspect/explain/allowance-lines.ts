/** Ordinary and increased allowance: one line for each month, with the tests of each contract in it. */
import { lastCompleteMonth, lastDayOf, monthOf, type Month } from '../../calendar.js';
import { asksIncreased } from '../../law/allowance.js';
import type { AllowanceVerdict } from '../../law/allowance-verdicts.js';
import { contractsThatCount } from '../../law/contracts.js';
import type { Cents } from '../../money.js';
import type { Art60Contract, TrajectoryFacts } from '../../records/facts.js';
import { allowanceTests, type AllowanceKind } from './allowance-tests.js';
import type { AmountBook } from './amounts.js';
import { denial, test, type DraftLine, type Setting } from './draft.js';
import type { ExplainedAllowance } from './grants.js';
import { ref } from './records.js';
import { told } from './telling.js';

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

const NOT_REQUESTED = denial(
  'R-A-2',
  'NO_NOVA_PRIMA',
  'no allowance was requested in Nova Prima',
  'er is geen toelage aangevraagd in Nova Prima',
);

function withoutReference(contract: Art60Contract, month: Month): DraftLine {
  const fact = told(({ t, span }) =>
    t(
      `${contract.employmentId} (${span(contract)}) has no Nova Prima reference`,
      `${contract.employmentId} (${span(contract)}) heeft geen referentie van Nova Prima`,
    ),
  );
  return {
    component: 'ORD',
    month,
    dueCents: 0,
    decision: NOT_REQUESTED,
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
  const deciding = parts.find((part) => verdictOf(kind, part).due) ?? parts[0]!;
  const monthly = law.amount[kind]?.hasMonth(month) ? law.amount[kind].ofMonth(month) : undefined;
  return {
    component: kind,
    month,
    dueCents: cents,
    decision: verdictOf(kind, deciding),
    tests: parts.flatMap((part) => allowanceTests(kind, part, verdictOf(kind, part), monthly, setting)),
    amount: cents > 0 && monthly !== undefined ? amounts.of(kind, lastDayOf(month), monthly) : undefined,
  };
}

function verdictOf(kind: AllowanceKind, { decided }: ExplainedAllowance): AllowanceVerdict {
  return kind === 'ORD' ? decided.ordinaryBy : decided.increasedBy;
}

function centsOf(kind: AllowanceKind, { decided }: ExplainedAllowance): Cents {
  return kind === 'ORD' ? decided.ordinary : decided.increased;
}
