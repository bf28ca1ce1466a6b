/** Lines of which it is known what they are about: do they add up, is there too much of them? */
import type { Cents } from '../../../money.js';
import type { Booking, Expected, FoundBy } from '../model.js';
import { groupBy, sumOf, yearOfBooking, type Matching } from './matching.js';
import { findSubset, type Subset } from './subset.js';

/** Links lines to what they are about when they are worth exactly that, or would be without those that repeat others. */
export function settleExactly(
  matching: Matching,
  expected: readonly Expected[],
  bookings: readonly Booking[],
  by: FoundBy,
): boolean {
  const target = sumOf(expected);
  if (bookings.length === 0) return false;
  const repeats = sumOf(bookings) === target ? [] : repeatsIn(matching, expected, bookings, target);
  if (repeats === undefined) return false;
  const repeated = new Set(repeats);
  const counted = bookings.filter((booking) => !repeated.has(booking));
  matching.link(expected, counted, by, repeats);
  return true;
}

/** Links lines to what they are about, also when they are worth something else. */
export function settle(
  matching: Matching,
  expected: readonly Expected[],
  bookings: readonly Booking[],
  by: FoundBy,
): void {
  if (bookings.length === 0 || settleExactly(matching, expected, bookings, by)) return;
  matching.link(expected, bookings, by);
}

/**
 * Lines without which the others add up: those that say the same as another, else those of the same amount about nobody
 * else, else all of one way of booking when it is there in two (as a whole and in small lines). Undefined when there are none.
 */
function repeatsIn(
  matching: Matching,
  expected: readonly Expected[],
  bookings: readonly Booking[],
  target: Cents,
): Booking[] | undefined {
  const excess = sumOf(bookings) - target;
  const inOrder = nearestFirst(bookings, expected[0]!);
  for (const sameness of [contentOf, (line: Booking) => aboutOf(matching, line)]) {
    // The nearest of them is the one that counts.
    const again = [...groupBy(inOrder, sameness).values()].flatMap((same) => same.slice(1));
    const found = taken(matching, again, excess);
    if (found !== undefined) return found;
  }
  return excess === target ? taken(matching, inOrder.reverse(), target) : undefined;
}

function contentOf({ account, field, cents, reference, text }: Booking): string {
  return [account ?? '', field ?? '', cents, reference, text].join('\0');
}

/** Amount, and beneficiary and component as far as the line names them: two that name others do not repeat each other. */
function aboutOf(matching: Matching, line: Booking): string {
  const { weoId = '', component = '' } = matching.cluesOf(line);
  return [line.cents, weoId, component].join('\0');
}

/** Some of the lines, the last ones first, that add up to an amount. */
function taken(matching: Matching, bookings: readonly Booking[], target: Cents): Booking[] | undefined {
  if (target === 0 || bookings.length === 0) return undefined;
  const subset = findSubset(
    bookings.map(({ cents }) => cents),
    target,
    matching.budget,
  );
  return subset === undefined ? undefined : linesOf([...bookings].reverse(), subset);
}

/** The first lines with the amounts of a subset. */
export function linesOf(bookings: readonly Booking[], { times }: Subset): Booking[] {
  const left = new Map(times);
  return bookings.filter(({ cents }) => {
    const count = left.get(cents) ?? 0;
    left.set(cents, count - 1);
    return count > 0;
  });
}

/** Lines of the right year first, then those nearest to the day. */
export function nearestFirst(bookings: readonly Booking[], { year, day }: Expected): Booking[] {
  const otherYear = (booking: Booking) => (yearOfBooking(booking) === year ? 0 : 1);
  const apart = ({ bookedOn }: Booking) => Math.abs(bookedOn - day);
  return [...bookings].sort((a, b) => otherYear(a) - otherYear(b) || apart(a) - apart(b));
}
