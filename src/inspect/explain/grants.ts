/**
 * The increased allowance as the whole group got it: which grant a month is, and what of the budget was left. Read off
 * the months that the law decided for everyone who shares the budget, in the order in which it uses it.
 */
import { yearOf, type Month } from '../../calendar.js';
import {
  allowanceContracts,
  allowances,
  asksIncreased,
  type AllowanceContract,
  type AllowanceMonth,
} from '../../law/allowance.js';
import { statusOf } from '../../law/status.js';
import type { Law } from '../../law/law.js';
import type { Cents } from '../../money.js';
import type { Gathered } from './gather.js';

/** One month of one contract, with what the rules of grants and budget looked at. */
export interface ExplainedAllowance {
  readonly contract: AllowanceContract;
  readonly decided: AllowanceMonth;
  /** Months granted before in its scope (`inc.scope`). */
  readonly grantsBefore: number;
  /** First month granted in its scope, this one included; undefined before the first. */
  readonly firstGrant: Month | undefined;
  /** Budget of the OCMW for the year; undefined: no limit. */
  readonly budgetCents: Cents | undefined;
  /** What others, and earlier months, had used of it. */
  readonly usedBeforeCents: Cents;
}

/** The allowance months of the trajectory itself, in the order of the budget. */
export function explainedAllowances({ computed, group, budgetOf, night }: Gathered, law: Law): ExplainedAllowance[] {
  const { weoId } = computed.streamed.facts;
  const contracts = group
    .filter(({ facts }) => statusOf(facts) === 'COUNTS')
    .map(({ facts, personId }) => allowanceContracts(facts, personId, night.today))
    .filter((own) => group.length === 1 || own.some(({ contract }) => asksIncreased(contract)))
    .flat();
  const decided = allowances(contracts, budgetOf, law);
  const inOrder = contracts
    .flatMap((contract, index) => decided[index]!.map((month) => ({ contract, decided: month })))
    .sort(inOrderOfBudget);
  const book = new Walk(law);
  return inOrder
    .map(({ contract, decided: month }) =>
      book.take(contract, month, budgetOf(contract.facts.ocmwId, yearOf(month.month))),
    )
    .filter(({ contract }) => contract.facts.weoId === weoId);
}

type Decided = Pick<ExplainedAllowance, 'contract' | 'decided'>;

/** Rulebook 3.5: in order of month, then employment start, then employment id. */
function inOrderOfBudget(a: Decided, b: Decided): number {
  return (
    a.decided.month - b.decided.month ||
    a.contract.contract.start - b.contract.contract.start ||
    (a.contract.contract.employmentId < b.contract.contract.employmentId ? -1 : 1)
  );
}

class Walk {
  private readonly granted = new Map<string, Set<Month>>();
  private readonly used = new Map<string, Cents>();

  constructor(private readonly law: Law) {}

  take(contract: AllowanceContract, decided: AllowanceMonth, budgetCents: Cents | undefined): ExplainedAllowance {
    const scope = this.granted.get(this.scopeOf(contract)) ?? new Set<Month>();
    this.granted.set(this.scopeOf(contract), scope);
    const budget = `${contract.facts.ocmwId}/${yearOf(decided.month)}`;
    const usedBeforeCents = this.used.get(budget) ?? 0;
    const grantsBefore = scope.size - (scope.has(decided.month) ? 1 : 0);
    if (decided.rule === 'R-I-1') {
      scope.add(decided.month);
      this.used.set(budget, usedBeforeCents + decided.increased);
    }
    const firstGrant = scope.size === 0 ? undefined : Math.min(...scope);
    return { contract, decided, grantsBefore, firstGrant, budgetCents, usedBeforeCents };
  }

  private scopeOf({ facts, contract, personId }: AllowanceContract): string {
    switch (this.law.incScope) {
      case 'TRAJECTORY':
        return facts.weoId;
      case 'CONTRACT':
        return contract.employmentId;
      case 'PERSON':
        return personId;
    }
  }
}
