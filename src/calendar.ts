/**
 * Days and months as integers, so that the law is exact and fast: no Date object, no time zone, no drift.
 *
 * A `Day` is the number of days since 1970-01-01. A `Month` is year * 12 + (month - 1).
 * Date arithmetic follows rulebook 2.2: month steps are always taken from an anchor date, never chained, and a day
 * that does not exist becomes the last day of its month.
 */

/** Days since 1970-01-01 (proleptic Gregorian). */
export type Day = number;
/** year * 12 + month index (January = 0). */
export type Month = number;

/** The day number that stands for "no end": 9999-12-31. */
export const OPEN_END: Day = 2932896;

const FIRST_CACHED_MONTH: Month = 1900 * 12;
const CACHED_MONTHS = 300 * 12;
const firstDays = new Int32Array(CACHED_MONTHS + 1);
for (let i = 0; i <= CACHED_MONTHS; i++) firstDays[i] = computeFirstDay(FIRST_CACHED_MONTH + i);
const FIRST_CACHED_DAY = firstDays[0]!;
const monthByDay = new Int32Array(firstDays[CACHED_MONTHS]! - FIRST_CACHED_DAY);
for (let i = 0; i < CACHED_MONTHS; i++) {
  monthByDay.fill(FIRST_CACHED_MONTH + i, firstDays[i]! - FIRST_CACHED_DAY, firstDays[i + 1]! - FIRST_CACHED_DAY);
}

function computeFirstDay(month: Month): Day {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
  return Math.round(date.getTime() / 86_400_000);
}

/** First calendar day of a month. */
export function firstDayOf(month: Month): Day {
  const index = month - FIRST_CACHED_MONTH;
  return index >= 0 && index <= CACHED_MONTHS ? firstDays[index]! : computeFirstDay(month);
}

/** L(m) of the rulebook: last calendar day of a month (R-M-1). */
export function lastDayOf(month: Month): Day {
  return firstDayOf(month + 1) - 1;
}

/** The month that holds a day. */
export function monthOf(day: Day): Month {
  const index = day - FIRST_CACHED_DAY;
  if (index >= 0 && index < monthByDay.length) return monthByDay[index]!;
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The last month whose last day has been reached on `day`: the newest month that can be computed (rulebook 15.3). */
export function lastCompleteMonth(day: Day): Month {
  const month = monthOf(day);
  return lastDayOf(month) === day ? month : month - 1;
}

/** `add_months(d, n)` of rulebook 2.2: same day number n months on, clamped to the end of that month. */
export function addMonths(day: Day, months: number): Day {
  const month = monthOf(day);
  const target = month + months;
  return Math.min(firstDayOf(target) + (day - firstDayOf(month)), lastDayOf(target));
}

/** First month of the calendar quarter that holds a month. */
export function quarterStart(month: Month): Month {
  return month - (month % 3);
}

/** Calendar year of a month. */
export function yearOf(month: Month): number {
  return Math.floor(month / 12);
}

/** `YYYY-MM-DD` to a day. Returns undefined for anything that is not a date of the calendar (31 February). */
export function parseDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const month = Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
  const ofMonth = Number(text.slice(8, 10));
  const monthNumber = Number(text.slice(5, 7));
  if (monthNumber < 1 || monthNumber > 12 || ofMonth < 1 || ofMonth > lastDayOf(month) - firstDayOf(month) + 1) {
    return undefined;
  }
  return firstDayOf(month) + ofMonth - 1;
}

/** A day that is known to be well formed (configuration already checked, values from the database). */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(`not a date: ${text}`);
  return parsed;
}

/** Dates as they were formatted before: a million measurements share a few thousand days. */
const formattedDays = new Map<Day, string>();
const MOST_FORMATTED_DAYS = 100_000;

/** `YYYY-MM-DD` of a day. */
export function formatDay(value: Day): string {
  const known = formattedDays.get(value);
  if (known !== undefined) return known;
  const text = new Date(value * 86_400_000).toISOString().slice(0, 10);
  if (formattedDays.size < MOST_FORMATTED_DAYS) formattedDays.set(value, text);
  return text;
}

/** `YYYY-MM` to a month, undefined when malformed. */
export function parseMonth(text: string): Month | undefined {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return undefined;
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

/** `YYYY-MM` of a month. */
export function formatMonth(month: Month): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}
