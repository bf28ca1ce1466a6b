/** What a change is, and the events that explain it. */
import type { Day, Month } from '../../calendar.js';
import type { Component } from '../../law/codes.js';
import type { Cents } from '../../money.js';

/** What an amount is about. */
export type Side = 'due' | 'ordered' | 'paid';

/** An event that moved an amount. */
export interface Cause {
  /**
   * MONTH: a month was over, or a measurement was made in time. RECORD: a record said something else. LAW: other amounts or
   * policies. BATCH: booked. REJECTED, HELD, RETURNED: what was booked counts no more. PAYMENT: payment.csv. PAYEE: another
   * OCMW is paid. OTHER: what it shares with others (a budget) changed.
   */
  readonly kind:
    'MONTH' | 'RECORD' | 'LAW' | 'BATCH' | 'REJECTED' | 'HELD' | 'RETURNED' | 'PAYMENT' | 'PAYEE' | 'OTHER';
  /** One sentence, without an amount. */
  readonly text: string;
  /** Business date of the night that followed it. */
  readonly night: string | null;
  readonly delivery: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

/** One line of the position that is another one. */
export interface ChangedLine {
  readonly weoId: string;
  readonly component: Component;
  readonly month: Month;
  readonly side: Side;
  readonly beforeCents: Cents;
  readonly nowCents: Cents;
}

/** A share of a change that one event explains. */
export interface Share {
  readonly cause: Cause;
  readonly cents: Cents;
}

export interface ExplainedChange extends ChangedLine {
  /** Together the whole change. */
  readonly shares: readonly Share[];
}

/** Where the two evenings lie. */
export interface Between {
  readonly ocmwId: string;
  readonly since: Day;
  /** The moment of that evening, as `Moment.until`. */
  readonly sinceMoment: string;
  readonly until: Day;
}

/** Of an event that stands in no file. */
export const NO_PLACE = { delivery: null, file: null, line: null } as const;

/** What is left of a change when all events are taken off: the line came from, or went to, another OCMW. */
export function payeeShare({ beforeCents, nowCents }: ChangedLine, shares: readonly Share[]): Share[] {
  const rest = nowCents - beforeCents - shares.reduce((sum, { cents }) => sum + cents, 0);
  if (rest === 0) return [];
  const text = 'another OCMW is paid for this agreement since: a merger';
  return [{ cause: { kind: 'PAYEE', text, night: null, ...NO_PLACE }, cents: rest }];
}
