/** What one OCMW is paid or asked back in one batch: the content of a payment note or a claim letter. Plain data. */
import type { Day, Month } from '../../calendar.js';
import type { Component, Reason } from '../../law/codes.js';
import type { Cents } from '../../money.js';

export interface NotePayee {
  readonly ocmwId: string;
  /** '' when none was ever delivered. */
  readonly name: string;
  readonly nisCode: string;
}

/** A line of the batch. */
export interface NoteLine {
  readonly weoId: string;
  /** First month of guidance of the trajectory; undefined when its WEO was withdrawn. */
  readonly guidanceStart: Month | undefined;
  readonly component: Component;
  readonly month: Month;
  readonly kind: 'QUARTER' | 'FINAL' | 'YEAR';
  /** `2024-Q1` or `2024`. */
  readonly period: string;
  readonly dueCents: Cents;
  readonly beforeCents: Cents;
  /** Due minus before. */
  readonly cents: Cents;
  readonly reason: Reason;
}

/** What booked the batch. */
export type BatchJob = 'quarterly-payment' | 'yearly-settlement' | 'final-settlement';

/** A payment or a claim. With `clawback.netting = NONE` a payee can have one of each in one batch. */
export interface NoteAmount {
  readonly direction: 'PAY' | 'CLAIM';
  /** Above zero. */
  readonly cents: Cents;
  /** Structured communication, `+++ddd/dddd/ddddd+++`. */
  readonly reference: string;
}

/** All lines of one payee in one batch, and what follows from them. */
export interface PaymentNote {
  readonly batchId: string;
  readonly job: BatchJob;
  /** Of the batch: `2024-Q1` or `2024`. */
  readonly period: string;
  readonly payee: NotePayee;
  readonly runDay: Day;
  /** Undefined while the batch waits for approval. */
  readonly approvedOn: Day | undefined;
  /** Empty when everything is carried over or cancels out. */
  readonly amounts: readonly NoteAmount[];
  /** Brought forward from earlier batches: to be taken off (negative) or taken off too much (positive). */
  readonly offsetCents: Cents;
  /** Left for later batches, likewise. Sum of lines + offset - carried = payments - claims. */
  readonly carriedCents: Cents;
  /** Account of the OCMW as valid on the day of the batch; undefined when none is known. */
  readonly iban: string | undefined;
  /** In order of WEO, component and month. */
  readonly lines: readonly NoteLine[];
}

/** Cents of a note in one direction: all its payments, or all its claims. */
export function amountOf(note: PaymentNote, direction: NoteAmount['direction']): Cents {
  return note.amounts.reduce((sum, amount) => sum + (amount.direction === direction ? amount.cents : 0), 0);
}

/** Cents of lines: difference between what is due and what was ordered before. */
export function sumOfLines(lines: readonly NoteLine[]): Cents {
  return lines.reduce((sum, line) => sum + line.cents, 0);
}

/** Throws when a note does not add up: a broken assumption of ours, for the database keeps the same sum. */
export function assertBalanced(note: PaymentNote): void {
  const booked = sumOfLines(note.lines) + note.offsetCents - note.carriedCents;
  const ordered = amountOf(note, 'PAY') - amountOf(note, 'CLAIM');
  if (booked !== ordered) {
    throw new Error(
      `the note of ${note.payee.ocmwId} in batch ${note.batchId} does not add up: its lines come to ${booked} cents, ` +
        `its payments and claims to ${ordered}`,
    );
  }
}
