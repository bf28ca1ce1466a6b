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

/**
 * The first moment after a business date, in microseconds since 1970: what was registered before it was known on the
 * evening of that day (rulebook 15.1). Days on which the clock changes have 23 or 25 hours.
 */
export function endOfDayMicros(businessDate: Day): number {
  return DateTime.fromISO(formatDay(businessDate + 1), { zone: ZONE }).toMillis() * 1000;
}
