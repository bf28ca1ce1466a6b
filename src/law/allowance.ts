/**
 * Wage allowances (toelagen), per art. 60 contract and month: ordinary by R-A-1 to R-A-5, increased by R-I-1 to R-I-8,
 * rulebook 3.5 and 15.5. They depend on the contract and its Nova Prima reference alone.
 */
import { firstDayOf, lastCompleteMonth, lastDayOf, monthOf, yearOf, type Day, type Month } from '../calendar.js';
import { proRata, type Cents } from '../money.js';
import type { Art60Contract, TrajectoryFacts } from '../records/facts.js';
import * as why from './allowance-verdicts.js';
import type { AllowanceVerdict } from './allowance-verdicts.js';
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

/** One month of one contract: what is due in cents, and why or why not. */
export interface AllowanceMonth {
  readonly month: Month;
  readonly ordinary: Cents;
  readonly increased: Cents;
  readonly ordinaryBy: AllowanceVerdict;
  readonly increasedBy: AllowanceVerdict;
}

/** What the rules of the increased allowance looked at for one month of a contract that asks it. */
export interface GrantLook {
  /** Months granted before in its scope (`inc.scope`). */
  readonly grantsBefore: number;
  /** First month granted in its scope; undefined when this is the first. */
  readonly firstGrant: Month | undefined;
  /** R-I-2 */
  readonly mayGrant: boolean;
  /** Budget of the OCMW for the year; undefined: no limit, or not looked at. */
  readonly budgetCents: Cents | undefined;
  /** What others, and earlier months, had used of it. */
  readonly usedBeforeCents: Cents;
}

/** Hears each month as it is decided; `look` is undefined when the increased allowance was not asked. For explanations. */
export type AllowanceListener = (
  contract: AllowanceContract,
  decided: AllowanceMonth,
  look: GrantLook | undefined,
) => void;

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
export function allowances(
  contracts: readonly AllowanceContract[],
  budgetOf: BudgetOf,
  law: Law,
  listener?: AllowanceListener,
): AllowanceMonth[][] {
  const months: AllowanceMonth[][] = contracts.map(() => []);
  const order = contracts.map((_, index) => index).sort((a, b) => inOrderOfContract(contracts[a]!, contracts[b]!));
  let first = Infinity;
  let last = -Infinity;
  for (const each of contracts) {
    first = Math.min(first, each.firstMonth);
    last = Math.max(last, each.lastMonth);
  }
  const grants = new GrantBook(budgetOf, law, listener);
  for (let month = first; month <= last; month++) {
    for (const index of order) {
      const each = contracts[index]!;
      if (month < each.firstMonth || month > each.lastMonth) continue;
      if (asksIncreased(each.contract)) {
        months[index]!.push(grants.decide(each, month));
      } else {
        const decided = ordinaryMonth(each, month, law, why.CONTRACT_RUNS, why.NOT_ASKED);
        listener?.(each, decided, undefined);
        months[index]!.push(decided);
      }
    }
  }
  return months;
}

function inOrderOfContract(a: AllowanceContract, b: AllowanceContract): number {
  if (a.contract.start !== b.contract.start) return a.contract.start - b.contract.start;
  return a.contract.employmentId < b.contract.employmentId ? -1 : 1;
}

/** A month in which nothing is granted, so that the ordinary allowance is due. @param given why, when it gives something */
function ordinaryMonth(
  each: AllowanceContract,
  month: Month,
  law: Law,
  given: AllowanceVerdict,
  increasedBy: AllowanceVerdict,
): AllowanceMonth {
  const ordinary = ordinaryPart(each, month, law);
  return { month, ordinary, increased: 0, ordinaryBy: ordinaryVerdict(ordinary, month, law, given), increasedBy };
}

/** R-A-1; an amount that is missing leaves the allowance out (a finding says so, rulebook 3.5). */
function ordinaryVerdict(ordinary: Cents, month: Month, law: Law, given: AllowanceVerdict): AllowanceVerdict {
  if (ordinary > 0) return given;
  return law.amount.ORD?.hasMonth(month) ? why.PART_IS_NOTHING : why.ORDINARY_AMOUNT_MISSING;
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
    private readonly listener: AllowanceListener | undefined,
  ) {}

  decide(each: AllowanceContract, month: Month): AllowanceMonth {
    const { law } = this;
    const amount = law.amount.INC;
    const known = amount?.hasMonth(month) ?? false;
    const wanted = known ? partOfMonth(amount!.ofMonth(month), each, month, law) : 0;
    if (known && wanted === 0) {
      const nothing = ordinaryMonth(each, month, law, why.CONTRACT_RUNS, why.PART_IS_NOTHING);
      this.listener?.(each, nothing, undefined);
      return nothing;
    }
    const mayGrant = this.mayGrant(each, month);
    // What was looked at is told before this month is booked.
    const look = this.listener && this.lookAt(each, month, mayGrant);
    const decided = mayGrant ? this.grant(each, month, wanted) : this.afterGrants(each, month);
    this.listener?.(each, decided, look);
    return decided;
  }

  /** `inc.after_max` */
  private afterGrants(each: AllowanceContract, month: Month): AllowanceMonth {
    const { law } = this;
    if (law.incAfterMax === 'ORDINARY') {
      return ordinaryMonth(each, month, law, why.ORDINARY_AFTER_GRANTS, why.GRANTS_USED_UP);
    }
    const ordinaryBy = why.NOTHING_AFTER_GRANTS;
    return { month, ordinary: 0, increased: 0, ordinaryBy, increasedBy: why.GRANTS_USED_UP };
  }

  /** As far as the budget goes, R-I-5. @param wanted 0 when no amount is known: granted without money */
  private grant(each: AllowanceContract, month: Month, wanted: Cents): AllowanceMonth {
    const { law } = this;
    const fitting = this.withinBudget(each, month, wanted);
    if (fitting < wanted && (!law.incPartial || fitting === 0)) {
      return ordinaryMonth(each, month, law, why.ORDINARY_WITHOUT_BUDGET, why.NO_BUDGET);
    }
    this.book(each, month, fitting);
    const increasedBy = fitting > 0 ? why.GRANTED : why.INCREASED_AMOUNT_MISSING;
    if (law.incMode === 'TOP_UP' && fitting === wanted) {
      const ordinary = ordinaryPart(each, month, law);
      const ordinaryBy = ordinaryVerdict(ordinary, month, law, why.TOPPED_UP);
      return { month, ordinary, increased: fitting, ordinaryBy, increasedBy };
    }
    return { month, ordinary: 0, increased: fitting, ordinaryBy: this.besides(fitting), increasedBy };
  }

  /** Why a granted month gives no ordinary allowance. */
  private besides(increased: Cents): AllowanceVerdict {
    if (increased === 0) return why.INCREASED_AMOUNT_MISSING;
    return this.law.incMode === 'REPLACE' ? why.REPLACED : why.CUT_TO_BUDGET;
  }

  private lookAt(each: AllowanceContract, month: Month, mayGrant: boolean): GrantLook {
    const before = this.granted.get(this.scopeOf(each));
    const year = yearOf(month);
    return {
      grantsBefore: before === undefined ? 0 : before.months - (before.lastMonth === month ? 1 : 0),
      firstGrant: before?.firstMonth,
      mayGrant,
      budgetCents: mayGrant ? this.budgetOf(each.facts.ocmwId, year) : undefined,
      usedBeforeCents: this.usedBudget.get(`${each.facts.ocmwId}/${year}`) ?? 0,
    };
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
