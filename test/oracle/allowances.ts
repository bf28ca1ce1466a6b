/**
 * Ordinary and increased allowance (rulebook 3.5, 15.5): all contract months of everybody in one list, in the order in
 * which budgets and grants are used up.
 */
import { daysBetween, earlier, firstDay, lastDay, later, monthOf, plusMonths, type Month } from './days.js';
import { isTransition, type Employment, type Weo } from './knowledge.js';
import type { Component, OracleLaw } from './law.js';
import { counts, type Line, type Question } from './months.js';

interface ContractMonth {
  readonly weo: Weo;
  readonly contract: Employment;
  readonly month: Month;
}

const MAX_GRANTS = 12;

/** ORD and INC, one line for each WEO, component and month. */
export function allowanceLines(question: Question): Line[] {
  const { law, known } = question;
  const budgets = new Map(known.budgets);
  /** Months in which an increased allowance was granted, by `inc.scope`. */
  const grants = new Map<string, Set<Month>>();
  const sums = new Map<string, Line>();
  const pay = ({ weo, month }: ContractMonth, component: Component, cents: number): void => {
    const key = `${weo.id}/${component}/${month}`;
    sums.set(key, { weo, component, month, cents: (sums.get(key)?.cents ?? 0) + cents });
  };

  for (const item of contractMonths(question)) {
    const ordinary = shareOf(item, 'ORD', law);
    const increased = isIncreased(item.contract) ? shareOf(item, 'INC', law) : undefined;
    if (increased === undefined) {
      pay(item, 'ORD', ordinary);
      continue;
    }
    const scope = scopeOf(item, law);
    const granted = grants.get(scope) ?? new Set<Month>();
    if (!mayBeGranted(granted, item.month, law)) {
      if (law.is('inc.after_max', 'ORDINARY')) pay(item, 'ORD', ordinary);
      continue;
    }
    const budget = `${item.weo.ocmwId}/${item.month.slice(0, 4)}`;
    const left = budgets.get(budget) ?? Number.POSITIVE_INFINITY;
    const grant = fit(increased, left, law);
    if (grant === undefined) {
      pay(item, 'ORD', ordinary);
      continue;
    }
    // A month without a covered day under FULL_IF_LAST_DAY is no grant.
    if (isCovered(item, law)) grants.set(scope, granted.add(item.month));
    budgets.set(budget, left - grant);
    pay(item, 'INC', grant);
    // a grant that was cut has no ORD besides, under TOP_UP either (reading O-40)
    if (law.is('inc.mode', 'TOP_UP') && grant === increased) pay(item, 'ORD', ordinary);
  }
  return [...sums.values()].filter((line) => line.cents !== 0);
}

/** Complete months of every contract with a Nova Prima reference: by month, then contract start, then id. */
function contractMonths({ known }: Question): ContractMonth[] {
  const items: ContractMonth[] = [];
  for (const weo of [...known.weos.values()].filter(counts)) {
    for (const contract of weo.contracts.filter((c) => c.row.nova_prima_ref !== '')) {
      // The old regime holds until the end of 2018 (R-TR-2, reading O-14).
      const first = isTransition(contract, weo.start) ? '2019-01' : monthOf(contract.start);
      for (let month = first; lastDay(month) <= known.registeredUntil; month = plusMonths(month, 1)) {
        if (month <= monthOf(contract.end)) items.push({ weo, contract, month });
      }
    }
  }
  const order = ({ month, contract }: ContractMonth): string => `${month} ${contract.start} ${contract.id}`;
  return items.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function isIncreased({ row }: Employment): boolean {
  return row.social_economy === 'true' && row.increased_requested === 'true';
}

function scopeOf({ weo, contract }: ContractMonth, law: OracleLaw): string {
  if (law.is('inc.scope', 'CONTRACT')) return contract.id;
  return law.is('inc.scope', 'PERSON') ? weo.person : weo.id;
}

function mayBeGranted(granted: ReadonlySet<Month>, month: Month, law: OracleLaw): boolean {
  if (law.is('inc.count_unit', 'GRANT_MONTHS')) return granted.has(month) || granted.size < MAX_GRANTS;
  const first = [...granted].sort()[0];
  return first === undefined || month < plusMonths(first, MAX_GRANTS);
}

/** What the budget allows of a grant; undefined: falls back to ORD as a whole. */
function fit(cents: number, left: number, law: OracleLaw): number | undefined {
  if (cents <= left) return cents;
  return law.is('inc.partial', true) && left > 0 ? left : undefined;
}

function isCovered({ contract, month }: ContractMonth, law: OracleLaw): boolean {
  const onLastDay = contract.start <= lastDay(month) && contract.end >= lastDay(month);
  return onLastDay || !law.is('allow.partial_month', 'FULL_IF_LAST_DAY');
}

/** Amount of a contract in a month in cents, half up; 0 when the law has no amount (left out, contract section 2). */
function shareOf(item: ContractMonth, component: 'ORD' | 'INC', law: OracleLaw): number {
  const { contract, month } = item;
  const cents = law.amount(component, lastDay(month)) ?? 0;
  if (!isCovered(item, law)) return 0;
  if (!law.is('allow.partial_month', 'CALENDAR_DAYS')) return cents;
  const covered = daysBetween(later(contract.start, firstDay(month)), earlier(contract.end, lastDay(month)));
  const days = daysBetween(firstDay(month), lastDay(month));
  // half up in whole numbers: floor(x + 1/2)
  return Math.floor((2 * cents * covered + days) / (2 * days));
}
