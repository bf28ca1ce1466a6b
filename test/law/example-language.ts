/** The shorthand of the worked examples: a month written as 445, a run of equal months, the lines of a quarter. */
import { day, formatMonth, monthOf, parseMonth } from '../../src/calendar.js';
import type { Component } from '../../src/law/codes.js';
import { art60, euros, weo, type Euros, type Line, type Text } from '../support/facts.js';

/** 250: guidance subsidy alone. */
export const GUIDANCE: Euros = { EFF: 250 };
/** 445: guidance subsidy and both parts of compensation. */
export const FULL: Euros = { EFF: 250, C1: 150, C2: 45 };
/** 445 past month 24: part 3 in the place of guidance subsidy. */
export const FULL_PAST_24: Euros = { C1: 150, C2: 45, C3: 250 };
/** 195: compensation alone. */
export const COMPENSATION: Euros = { C1: 150, C2: 45 };

/** Allowance amounts of the examples: test data, not law. */
export const FIXTURE_ALLOWANCES = { 'amount.ORD': 1000, 'amount.INC': 1500 };

/** WEO and art. 60 of X01, which many examples start from. */
export const X01 = [weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-12-31')];
/** WEO and art. 60 of X17. */
export const X17 = [weo('2022-01-01', '2024-03-31'), art60('2022-02-01', '2024-03-31')];

const monthNumber = (month: string): number => parseMonth(month)!;

/** The same amounts in each month from `from` to `to`. */
export function each(from: string, to: string, amounts: Euros): Record<string, Euros> {
  const months: Record<string, Euros> = {};
  for (let month = monthNumber(from); month <= monthNumber(to); month++) months[formatMonth(month)] = amounts;
  return months;
}

/** Euro per month and component; months without anything are left out. */
export function byMonth(lines: readonly Line[]): Record<string, Euros> {
  return Object.fromEntries([...new Set(lines.map(({ month }) => month))].map((month) => [month, euros(lines, month)]));
}

/**
 * The lines of a closed quarter (rulebook 15.2): EFF, C1, C3, M1 and M2 of its months; C2 of all months when the WEO
 * ended in it.
 * @param quarter its first month
 */
export function ofQuarter(lines: readonly Line[], quarter: string, weoEnd?: Text): Line[] {
  const first = monthNumber(quarter);
  const inQuarter = (month: number): boolean => month >= first && month <= first + 2;
  const endedInQuarter = weoEnd !== undefined && inQuarter(monthOf(day(weoEnd)));
  return lines.filter(({ component, month }) => (component === 'C2' ? endedInQuarter : inQuarter(monthNumber(month))));
}

/** How many payments of a component there are per month: what a payment note counts (R-P-4). */
export function countByMonth(lines: readonly Line[], component: Component): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of lines) if (line.component === component) counts[line.month] = (counts[line.month] ?? 0) + 1;
  return counts;
}
