/** Which runs are due: pure, so that nine years of minutes take no time. */
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { day, formatDay, lastCompleteMonth, lastDayOf, monthOf, type Day } from '../../src/calendar.js';
import { fixedClock, localTime } from '../../src/clock.js';
import type { Timetable } from '../../src/config/schedule.js';
import { dueRuns, nextRun, untilAt, type Done, type DueRun } from '../../src/runs/due.js';

const ZONE = 'Europe/Brussels';
const at = (text: string) => {
  const [hours, minutes] = text.split(':').map(Number) as [number, number];
  return { text, minutes: hours * 60 + minutes };
};
const TIMETABLE: Timetable = { nightly: at('21:30'), statement: at('23:00'), retention: undefined };
const NOTHING: Done = {
  lastNight: undefined,
  firstDelivery: undefined,
  lastStatement: undefined,
  lastRetention: undefined,
};
const after = (night: string, lastStatement?: string, isDone = true): Done => ({
  lastNight: { day: day(night), isDone },
  firstDelivery: undefined,
  lastStatement: lastStatement === undefined ? undefined : monthOf(day(`${lastStatement}-01`)),
  lastRetention: undefined,
});
const shown = (runs: readonly DueRun[]) => runs.map(({ job, day: on }) => `${formatDay(on)} ${job}`);
const dueAt = (done: Done, moment: string, timetable = TIMETABLE) =>
  shown(dueRuns(done, untilAt(timetable, fixedClock(moment).now())));

describe('what is due', () => {
  it('is nothing before the first delivery, then its night when its time has come', () => {
    expect(dueAt(NOTHING, '2024-04-02T23:00:00+02:00')).toEqual([]);
    const first = { ...NOTHING, firstDelivery: day('2024-04-02') };
    expect(dueAt(first, '2024-04-02T21:29:59+02:00')).toEqual([]);
    expect(dueAt(first, '2024-04-02T21:30:00+02:00')).toEqual(['2024-04-02 nightly']);
  });

  it('is every night since the last one after ten days down, oldest first, each with its own date', () => {
    const nights = Array.from({ length: 10 }, (_, n) => `2024-05-${11 + n} nightly`);
    expect(dueAt(after('2024-05-10', '2024-04'), '2024-05-20T22:00:00+02:00')).toEqual(nights);
    expect(dueAt(after('2024-05-10', '2024-04'), '2024-05-20T21:00:00+02:00')).toEqual(nights.slice(0, 9));
  });

  it('is retention after the statements of the last day of a month, when there is a time for it', () => {
    const timetable = { ...TIMETABLE, retention: at('23:30') };
    const done = { ...after('2024-05-31', '2024-04'), lastRetention: monthOf(day('2024-04-30')) };
    expect(dueAt(done, '2024-05-31T23:15:00+02:00', timetable)).toEqual(['2024-05-31 monthly-statement']);
    const statements = { ...done, lastStatement: monthOf(day('2024-05-31')) };
    expect(nextRun(timetable, statements, new Date('2024-05-31T23:15:00+02:00'))).toMatchObject({ job: 'retention' });
    expect(dueAt(statements, '2024-05-31T23:30:00+02:00', timetable)).toEqual(['2024-05-31 retention']);
    expect(dueAt(statements, '2024-05-31T23:30:00+02:00')).toEqual([]);
  });

  it('begins with a night that was begun', () => {
    expect(dueAt(after('2024-05-10', '2024-04', false), '2024-05-10T22:00:00+02:00')).toEqual(['2024-05-10 nightly']);
    expect(dueAt(after('2024-05-10', '2024-04', false), '2024-05-10T12:00:00+02:00')).toEqual(['2024-05-10 nightly']);
  });

  it('are statements right after the night of the last day of the month, when their time has come', () => {
    const april = after('2024-04-29', '2024-03');
    expect(dueAt(april, '2024-04-30T22:59:00+02:00')).toEqual(['2024-04-30 nightly']);
    expect(dueAt(april, '2024-04-30T23:00:00+02:00')).toEqual(['2024-04-30 nightly', '2024-04-30 monthly-statement']);
    expect(dueAt(after('2024-04-30', '2024-03'), '2024-04-30T23:00:00+02:00')).toEqual([
      '2024-04-30 monthly-statement',
    ]);
    expect(dueAt(after('2024-04-30', '2024-04'), '2024-04-30T23:30:00+02:00')).toEqual([]);
  });

  it('are statements of a missed month with the last night there is, and of each month that nights are caught up for', () => {
    expect(dueAt(after('2024-05-03', '2024-03'), '2024-05-04T08:00:00+02:00')).toEqual([
      '2024-05-03 monthly-statement',
    ]);
    const due = dueAt(after('2024-04-28', '2024-03'), '2024-06-01T08:00:00+02:00');
    expect(due.filter((run) => run.endsWith('statement'))).toEqual([
      '2024-04-30 monthly-statement',
      '2024-05-31 monthly-statement',
    ]);
    expect(due.indexOf('2024-04-30 monthly-statement')).toBe(due.indexOf('2024-04-30 nightly') + 1);
  });

  it('is one statement only when none were ever made, and none when they are off', () => {
    expect(dueAt(after('2023-12-30'), '2024-04-01T08:00:00+02:00').filter((run) => run.endsWith('statement'))).toEqual([
      '2024-03-31 monthly-statement',
    ]);
    const off = { ...TIMETABLE, statement: undefined };
    expect(dueAt(after('2024-04-29', '2024-03'), '2024-04-30T23:30:00+02:00', off)).toEqual(['2024-04-30 nightly']);
  });

  it('is nothing when the clock was set back after the last night', () => {
    expect(dueAt(after('2024-04-30', '2024-04'), '2024-04-30T19:31:00+02:00')).toEqual([]);
    expect(dueAt(after('2024-04-30', '2024-04'), '2024-04-29T23:31:00+02:00')).toEqual([]);
    expect(dueAt(after('2024-04-30', '2024-04'), '2024-04-30T23:31:00+02:00')).toEqual([]);
  });

  it('says what comes next', () => {
    const next = (done: Done, moment: string) => {
      const run = nextRun(TIMETABLE, done, fixedClock(moment).now());
      return run && `${shown([run])[0]!} ${run.at.text}`;
    };
    expect(next(NOTHING, '2024-04-02T12:00:00+02:00')).toBeUndefined();
    expect(next(after('2024-04-29', '2024-03'), '2024-04-30T12:00:00+02:00')).toBe('2024-04-30 nightly 21:30');
    expect(next(after('2024-04-30', '2024-03'), '2024-04-30T22:00:00+02:00')).toBe(
      '2024-04-30 monthly-statement 23:00',
    );
    expect(next(after('2024-04-30', '2024-04'), '2024-04-30T23:10:00+02:00')).toBe('2024-05-01 nightly 21:30');
  });
});

/** Days around which every minute is looked at: changes of time and ends of months. */
function* criticalDays(): Generator<Day> {
  for (let on = day('2024-01-01'); on <= day('2032-12-31'); on++) {
    const noon = (d: Day) => DateTime.fromISO(`${formatDay(d)}T12:00`, { zone: ZONE }).offset;
    if (noon(on) !== noon(on - 1) || lastDayOf(monthOf(on)) === on) yield on;
  }
}

// All of it is six years of minutes.
const LONG = process.env['TWE_LONG'] !== undefined;
const TIMES = LONG ? ['00:00', '01:59', '03:01', '21:30', '23:59'] : ['01:59', '21:30'];

describe('a clock from 2024 to 2032', () => {
  it.each(TIMES)('runs each job once for each date at %s', (time) => {
    const timetable: Timetable = { nightly: at(time), statement: at(time), retention: undefined };
    const days = [...criticalDays()];
    // 108 ends of months and 18 changes of time, four of them on one day.
    expect(days).toHaveLength(122);
    for (const on of LONG ? days : days.filter((_, index) => index % 8 === 2)) {
      let done = after(formatDay(on - 2), undefined);
      done = { ...done, lastStatement: lastCompleteMonth(on - 2) };
      const ran: string[] = [];
      const from = DateTime.fromISO(`${formatDay(on - 1)}T00:00`, { zone: ZONE }).toMillis();
      const until = DateTime.fromISO(`${formatDay(on + 2)}T00:00`, { zone: ZONE }).toMillis();
      for (let moment = from; moment < until; moment += 60_000) {
        for (const run of dueRuns(done, untilAt(timetable, new Date(moment)))) {
          const local = localTime(new Date(moment));
          // Done in the very minute in which it is due, by the clock on the wall.
          expect([local.day, local.minutes]).toEqual([run.day, timetable.nightly.minutes]);
          ran.push(shown([run])[0]!);
          done =
            run.job === 'nightly'
              ? { ...done, lastNight: { day: run.day, isDone: true } }
              : { ...done, lastStatement: lastCompleteMonth(run.day) };
        }
      }
      expect(ran.filter((run) => run.endsWith('nightly'))).toEqual(
        [on - 1, on, on + 1].map((each) => `${formatDay(each)} nightly`),
      );
      const monthEnds = [on - 1, on, on + 1].filter((each) => lastDayOf(monthOf(each)) === each);
      expect(ran.filter((run) => run.endsWith('statement'))).toEqual(
        monthEnds.map((each) => `${formatDay(each)} monthly-statement`),
      );
    }
  });
});
