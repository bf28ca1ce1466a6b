/**
 * Compares the lines of an account with what it should hold. Pure: the same lines in another order give the same result.
 * What is surest comes first: structured communication, beneficiary, amount and date, totals, sums.
 */
import { type Booking, type Expected, type Reconciliation } from '../model.js';
import { matchAmounts, matchMonthTotals, matchSums } from './by-amount.js';
import { matchAllowances, matchPayments } from './by-clues.js';
import { classify, uncheckedComponents } from './classify.js';
import { matchMistyped, matchOtherYears, matchRepeats } from './leftovers.js';
import { Matching, sumOf, yearOfBooking, type MatchOptions } from './matching.js';
import { searchBudget } from './subset.js';

/**
 * Every difference between an account and what is expected of the year and its neighbours. Throws an Error when the
 * differences do not explain the whole distance between booked and expected.
 */
export function reconcileAccount(
  bookings: readonly Booking[],
  expected: readonly Expected[],
  options: MatchOptions,
): Reconciliation {
  const budget = searchBudget();
  const inOrder = [...expected].sort((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1));
  const matching = new Matching([...bookings].sort(byContent), inOrder, options, budget);
  matchPayments(matching);
  matchAllowances(matching);
  matchAmounts(matching);
  matchMonthTotals(matching);
  matchSums(matching);
  matchRepeats(matching);
  matchOtherYears(matching);
  matchMistyped(matching);
  const differences = classify(matching);
  const { year, isStatement } = options;
  const leftAside = matching.free().filter((booking) => isStatement || yearOfBooking(booking) !== year);
  const aside = new Set(leftAside);
  const compared = bookings.filter((booking) => yearOfBooking(booking) === year && !aside.has(booking));
  const result: Reconciliation = {
    year,
    expectedCents: sumOf(expected.filter((each) => each.year === year)),
    bookedCents: sumOf(compared),
    links: matching.links,
    differences,
    leftAside,
    uncheckedComponents: isStatement ? [] : uncheckedComponents(matching),
    searchEnded: budget.ended,
  };
  requireExplained(result);
  return result;
}

/** Lines in an order of what they say; where they stand comes last, among lines that say the same. */
function byContent(a: Booking, b: Booking): number {
  if (a.bookedOn !== b.bookedOn) return a.bookedOn - b.bookedOn;
  if (a.cents !== b.cents) return a.cents - b.cents;
  const [left, right] = [contentOf(a), contentOf(b)];
  return left === right ? a.line - b.line : left < right ? -1 : 1;
}

function contentOf({ account, field, reference, text }: Booking): string {
  return [account ?? '', field ?? '', reference, text].join('\0');
}

function requireExplained({ bookedCents, expectedCents, differences }: Reconciliation): void {
  const explained = differences.reduce((sum, { effectCents }) => sum + effectCents, 0);
  if (bookedCents !== expectedCents + explained) {
    throw new Error(
      `the differences explain ${explained} cents, but ${bookedCents} cents are booked and ${expectedCents} expected`,
    );
  }
}
