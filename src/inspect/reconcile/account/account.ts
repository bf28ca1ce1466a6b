/** The export of an account as it was read, and what makes it unreadable. */
import { EXIT, Failure } from '../../../errors.js';
import type { Booking } from '../model.js';

export interface Account {
  readonly bookings: readonly Booking[];
  /** A bank statement: without general accounts and policy fields, and with much that is about something else. */
  readonly isStatement: boolean;
  /** Of the file. */
  readonly sha256: string;
}

/** Faults that are told one by one; what comes after them is counted. */
const MOST_TOLD = 20;

/** More is no account of one OCMW. */
export const MOST_LINES = 200_000;

/** Gathers everything that is wrong with a file, so that it is told together. */
export class AccountFaults {
  private readonly told: string[] = [];
  private count = 0;

  /** @param where `line 12, column "Bedrag"` */
  add(where: string, what: string): void {
    this.count++;
    if (this.told.length < MOST_TOLD) this.told.push(`${where}: ${what}`);
  }

  /** Throws a Failure (exit 3) when there is a fault. */
  refuse(path: string): void {
    if (this.count === 0) return;
    const more = this.count - this.told.length;
    const lines = [...this.told, ...(more > 0 ? [`and ${more} more`] : [])].map((line) => `\n  ${line}`);
    throw new Failure(
      EXIT.refused,
      `The account ${path} cannot be read as reconcile.account says; nothing was compared. Correct the file or the mapping:` +
        lines.join(''),
    );
  }
}

/** An account that cannot be read as a whole (exit 3). */
export function refused(path: string, what: string, advice: string, cause?: unknown): Failure {
  return new Failure(EXIT.refused, `The account ${path} ${what}; nothing was compared. ${advice}`, { cause });
}
