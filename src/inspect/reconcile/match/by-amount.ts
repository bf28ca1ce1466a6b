/** Lines that do not say what they are: by amount and date, as the total of a month, or as a sum of several. */
import type { Booking, Expected, ExpectedPart } from '../model.js';
import { groupBy, sumOf, type Matching } from './matching.js';
import { pairByDate } from './pair-by-date.js';
import { linesOf, nearestFirst, settle } from './settle.js';
import { findSubset } from './subset.js';

/** One line for one thing: equal amounts, nearest dates, nothing in the line that contradicts it. */
export function matchAmounts(matching: Matching): void {
  const open = groupBy(matching.openOfYear(), ({ cents }) => cents);
  const signatureOf = (booking: Booking) => {
    const { weoId, component, month } = matching.cluesOf(booking);
    return [booking.cents, weoId ?? '', component ?? '', month ?? ''].join('\0');
  };
  const groups = [...groupBy(matching.freeOfYear(), signatureOf)].sort(([a], [b]) => (a < b ? 1 : -1));
  // Lines that say more have the first choice.
  for (const [, bookings] of groups) {
    const candidates = (open.get(bookings[0]!.cents) ?? [])
      .filter((expected) => matching.isOpen(expected) && agrees(matching, bookings[0]!, expected))
      .sort((a, b) => a.day - b.day);
    const pairs = pairByDate(
      candidates.map(({ day }) => day),
      bookings.map(({ bookedOn }) => bookedOn),
      matching.options.days,
    );
    for (const [left, right] of pairs) matching.link([candidates[left]!], [bookings[right]!], 'AMOUNT_AND_DATE');
  }
}

/** Whether nothing that a line says of itself is otherwise in what is expected. */
export function agrees(matching: Matching, booking: Booking, { kind, parts }: Expected): boolean {
  const { weoId, component, month, isAllowance } = matching.cluesOf(booking);
  if (isAllowance && kind !== 'ALLOWANCE') return false;
  if (weoId === undefined && component === undefined && month === undefined) return true;
  return parts.some(
    (part) =>
      part.weoId === (weoId ?? part.weoId) &&
      part.component === (component ?? part.component) &&
      part.month === (month ?? part.month),
  );
}

/** One line for the allowances of all beneficiaries of a month, together or by component. */
export function matchMonthTotals(matching: Matching): void {
  const allowances = matching.openOfYear().filter(({ kind }) => kind === 'ALLOWANCE');
  const months = [...groupBy(allowances, ({ parts }) => parts[0]!.month)].sort(([a], [b]) => a - b);
  for (const [month, all] of months) {
    const byComponent = [...groupBy(all, ({ parts }) => parts[0]!.component)];
    for (const [component, group] of [[undefined, all] as const, ...byComponent]) {
      const open = group.filter((expected) => matching.isOpen(expected));
      if (open.length < 2) continue;
      const lines = totalsNear(matching, open[0]!);
      const named = lines.filter((booking) => {
        const clues = matching.cluesOf(booking);
        return clues.isAllowance && clues.month === month && clues.component === component;
      });
      const equal = lines.filter(({ cents }) => cents === sumOf(open));
      const unnamed = equal.find((booking) => matching.cluesOf(booking).month === undefined);
      const found = named.length > 0 ? named : unnamed === undefined ? [] : [unnamed];
      settle(matching, open, found, 'MONTH_TOTAL');
    }
  }
}

function totalsNear(matching: Matching, expected: Expected): Booking[] {
  const near = matching
    .freeOfYear()
    .filter(({ bookedOn }) => Math.abs(bookedOn - expected.day) <= matching.options.days);
  return nearestFirst(
    near.filter((booking) => {
      const { weoId, reference } = matching.cluesOf(booking);
      return weoId === undefined && reference === undefined;
    }),
    expected,
  );
}

/** Many small lines for one payment: cut as its parts can be cut, else lines of one day that add up in one way only. */
export function matchSums(matching: Matching): void {
  const payments = matching.openOfYear().filter(({ kind }) => kind !== 'ALLOWANCE');
  for (const payment of payments.sort((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1))) {
    const near = matching
      .freeOfYear()
      .filter(({ bookedOn }) => Math.abs(bookedOn - payment.day) <= matching.options.days)
      .filter((booking) => matching.cluesOf(booking).reference === undefined && agrees(matching, booking, payment));
    const found = cutAsItsParts(payment, near) ?? onOneDay(matching, payment, near);
    if (found !== undefined) matching.link([payment], found, 'SUBSET');
  }
}

const CUTS: readonly ((part: ExpectedPart) => string)[] = [
  ({ component }) => component,
  ({ weoId }) => weoId,
  ({ month }) => String(month),
  ({ weoId, component }) => `${weoId}\0${component}`,
  ({ weoId, month }) => `${weoId}\0${month}`,
  ({ weoId, component, month }) => `${weoId}\0${component}\0${month}`,
];

/** Lines with exactly the amounts of the pieces, nearest first; undefined when some piece has none. */
function cutAsItsParts(payment: Expected, near: readonly Booking[]): Booking[] | undefined {
  if (sumOf(payment.parts) !== payment.cents) return undefined;
  const byAmount = groupBy(nearestFirst(near, payment), ({ cents }) => cents);
  for (const cut of CUTS) {
    const pieces = [...groupBy(payment.parts, cut).values()].map(sumOf).filter((cents) => cents !== 0);
    if (pieces.length < 2) continue;
    const taken: Booking[] = [];
    for (const [cents, same] of groupBy(pieces, (each) => each)) {
      taken.push(...(byAmount.get(cents) ?? []).slice(0, same.length));
    }
    if (taken.length === pieces.length) return taken;
  }
  return undefined;
}

function onOneDay(matching: Matching, payment: Expected, near: readonly Booking[]): Booking[] | undefined {
  const days = [...groupBy(nearestFirst(near, payment), ({ bookedOn }) => bookedOn).values()];
  for (const ofDay of days) {
    if (ofDay.length < 2) continue;
    if (sumOf(ofDay) === payment.cents) return ofDay;
    const amounts = ofDay.map(({ cents }) => cents);
    const subset = findSubset(amounts, payment.cents, matching.budget);
    // Among amounts that add up in several ways, none of the ways is known to be the right one.
    if (subset === undefined || !subset.isOnly) continue;
    return linesOf(ofDay, subset);
  }
  return undefined;
}
