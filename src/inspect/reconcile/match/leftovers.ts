/** What is left after everything that fits: lines that repeat others, other years, and amounts that were mistyped. */
import type { Booking, Expected } from '../model.js';
import { agrees } from './by-amount.js';
import { groupBy, yearOfBooking, type Matching } from './matching.js';

/** Lines that say the same as one that was found, and of the same amount. */
export function matchRepeats(matching: Matching): void {
  const said = ({ cents, reference, text }: Booking) => {
    const words = `${reference} ${text}`.trim().toLowerCase().replaceAll(/\s+/g, ' ');
    return words === '' ? undefined : `${cents} ${words}`;
  };
  const links = matching.links.flatMap((link) => link.bookings.map((booking) => ({ link, booking })));
  const bySaying = groupBy(links, ({ booking }) => said(booking));
  for (const booking of matching.freeOfYear()) {
    const saying = said(booking);
    if (saying === undefined) continue;
    const near = (bySaying.get(saying) ?? [])
      .map((each) => ({ ...each, apart: Math.abs(each.booking.bookedOn - booking.bookedOn) }))
      .filter(({ apart }) => apart <= matching.options.days)
      .sort((a, b) => a.apart - b.apart)[0];
    if (near !== undefined) matching.repeat(near.link, booking);
  }
}

/** Payments without a communication in a line of another year: only when amount and payment are the only ones of their kind. */
export function matchOtherYears(matching: Matching): void {
  const { year, days } = matching.options;
  const payments = matching.open().filter(({ kind, cents }) => kind !== 'ALLOWANCE' && cents !== 0);
  const lines = groupBy(
    matching.free().filter((booking) => matching.cluesOf(booking).reference === undefined),
    ({ cents }) => cents,
  );
  for (const [cents, same] of groupBy(payments, (payment) => payment.cents)) {
    const [payment] = same;
    const [line] = lines.get(cents) ?? [];
    if (same.length !== 1 || lines.get(cents)?.length !== 1 || payment === undefined || line === undefined) continue;
    const isAboutYear = (payment.year === year) !== (yearOfBooking(line) === year);
    const apart = Math.abs(line.bookedOn - payment.day);
    // The year alone was mistyped, or the turn of the year lies between.
    const isNear = apart <= days || Math.abs(apart - 365) <= 1;
    if (isAboutYear && isNear && agrees(matching, line, payment)) matching.link([payment], [line], 'AMOUNT_AND_DATE');
  }
}

/** Amounts with the wrong sign or with two digits exchanged, when both sides have only one such neighbour. */
export function matchMistyped(matching: Matching): void {
  const candidates: [Expected, Booking][] = [];
  const lines = matching.freeOfYear().filter((booking) => matching.cluesOf(booking).reference === undefined);
  const byDigits = groupBy(lines, ({ cents }) => sortedDigits(cents));
  for (const expected of matching.openOfYear()) {
    for (const line of byDigits.get(sortedDigits(expected.cents)) ?? []) {
      if (Math.abs(line.bookedOn - expected.day) > matching.options.days) continue;
      if (isMistyped(expected.cents, line.cents) && agrees(matching, line, expected)) candidates.push([expected, line]);
    }
  }
  const ofExpected = groupBy(candidates, ([expected]) => expected);
  const ofLine = groupBy(candidates, ([, line]) => line);
  for (const [expected, line] of candidates) {
    if (ofExpected.get(expected)!.length === 1 && ofLine.get(line)!.length === 1) {
      matching.link([expected], [line], 'LIKENESS');
    }
  }
}

function sortedDigits(cents: number): string {
  return [...String(Math.abs(cents))].sort().join('');
}

function isMistyped(expected: number, booked: number): boolean {
  if (expected === -booked) return true;
  if (expected < 0 !== booked < 0) return false;
  const [right, typed] = [String(Math.abs(expected)), String(Math.abs(booked))];
  const differing = [...right].flatMap((digit, at) => (digit === typed[at] ? [] : [at]));
  return right.length === typed.length && differing.length === 2 && differing[1]! - differing[0]! === 1;
}
