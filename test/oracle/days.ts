/**
 * Dates of the oracle: plain strings that compare in order (`YYYY-MM-DD`, `YYYY-MM`), arithmetic through Date.UTC.
 * Deliberately a second implementation of rulebook 2.2 that shares nothing with the program.
 */

/** `YYYY-MM-DD`. */
export type Day = string;
/** `YYYY-MM`. */
export type Month = string;

/** Stands for "no end". */
export const NEVER: Day = '9999-12-31';

const DAY_MS = 86_400_000;

function dayOfMs(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}

/** A number of days later (or earlier when negative). */
export function plusDays(day: Day, days: number): Day {
  return dayOfMs(Date.parse(day) + days * DAY_MS);
}

/** The month that holds a day. */
export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

const monthsLater = new Map<string, Month>();
const lastDays = new Map<Month, Day>();

/** Remembers answers: the same few months are asked a thousand times. */
function remembered<K>(answers: Map<K, string>, question: K, answer: () => string): string {
  let known = answers.get(question);
  if (known === undefined) answers.set(question, (known = answer()));
  return known;
}

/** A number of months later (or earlier when negative). */
export function plusMonths(month: Month, months: number): Month {
  return remembered(monthsLater, `${month}+${months}`, () =>
    dayOfMs(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + months, 1)).slice(0, 7),
  );
}

/** First calendar day of a month. */
export function firstDay(month: Month): Day {
  return `${month}-01`;
}

/** L(m): last calendar day of a month. */
export function lastDay(month: Month): Day {
  return remembered(lastDays, month, () => dayOfMs(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)));
}

/** `add_months` of rulebook 2.2: same day number, clamped to the end of the month. */
export function addMonths(day: Day, months: number): Day {
  const month = plusMonths(monthOf(day), months);
  const sameNumber = `${month}-${day.slice(8)}`;
  const last = lastDay(month);
  return sameNumber < last ? sameNumber : last;
}

/** Days from `from` to `to`, both included. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** Earlier of two days. */
export function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** Later of two days. */
export function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

/** Whether the text is a date of the calendar (31 February is not). */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && dayOfMs(ms) === text;
}

/** Whether the text is a month. */
export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** First month of the calendar quarter that holds a month. */
export function quarterStart(month: Month): Month {
  return plusMonths(month, -((Number(month.slice(5, 7)) - 1) % 3));
}

const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** ISO 8601 with offset to microseconds since 1970; undefined when it is anything else. */
export function parseTimestamp(text: string): number | undefined {
  const match = TIMESTAMP.exec(text);
  if (!match) return undefined;
  const [, day, hour, minute, second = '00', fraction = '', zone] = match as unknown as [string, ...string[]];
  if (!isDay(day!) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const localMs = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  const digits = zone === 'Z' ? '+0000' : zone!.replace(':', '');
  const offsetMinutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  const offsetMs = (digits.startsWith('-') ? -1 : 1) * offsetMinutes * 60_000;
  return (localMs - offsetMs) * 1000 + Number(fraction.padEnd(6, '0'));
}

function lastSunday(year: number, monthIndex: number): Day {
  const last = new Date(Date.UTC(year, monthIndex + 1, 0));
  return dayOfMs(last.getTime() - last.getUTCDay() * DAY_MS);
}

/** Calendar day in Europe/Brussels: summer time from the last Sunday of March to that of October, 01:00 UTC. */
export function brusselsDay(micros: number): Day {
  const ms = Math.floor(micros / 1000);
  const year = new Date(ms).getUTCFullYear();
  const summerFrom = Date.parse(`${lastSunday(year, 2)}T01:00:00Z`);
  const summerUntil = Date.parse(`${lastSunday(year, 9)}T01:00:00Z`);
  const hours = ms >= summerFrom && ms < summerUntil ? 2 : 1;
  return dayOfMs(ms + hours * 3_600_000);
}
