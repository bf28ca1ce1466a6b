/** The state of a reconciliation: what is still open on both sides, and what was found to belong together. */
import { yearOf, monthOf } from '../../../calendar.js';
import type { LedgerMap } from '../../../law/keys/kinds.js';
import type { Booking, Expected, FoundBy, Link } from '../model.js';
import { ClueReader, type Clues, type NovaPrima } from './clues.js';
import type { SearchBudget } from './subset.js';

export interface MatchOptions {
  readonly year: number;
  /** How many days a line may lie from the day on which it is expected when nothing but its amount says what it is. */
  readonly days: number;
  /** Where each component is to be booked (`ledger.map`, R-INSP-3). */
  readonly ledgerMap: LedgerMap;
  readonly novaPrima: NovaPrima;
  /** A bank statement: what matches nothing is about something else, and there are no accounts to check. */
  readonly isStatement: boolean;
}

interface OpenLink extends Link {
  readonly bookings: Booking[];
  readonly repeats: Booking[];
}

/** The year of bookkeeping of a line. */
export function yearOfBooking({ bookedOn }: Booking): number {
  return yearOf(monthOf(bookedOn));
}

export class Matching {
  readonly links: OpenLink[] = [];
  private readonly freeBookings: Set<Booking>;
  private readonly openExpected: Set<Expected>;
  private readonly clues: ReadonlyMap<Booking, Clues>;

  /** Both in order of day, and in an order that does not depend on that of the file. */
  constructor(
    bookings: readonly Booking[],
    readonly expected: readonly Expected[],
    readonly options: MatchOptions,
    readonly budget: SearchBudget,
  ) {
    this.freeBookings = new Set(bookings);
    this.openExpected = new Set(expected);
    const reader = new ClueReader(expected, options.novaPrima);
    this.clues = new Map(bookings.map((booking) => [booking, reader.read(booking)]));
  }

  cluesOf(booking: Booking): Clues {
    return this.clues.get(booking)!;
  }

  free(): Booking[] {
    return [...this.freeBookings];
  }

  isFree(booking: Booking): boolean {
    return this.freeBookings.has(booking);
  }

  /** Lines of the year that belong to nothing yet. */
  freeOfYear(): Booking[] {
    return this.free().filter((booking) => yearOfBooking(booking) === this.options.year);
  }

  open(): Expected[] {
    return [...this.openExpected];
  }

  isOpen(expected: Expected): boolean {
    return this.openExpected.has(expected);
  }

  /** What belongs to the year, is not found yet and is worth something. */
  openOfYear(): Expected[] {
    return this.open().filter(({ year, cents }) => year === this.options.year && cents !== 0);
  }

  link(
    expected: readonly Expected[],
    bookings: readonly Booking[],
    by: FoundBy,
    repeats: readonly Booking[] = [],
  ): void {
    for (const each of expected) this.openExpected.delete(each);
    for (const each of [...bookings, ...repeats]) this.freeBookings.delete(each);
    this.links.push({ expected, bookings: [...bookings], repeats: [...repeats], by });
  }

  /** A free line repeats one that was found. */
  repeat(link: Link, booking: Booking): void {
    this.freeBookings.delete(booking);
    (link as OpenLink).repeats.push(booking);
  }
}

export function sumOf(items: readonly { readonly cents: number }[]): number {
  return items.reduce((sum, { cents }) => sum + cents, 0);
}

/** Lists by a key, in the order in which the keys first occur. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
