/** What an account is compared with, and what comes of it. Everything here is plain data. */
import type { Day, Month } from '../../calendar.js';
import type { Component } from '../../law/codes.js';
import type { Cents } from '../../money.js';

/** One line of the account of an OCMW. */
export interface Booking {
  /** Where it stands in the file; the first line is 1. */
  readonly line: number;
  readonly bookedOn: Day;
  /** General account; undefined when the file has none (a bank statement). */
  readonly account: string | undefined;
  /** Policy field (beleidsveld); undefined when the file has none. */
  readonly field: string | undefined;
  /** Positive: the OCMW received it. */
  readonly cents: Cents;
  readonly reference: string;
  readonly text: string;
}

/** VDAB pays guidance subsidy, compensation and results; the allowances go through POD MI (R-P-8). */
export type Matter = 'VDAB' | 'ALLOWANCE';

/** A piece of what is expected: one component of one month of one trajectory. */
export interface ExpectedPart {
  readonly weoId: string;
  readonly component: Component;
  readonly month: Month;
  readonly cents: Cents;
}

/** Why something known is expected with nothing: the batch was rejected, held or waits, or the payment came back. */
export type Standing = 'STANDS' | 'REJECTED' | 'HELD' | 'WAITING' | 'RETURNED';

/** Something that an account should hold: a payment or claim of a batch, an opening payment, an allowance of a month. */
export interface Expected {
  /** Unique, and the same whenever it is made again. */
  readonly id: string;
  readonly kind: 'BATCH' | 'OPENING' | 'ALLOWANCE';
  readonly matter: Matter;
  /** The year of bookkeeping to which it belongs. */
  readonly year: number;
  /** The day around which it is booked: paid, else run day; of an allowance the last day of its month. */
  readonly day: Day;
  /** Negative for a claim; 0 for what does not stand. */
  readonly cents: Cents;
  readonly standing: Standing;
  /** Structured communication; '' when it has none. */
  readonly reference: string;
  /** Batch and period, as people know it; '' for an allowance. */
  readonly batchId: string;
  readonly period: string;
  /** When `payment.csv` says that it was paid; undefined when it says nothing. */
  readonly confirmedOn: Day | undefined;
  readonly parts: readonly ExpectedPart[];
}

/** How lines of the account were found to be about something. */
export type FoundBy = 'REFERENCE' | 'BENEFICIARY' | 'AMOUNT_AND_DATE' | 'MONTH_TOTAL' | 'SUBSET' | 'LIKENESS';

/** What is expected, with the lines of the account that are about it. */
export interface Link {
  readonly expected: readonly Expected[];
  /** Lines that count, whether they add up or not. */
  readonly bookings: readonly Booking[];
  /** Lines that repeat those. */
  readonly repeats: readonly Booking[];
  readonly by: FoundBy;
}

/** The classes of issue and inspection, in the order in which people act on them. */
export const DIFFERENCE_KINDS = [
  'NOT_BOOKED',
  'BOOKED_TWICE',
  'WRONG_AMOUNT',
  'WRONG_YEAR',
  'WRONG_ACCOUNT',
  'UNKNOWN',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One difference, with the lines on both sides. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Undefined when nothing is known to which the line belongs. */
  readonly matter: Matter | undefined;
  readonly expected: readonly Expected[];
  readonly bookings: readonly Booking[];
  /** Of lines that are booked twice: those that they repeat. */
  readonly repeated: readonly Booking[];
  /** What it does to the account of the year: booked minus expected. 0 for a wrong account. */
  readonly effectCents: Cents;
}

export interface Reconciliation {
  readonly year: number;
  readonly expectedCents: Cents;
  /** All lines of the year that are compared. */
  readonly bookedCents: Cents;
  readonly links: readonly Link[];
  /** In order of kind, then of day. */
  readonly differences: readonly Difference[];
  /** Lines of other years that are about other years, and of a bank statement what is about something else. */
  readonly leftAside: readonly Booking[];
  /** Components that are expected and not in `ledger.map`: the account of their lines was not checked. */
  readonly uncheckedComponents: readonly Component[];
  /** Whether a search for sums was ended before all combinations were tried. */
  readonly searchEnded: boolean;
}
