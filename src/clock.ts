/** The only place that knows what time it is. A business date is the calendar day in Europe/Brussels. */
import { DateTime } from 'luxon';
import { day, formatDay, type Day } from './calendar.js';

const ZONE = 'Europe/Brussels';

/** Where the time comes from: the system in earnest, a fixed moment in a test. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A moment of registration on a day, ISO 8601: now when the day is today, else noon in Brussels. */
export function momentOf(on: Day, now: Date = systemClock.now()): string {
  if (on === businessDateOf(now)) return now.toISOString();
  return DateTime.fromISO(`${formatDay(on)}T12:00:00`, { zone: ZONE })
    .toUTC()
    .toISO()!;
}

/** A clock that stands still. Throws a RangeError when the text is no ISO 8601 timestamp. */
export function fixedClock(timestamp: string): Clock {
  const moment = new Date(timestamp);
  if (Number.isNaN(moment.getTime())) throw new RangeError(`not a timestamp: ${timestamp}`);
  return { now: () => new Date(moment) };
}

/** Today as a business date. */
export function businessDateToday(now: Date = systemClock.now()): Day {
  return businessDateOf(now);
}

/** The business date on which a moment falls. */
export function businessDateOf(moment: Date): Day {
  return day(DateTime.fromJSDate(moment, { zone: ZONE }).toFormat('yyyy-MM-dd'));
}

/** What the clock on the wall says in Brussels. */
export interface LocalTime {
  readonly day: Day;
  /** Since midnight by the clock: 02:30 is 150 on every day. */
  readonly minutes: number;
}

/** The time in Brussels at a moment. */
export function localTime(moment: Date): LocalTime {
  const local = DateTime.fromJSDate(moment, { zone: ZONE });
  return { day: day(local.toFormat('yyyy-MM-dd')), minutes: local.hour * 60 + local.minute };
}

/** `2024-04-15 21:30`, in Brussels. */
export function shownMoment(moment: Date | string): string {
  const parsed = typeof moment === 'string' ? DateTime.fromISO(moment) : DateTime.fromJSDate(moment);
  return parsed.setZone(ZONE).toFormat('yyyy-MM-dd HH:mm');
}

/** The moment at which the clock in Brussels shows a time on a day (`minutes` since midnight by that clock). */
export function momentAt(on: Day, minutes: number): Date {
  const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return DateTime.fromISO(`${formatDay(on)}T${time}`, { zone: ZONE }).toJSDate();
}

/**
 * The first moment after a business date, in microseconds since 1970: what was registered before it was known on the
 * evening of that day (rulebook 15.1). Days on which the clock changes have 23 or 25 hours.
 */
export function endOfDayMicros(businessDate: Day): number {
  return DateTime.fromISO(formatDay(businessDate + 1), { zone: ZONE }).toMillis() * 1000;
}
