/**
 * Wage allowances (toelagen), per art. 60 contract and month: ordinary by R-A-1 to R-A-5, increased by R-I-1 to R-I-8,
 * rulebook 3.5 and 15.5. They depend on the contract and its Nova Prima reference alone.
 */
import { firstDayOf, lastCompleteMonth, lastDayOf, monthOf, yearOf, type Day, type Month } from '../calendar.js';
import { proRata, type Cents } from '../money.js';
import type { Art60Contract, TrajectoryFacts } from '../records/facts.js';
import { contractsThatCount, isTransitional } from './contracts.js';
import type { Law } from './law.js';

/** R-I-2: the increased allowance is granted at most 12 times. */
export const MAXIMUM_INCREASED_GRANTS = 12;

/** A contract that gives a right to an allowance, with the trajectory it belongs to. */
export interface AllowanceContract {
  readonly facts: TrajectoryFacts;
  readonly contract: Art60Contract;
  /** Client, for `inc.scope = PERSON`. */
  readonly personId: string;
  readonly firstMonth: Month;
  /** Last month that is complete on the day of computation. */
  readonly lastMonth: Month;
}

/** One month of one contract: what is due in cents. `rule` of INC: R-I-1 granted, R-I-2 used up, R-I-5 no budget left. */
export interface AllowanceMonth {
  readonly month: Month;
  readonly ordinary: Cents;
  readonly increased: Cents;
  readonly rule: 'R-A-1' | 'R-I-1' | 'R-I-2' | 'R-I-5';
}

/** Budget for the increased allowance of an OCMW in a year, in cents; undefined: no limit (rulebook 15.5, R-I-5). */
export type BudgetOf = (ocmwId: string, year: number) => Cents | undefined;

/** R-A-2: the contracts of a trajectory that were requested in Nova Prima and count, up to `today`. */
export function allowanceContracts(facts: TrajectoryFacts, personId: string, today: Day): AllowanceContract[] {
  const found: AllowanceContract[] = [];
  for (const contract of contractsThatCount(facts)) {
    if (!contract.hasNovaPrimaReference) continue;
    const firstMonth = monthOf(firstPaidDay(facts, contract));
    const lastMonth = Math.min(monthOf(contract.end), lastCompleteMonth(today));
    if (lastMonth >= firstMonth) found.push({ facts, contract, personId, firstMonth, lastMonth });
  }
  return found;
}

/** R-TR-2: a contract from before 2017 stays in the old regime until it comes into TWE with its WEO. */
function firstPaidDay(facts: TrajectoryFacts, contract: Art60Contract): Day {
  return isTransitional(contract.start, contract.end, facts.start) ? facts.start : contract.start;
}

/** Part of a monthly amount that a contract earns in a month (R-A-5, `allow.partial_month`). */
export function partOfMonth(monthly: Cents, { facts, contract }: AllowanceContract, month: Month, law: Law): Cents {
  const firstDay = firstDayOf(month);
  const lastDay = lastDayOf(month);
  const from = Math.max(firstDay, firstPaidDay(facts, contract));
  const until = Math.min(lastDay, contract.end);
  if (until < from) return 0;
  switch (law.allowPartialMonth) {
    case 'CALENDAR_DAYS':
      return proRata(monthly, until - from + 1, lastDay - firstDay + 1);
    case 'FULL_IF_LAST_DAY':
      return until === lastDay ? monthly : 0;
    case 'FULL_IF_ANY_DAY':
      return monthly;
  }
}

/** Whether the increased allowance is asked: employed in social economy (R-I-1) and applied for (R-I-4). */
export function asksIncreased(contract: Art60Contract): boolean {
  return contract.socialEconomy && contract.increasedRequested;
}

/**
 * Allowances of a group of contracts that share budgets and maxima, month by month. Within a month the budget is used in
 * order of employment start, then employment id (rulebook 3.5).
 * Returns the months of each contract, in the order of `contracts`.
 */
export function allowances(contracts: readonly AllowanceContract[], budgetOf: BudgetOf, law: Law): AllowanceMonth[][] {
  const months: AllowanceMonth[][] = contracts.map(() => []);
  const order = contracts.map((_, index) => index).sort((a, b) => inOrderOfContract(contracts[a]!, contracts[b]!));
  let first = Infinity;
  let last = -Infinity;
  for (const each of contracts) {
    first = Math.min(first, each.firstMonth);
    last = Math.max(last, each.lastMonth);
  }
  const grants = new GrantBook(budgetOf, law);
  for (let month = first; month <= last; month++) {
    for (const index of order) {
      const each = contracts[index]!;
      if (month < each.firstMonth || month > each.lastMonth) continue;
      months[index]!.push(asksIncreased(each.contract) ? grants.decide(each, month) : ordinaryMonth(each, month, law));
    }
  }
  return months;
}

function inOrderOfContract(a: AllowanceContract, b: AllowanceContract): number {
  if (a.contract.start !== b.contract.start) return a.contract.start - b.contract.start;
  return a.contract.employmentId < b.contract.employmentId ? -1 : 1;
}

/** R-A-1; an amount that is missing leaves the allowance out (a finding says so, rulebook 3.5). */
function ordinaryMonth(
  each: AllowanceContract,
  month: Month,
  law: Law,
  rule: AllowanceMonth['rule'] = 'R-A-1',
): AllowanceMonth {
  return { month, ordinary: ordinaryPart(each, month, law), increased: 0, rule };
}

function ordinaryPart(each: AllowanceContract, month: Month, law: Law): Cents {
  return law.amount.ORD?.hasMonth(month) ? partOfMonth(law.amount.ORD.ofMonth(month), each, month, law) : 0;
}

interface Granted {
  months: number;
  firstMonth: Month;
  lastMonth: Month;
}

/** Keeps count of grants per scope and of the budget per OCMW and year. */
class GrantBook {
  private readonly granted = new Map<string, Granted>();
  private readonly usedBudget = new Map<string, Cents>();

  constructor(
    private readonly budgetOf: BudgetOf,
    private readonly law: Law,
  ) {}

  decide(each: AllowanceContract, month: Month): AllowanceMonth {
    const { law } = this;
    const amount = law.amount.INC;
    const known = amount?.hasMonth(month) ?? false;
    const wanted = known ? partOfMonth(amount!.ofMonth(month), each, month, law) : 0;
    if (known && wanted === 0) return ordinaryMonth(each, month, law);
    if (!this.mayGrant(each, month)) {
      return law.incAfterMax === 'ORDINARY'
        ? ordinaryMonth(each, month, law, 'R-I-2')
        : { month, ordinary: 0, increased: 0, rule: 'R-I-2' };
    }
    const fitting = this.withinBudget(each, month, wanted);
    if (fitting < wanted && (!law.incPartial || fitting === 0)) return ordinaryMonth(each, month, law, 'R-I-5');
    this.book(each, month, fitting);
    const besides = law.incMode === 'TOP_UP' && fitting === wanted;
    return { month, ordinary: besides ? ordinaryPart(each, month, law) : 0, increased: fitting, rule: 'R-I-1' };
  }

  /** R-I-2 with `inc.count_unit` and `inc.scope`; two contracts in one month are one grant (rulebook 15.5). */
  private mayGrant(each: AllowanceContract, month: Month): boolean {
    const before = this.granted.get(this.scopeOf(each));
    if (before === undefined || before.lastMonth === month) return true;
    return this.law.incCountUnit === 'GRANT_MONTHS'
      ? before.months < MAXIMUM_INCREASED_GRANTS
      : month - before.firstMonth < MAXIMUM_INCREASED_GRANTS;
  }

  /** What of `wanted` is left in the budget; all of it when there is no budget row. */
  private withinBudget(each: AllowanceContract, month: Month, wanted: Cents): Cents {
    const year = yearOf(month);
    const budget = this.budgetOf(each.facts.ocmwId, year);
    if (budget === undefined) return wanted;
    const left = budget - (this.usedBudget.get(`${each.facts.ocmwId}/${year}`) ?? 0);
    return Math.max(0, Math.min(wanted, left));
  }

  private book(each: AllowanceContract, month: Month, cents: Cents): void {
    const scope = this.scopeOf(each);
    const before = this.granted.get(scope);
    if (before === undefined) {
      this.granted.set(scope, { months: 1, firstMonth: month, lastMonth: month });
    } else if (before.lastMonth !== month) {
      before.months++;
      before.lastMonth = month;
    }
    const key = `${each.facts.ocmwId}/${yearOf(month)}`;
    this.usedBudget.set(key, (this.usedBudget.get(key) ?? 0) + cents);
  }

  private scopeOf(each: AllowanceContract): string {
    switch (this.law.incScope) {
      case 'TRAJECTORY':
        return each.facts.weoId;
      case 'CONTRACT':
        return each.contract.employmentId;
      case 'PERSON':
        return each.personId;
    }
  }
}
