/** Dates of the measurements: the table of rulebook 4.1 and X25, and when a measurement is made. */
import { describe, expect, it } from 'vitest';
import { day, formatDay } from '../../src/calendar.js';
import { measurementDates } from '../../src/law/outflow.js';
import { lawOf, measured, weo, type Settings } from '../support/facts.js';

/** WEO end, M1, then M2 counted from M1, from the WEO end, and from the WEO end plus a day. */
const TABLE = [
  ['2022-11-29', '2022-11-30', '2023-02-28', '2023-02-28', '2023-03-01'],
  ['2022-11-30', '2022-12-01', '2023-03-01', '2023-02-28', '2023-03-01'],
  ['2023-11-28', '2023-11-29', '2024-02-29', '2024-02-28', '2024-02-29'],
  ['2023-11-29', '2023-11-30', '2024-02-29', '2024-02-29', '2024-03-01'],
  ['2023-11-30', '2023-12-01', '2024-03-01', '2024-02-29', '2024-03-01'],
  ['2024-11-30', '2024-12-01', '2025-03-01', '2025-02-28', '2025-03-01'],
  ['2024-01-31', '2024-02-01', '2024-05-01', '2024-04-30', '2024-05-01'],
  ['2024-02-28', '2024-02-29', '2024-05-29', '2024-05-28', '2024-05-29'],
  ['2024-02-29', '2024-03-01', '2024-06-01', '2024-05-29', '2024-05-30'],
  ['2023-02-28', '2023-03-01', '2023-06-01', '2023-05-28', '2023-05-29'],
  ['2024-08-30', '2024-08-31', '2024-11-30', '2024-11-30', '2024-12-01'],
  ['2024-08-31', '2024-09-01', '2024-12-01', '2024-11-30', '2024-12-01'],
  ['2024-12-31', '2025-01-01', '2025-04-01', '2025-03-31', '2025-04-01'],
] as const;

const ANCHORS = ['M1', 'WEO_END', 'WEO_END_PLUS_1'] as const;

describe('X25 dates, the table of rulebook 4.1', () => {
  it.each(TABLE)('WEO end %s: M1 %s, M2 %s, %s or %s', (weoEnd, first, ...seconds) => {
    for (const [index, anchor] of ANCHORS.entries()) {
      const dates = measurementDates(day(weoEnd), lawOf({ law: { 'm2.anchor': anchor } }));
      expect([anchor, ...dates.map(formatDay)]).toEqual([anchor, first, seconds[index]]);
    }
  });

  it('counts from measurement 1 by default', () => {
    for (const [weoEnd, first, second] of TABLE) {
      expect(measured(weo('2022-01-10', weoEnd)).map(({ on }) => on)).toEqual([first, second]);
    }
  });
});

describe('a measurement is made when its date has come (4.3)', () => {
  const made = (today: string, law: Settings['law'] = {}): number[] =>
    measured(weo('2024-01-10', '2024-09-30'), { today, law }).map(({ measurement }) => measurement);

  it('on its date, not the evening before', () => {
    expect(made('2024-09-30')).toEqual([]);
    expect(made('2024-10-01')).toEqual([1]);
    expect(made('2024-12-31')).toEqual([1]);
    expect(made('2025-01-01')).toEqual([1, 2]);
  });

  it('m.grace_days later, but for its own date', () => {
    expect(made('2024-10-10', { 'm.grace_days': 10 })).toEqual([]);
    expect(made('2024-10-11', { 'm.grace_days': 10 })).toEqual([1]);
    expect(measured(weo('2024-01-10', '2024-09-30'), { law: { 'm.grace_days': 10 } })[0]!.on).toBe('2024-10-01');
  });

  it('never for an agreement without an end or withdrawn', () => {
    expect(measured(weo('2024-01-10'))).toEqual([]);
    expect(measured(weo('2024-01-10', '2024-09-30', { withdrawn: true }))).toEqual([]);
  });
});
