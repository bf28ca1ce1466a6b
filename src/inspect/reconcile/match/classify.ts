/** What is wrong with what was found, and with what was not. */
import { COMPONENTS, type Component } from '../../../law/codes.js';
import type { LedgerPosting } from '../../../law/keys/kinds.js';
import { DIFFERENCE_KINDS, type Booking, type Difference, type Expected, type Link } from '../model.js';
import { sumOf, yearOfBooking, type Matching } from './matching.js';

/** All differences, in order of kind and then of day. */
export function classify(matching: Matching): Difference[] {
  const { isStatement } = matching.options;
  const found = [
    ...matching.links.flatMap((link) => differencesOf(matching, link)),
    ...matching.openOfYear().map(notBooked),
    ...(isStatement ? [] : matching.freeOfYear().map(unknown)),
  ];
  return found.sort(inOrder);
}

function notBooked(expected: Expected): Difference {
  return {
    ...NOTHING,
    kind: 'NOT_BOOKED',
    matter: expected.matter,
    expected: [expected],
    effectCents: -expected.cents,
  };
}

function unknown(booking: Booking): Difference {
  return { ...NOTHING, kind: 'UNKNOWN', matter: undefined, bookings: [booking], effectCents: booking.cents };
}

const NOTHING = { expected: [], bookings: [], repeated: [] } as const;

function differencesOf(matching: Matching, { expected, bookings, repeats }: Link): Difference[] {
  const { year } = matching.options;
  const isOfYear = expected[0]!.year === year;
  const common = { ...NOTHING, matter: expected[0]!.matter, expected };
  const inYear = (lines: readonly Booking[]) => lines.filter((line) => yearOfBooking(line) === year);
  const misplaced = isOfYear ? bookings.filter((line) => yearOfBooking(line) !== year) : inYear(bookings);
  const excess = sumOf(bookings) - sumOf(expected);
  const found: Difference[] = [];
  if (isOfYear && excess !== 0) {
    const kind = expected.every(({ standing }) => standing === 'STANDS') ? 'WRONG_AMOUNT' : 'UNKNOWN';
    found.push({ ...common, kind, bookings, effectCents: excess });
  }
  if (misplaced.length > 0) {
    const effectCents = isOfYear ? -sumOf(misplaced) : sumOf(misplaced);
    found.push({ ...common, kind: 'WRONG_YEAR', bookings: misplaced, effectCents });
  }
  const twice = isOfYear ? repeats : inYear(repeats);
  if (twice.length > 0) {
    const effectCents = sumOf(inYear(twice));
    found.push({ ...common, kind: 'BOOKED_TWICE', bookings: twice, repeated: bookings, effectCents });
  }
  const components = [...new Set(expected.flatMap(componentsOf))];
  const astray = inYear([...bookings, ...repeats]).filter((line) => isElsewhere(matching, components, line));
  if (astray.length > 0) found.push({ ...common, kind: 'WRONG_ACCOUNT', bookings: astray, effectCents: 0 });
  return found;
}

/** Components of which it is not known where they are to be booked. */
export function uncheckedComponents(matching: Matching): Component[] {
  const expected = new Set(matching.openOfYear().flatMap(componentsOf));
  for (const link of matching.links) link.expected.flatMap(componentsOf).forEach((each) => expected.add(each));
  return COMPONENTS.filter(
    (component) => expected.has(component) && matching.options.ledgerMap[component] === undefined,
  );
}

function componentsOf({ parts }: Expected): Component[] {
  return parts.map(({ component }) => component);
}

/** Whether a line stands on none of the accounts of what it is about. False where some component has no account (R-INSP-3). */
function isElsewhere(matching: Matching, all: readonly Component[], line: Booking): boolean {
  const { ledgerMap } = matching.options;
  const named = matching.cluesOf(line).component;
  const components = named !== undefined && all.includes(named) ? [named] : all;
  const postings = components.map((component) => ledgerMap[component]);
  if (line.account === undefined || postings.length === 0 || postings.includes(undefined)) return false;
  return !postings.some((posting) => standsOn(line, posting!));
}

function standsOn({ account, field }: Booking, posting: LedgerPosting): boolean {
  if (bare(account!) !== bare(posting.account)) return false;
  return field === undefined || posting.field.trim() === '' || bare(field) === bare(posting.field);
}

/** 7405/9, 7405-9 and 74059 are one account. */
function bare(code: string): string {
  return code.replaceAll(/[\s./-]/g, '').toLowerCase();
}

function inOrder(a: Difference, b: Difference): number {
  return (
    DIFFERENCE_KINDS.indexOf(a.kind) - DIFFERENCE_KINDS.indexOf(b.kind) ||
    dayOf(a) - dayOf(b) ||
    compareText(nameOf(a), nameOf(b))
  );
}

function dayOf({ expected, bookings }: Difference): number {
  return expected[0]?.day ?? bookings[0]?.bookedOn ?? 0;
}

function nameOf({ expected, bookings, effectCents }: Difference): string {
  const lines = bookings.map(({ account, cents, reference, text }) => [account, cents, reference, text].join(' '));
  return [expected[0]?.id ?? '', ...lines, effectCents].join('\n');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
