import { describe, expect, it } from 'vitest';
import { day, formatDay } from '../src/calendar.js';
import { businessDateOf, businessDateToday, endOfDayMicros, fixedClock } from '../src/clock.js';

describe('business date', () => {
  it.each([
    ['2024-01-15T22:59:59Z', '2024-01-15'],
    ['2024-01-15T23:00:00Z', '2024-01-16'],
    ['2024-07-15T21:59:59Z', '2024-07-15'],
    ['2024-07-15T22:00:00Z', '2024-07-16'],
  ])('%s is %s in Brussels', (moment, date) => {
    expect(formatDay(businessDateOf(new Date(moment)))).toBe(date);
    expect(formatDay(businessDateToday(fixedClock(moment).now()))).toBe(date);
  });

  it('comes from the system when nothing is given', () => {
    expect(Math.abs(businessDateToday() - Date.now() / 86_400_000)).toBeLessThan(2);
  });

  it('refuses a clock that shows no time', () => {
    expect(() => fixedClock('half past nine')).toThrow(RangeError);
  });
});

describe('end of a business date', () => {
  it('is the first moment of the next day in Brussels', () => {
    expect(endOfDayMicros(day('2024-01-15'))).toBe(Date.parse('2024-01-15T23:00:00Z') * 1000);
    expect(endOfDayMicros(day('2024-07-15'))).toBe(Date.parse('2024-07-15T22:00:00Z') * 1000);
  });

  it('follows the days of 23 and 25 hours', () => {
    const hours = (date: string) => (endOfDayMicros(day(date)) - endOfDayMicros(day(date) - 1)) / 3_600_000_000;
    expect(hours('2024-03-31')).toBe(23);
    expect(hours('2024-10-27')).toBe(25);
    expect(hours('2024-06-01')).toBe(24);
  });
});
