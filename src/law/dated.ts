/**
 * A dated amount: each value holds from its date until the next one. A date before the first value has no value, and
 * that is an error that names it, never a silent other value.
 */
import { firstDayOf, formatDay, lastDayOf, monthOf, type Day, type Month } from '../calendar.js';
import { EXIT, Failure } from '../errors.js';
import type { Cents } from '../money.js';

export interface DatedValue {
  /** First day on which the value holds. */
  readonly from: Day;
  readonly cents: Cents;
}

const FIRST_TABLE_MONTH: Month = 1990 * 12;
const TABLE_MONTHS = 80 * 12;
const NO_VALUE = -1;

export class DatedAmount {
  private readonly table = new Int32Array(TABLE_MONTHS);

  constructor(
    /** Configuration key, for messages: `amount.EFF`. */
    readonly key: string,
    /** In order of date. */
    readonly values: readonly DatedValue[],
  ) {
    for (let i = 0; i < TABLE_MONTHS; i++) this.table[i] = this.find(lastDayOf(FIRST_TABLE_MONTH + i)) ?? NO_VALUE;
  }

  /** Value on a day in cents. Throws a Failure that names key and date when there is none. */
  on(day: Day): Cents {
    const value = this.find(day);
    if (value === undefined) throw this.missing(day);
    return value;
  }

  /** Value of a month in cents: the one valid on its last day (rulebook 12). Throws like `on`. */
  ofMonth(month: Month): Cents {
    const index = month - FIRST_TABLE_MONTH;
    if (index < 0 || index >= TABLE_MONTHS) return this.on(lastDayOf(month));
    const value = this.table[index]!;
    if (value === NO_VALUE) throw this.missing(lastDayOf(month));
    return value;
  }

  /** Whether a value exists for a month. */
  hasMonth(month: Month): boolean {
    const index = month - FIRST_TABLE_MONTH;
    if (index < 0 || index >= TABLE_MONTHS) return this.find(lastDayOf(month)) !== undefined;
    return this.table[index] !== NO_VALUE;
  }

  private find(day: Day): Cents | undefined {
    let found: Cents | undefined;
    for (const value of this.values) {
      if (value.from > day) break;
      found = value.cents;
    }
    return found;
  }

  private missing(day: Day): Failure {
    const first = this.values[0];
    const known = first ? `its first value holds from ${formatDay(first.from)}` : 'it has no value at all';
    return new Failure(
      EXIT.usage,
      `${this.key} has no value for ${formatDay(day)} (${known}). Add a value that holds on ${formatDay(
        firstDayOf(monthOf(day)),
      )} to the law in the configuration; nothing was booked.`,
    );
  }
}
