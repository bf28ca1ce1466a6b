/** First what lines say of themselves: the structured communication, then the beneficiary. */
import type { Booking, Expected } from '../model.js';
import { digitsOf } from './clues.js';
import { groupBy, yearOfBooking, type Matching } from './matching.js';
import { pairByDate } from './pair-by-date.js';
import { settle, settleExactly } from './settle.js';

/** Payments and claims by structured communication; small lines that only name a beneficiary fill what is missing of one. */
export function matchPayments(matching: Matching): void {
  const payments = matching.expected.filter(({ kind }) => kind !== 'ALLOWANCE');
  const byDigits = groupBy(
    matching.free().filter((booking) => matching.cluesOf(booking).reference !== undefined),
    (booking) => matching.cluesOf(booking).reference!,
  );
  const groups = new Map<Expected, Booking[]>();
  for (const payment of payments) {
    const bookings = byDigits.get(digitsOf(payment.reference)) ?? [];
    if (bookings.length > 0 && !settleExactly(matching, [payment], bookings, 'REFERENCE'))
      groups.set(payment, bookings);
  }
  for (const [payment, bookings] of ofBeneficiaries(matching, payments)) {
    const known = groups.get(payment) ?? [];
    if (known.length === 0 || settleExactly(matching, [payment], [...known, ...bookings], 'REFERENCE')) {
      if (matching.isOpen(payment)) settle(matching, [payment], bookings, 'BENEFICIARY');
    }
  }
  for (const [payment, bookings] of groups) {
    if (matching.isOpen(payment)) settle(matching, [payment], bookings, 'REFERENCE');
  }
}

/** Lines without a communication that name somebody for whom a payment that is still open holds something. */
function ofBeneficiaries(matching: Matching, payments: readonly Expected[]): Map<Expected, Booking[]> {
  const open = payments.filter((payment) => matching.isOpen(payment) && payment.cents !== 0);
  const byWeo = new Map<string, Expected[]>();
  for (const payment of open) {
    for (const weoId of new Set(payment.parts.map((part) => part.weoId))) {
      byWeo.set(weoId, [...(byWeo.get(weoId) ?? []), payment]);
    }
  }
  const groups = new Map<Expected, Booking[]>();
  for (const booking of matching.free()) {
    const clues = matching.cluesOf(booking);
    if (clues.weoId === undefined || clues.isAllowance || clues.reference !== undefined) continue;
    const near = (byWeo.get(clues.weoId) ?? [])
      .filter(({ day }) => Math.abs(booking.bookedOn - day) <= matching.options.days)
      .filter(({ parts }) =>
        parts.some(
          ({ weoId, component, month }) =>
            weoId === clues.weoId && component === (clues.component ?? component) && month === (clues.month ?? month),
        ),
      )
      .sort((a, b) => Math.abs(booking.bookedOn - a.day) - Math.abs(booking.bookedOn - b.day));
    const payment = near[0];
    if (payment !== undefined) groups.set(payment, [...(groups.get(payment) ?? []), booking]);
  }
  return groups;
}

/** Allowances by beneficiary: the month that a line names, else amount and date among the months of that beneficiary. */
export function matchAllowances(matching: Matching): void {
  const allowances = groupBy(
    matching.open().filter(({ kind, cents }) => kind === 'ALLOWANCE' && cents !== 0),
    ({ parts }) => parts[0]!.weoId,
  );
  const bookings = groupBy(
    matching.free().filter((booking) => matching.cluesOf(booking).reference === undefined),
    (booking) => matching.cluesOf(booking).weoId,
  );
  for (const [weoId, months] of allowances) {
    const own = (bookings.get(weoId) ?? []).filter(
      (booking) => matching.cluesOf(booking).isAllowance || months.some(({ cents }) => cents === booking.cents),
    );
    byNamedMonth(matching, months, own);
    byAmountOfMonth(matching, months, own);
    repeatsOfBeneficiary(matching, months, own);
    wrongAmounts(matching, months, own);
  }
}

function byNamedMonth(matching: Matching, months: readonly Expected[], own: readonly Booking[]): void {
  const groups = new Map<Expected, Booking[]>();
  for (const booking of own) {
    const { month, component } = matching.cluesOf(booking);
    if (month === undefined) continue;
    const named = months.filter(
      ({ parts }) => parts[0]!.month === month && parts[0]!.component === (component ?? parts[0]!.component),
    );
    const found = named.find(({ cents }) => cents === booking.cents) ?? named[0];
    if (found !== undefined) groups.set(found, [...(groups.get(found) ?? []), booking]);
  }
  for (const [month, bookings] of groups) settle(matching, [month], bookings, 'BENEFICIARY');
}

function byAmountOfMonth(matching: Matching, months: readonly Expected[], own: readonly Booking[]): void {
  const { year, days } = matching.options;
  const open = () => months.filter((month) => matching.isOpen(month));
  const free = () => own.filter((booking) => matching.isFree(booking) && isUndated(matching, booking));
  for (const each of [year, year - 1, year + 1]) {
    pairEqual(
      matching,
      open().filter((month) => month.year === each),
      free().filter((booking) => yearOfBooking(booking) === each),
      days,
    );
  }
  // What is left of the year may stand in the year after it, once that year has what is its own.
  pairEqual(
    matching,
    open().filter((month) => month.year === year),
    free().filter((booking) => yearOfBooking(booking) !== year),
    days,
  );
}

function isUndated(matching: Matching, booking: Booking): boolean {
  return matching.cluesOf(booking).month === undefined;
}

function pairEqual(matching: Matching, months: readonly Expected[], bookings: readonly Booking[], days: number): void {
  const keyOf = (booking: Booking) => `${booking.cents} ${matching.cluesOf(booking).component ?? ''}`;
  for (const group of groupBy(bookings, keyOf).values()) {
    const { component } = matching.cluesOf(group[0]!);
    const equal = months.filter(
      (month) =>
        matching.isOpen(month) &&
        month.cents === group[0]!.cents &&
        month.parts[0]!.component === (component ?? month.parts[0]!.component),
    );
    pairOff(matching, equal, group, days);
  }
}

function pairOff(matching: Matching, months: readonly Expected[], bookings: readonly Booking[], days: number): void {
  const pairs = pairByDate(
    months.map(({ day }) => day),
    bookings.map(({ bookedOn }) => bookedOn),
    days,
  );
  for (const [left, right] of pairs) matching.link([months[left]!], [bookings[right]!], 'BENEFICIARY');
}

/** A line too many of a beneficiary, of the amount of a month that has its own. */
function repeatsOfBeneficiary(matching: Matching, months: readonly Expected[], own: readonly Booking[]): void {
  const links = matching.links.filter(({ expected }) => expected.length === 1 && months.includes(expected[0]!));
  for (const booking of own) {
    if (!matching.isFree(booking) || !isUndated(matching, booking)) continue;
    const near = links
      .filter(({ bookings }) => bookings.some(({ cents }) => cents === booking.cents))
      .map((link) => ({ link, apart: Math.abs(link.bookings[0]!.bookedOn - booking.bookedOn) }))
      .filter(({ apart }) => apart <= matching.options.days)
      .sort((a, b) => a.apart - b.apart)[0];
    if (near !== undefined) matching.repeat(near.link, booking);
  }
}

/** Lines of a beneficiary of another amount than the month that has none. */
function wrongAmounts(matching: Matching, months: readonly Expected[], own: readonly Booking[]): void {
  const { year, days } = matching.options;
  pairOff(
    matching,
    months.filter((month) => matching.isOpen(month) && month.year === year),
    own.filter(
      (booking) => matching.isFree(booking) && isUndated(matching, booking) && yearOfBooking(booking) === year,
    ),
    days,
  );
}
