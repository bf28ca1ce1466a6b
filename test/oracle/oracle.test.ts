/** Proves the oracle on the worked examples before it judges anything else. */
import { describe, expect, it } from 'vitest';
import type { FeedRow } from '../support/random-feed/delivery.js';
import * as dates from './days.js';
import type { LawOverrides } from './law.js';
import {
  art60,
  category,
  decision,
  due,
  job,
  linesOf,
  measured,
  ocmw,
  oracleOf,
  runs,
  total,
  weo,
} from './tiny-feeds.js';

const X01 = [weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-12-31')];
const X17 = [weo('2022-01-01', '2024-03-31'), art60('2022-02-01', '2024-03-31')];
const CATEGORY_90 = category('2010-01-01');
const ALWAYS_WORKING = [ocmw(), CATEGORY_90];

/** One delivery on the day before the WEO starts holds everything; asked years later. */
function atEnd(rows: readonly FeedRow[], law: LawOverrides = {}, date = '2026-01-31') {
  const start = rows.find((row) => row.file === 'weo.csv')!.cells.start_date!;
  return oracleOf({ [dates.plusDays(start, -1)]: [...ALWAYS_WORKING, ...rows] }, date, law);
}

/** Euro due together; the default law has no allowances. */
function moneyOf(rows: readonly FeedRow[], law: LawOverrides = {}) {
  const result = due(atEnd(rows, law));
  return Object.values(result).reduce((sum, euro) => sum + euro, 0);
}

describe('month test and totals', () => {
  it('X01 full cycle inside one year', () => {
    const result = atEnd(X01);
    expect(due(result)).toEqual({ EFF: 3000, C1: 1500, C2: 450 });
    expect(measured(result)).toEqual(['1 2025-01-01 NEGATIVE 0', '2 2025-04-01 NEGATIVE 0']);
  });
  it('X02 both measurements positive', () => {
    expect(moneyOf([...X01, job('2025-01-01', '')])).toBe(5850);
  });
  it('X03 WEO ends one day before the month end', () => {
    const result = atEnd([weo('2024-01-15', '2024-12-30'), art60('2024-03-01', '2024-12-30')]);
    expect(due(result)).toEqual({ EFF: 2750, C1: 1350, C2: 405 });
    expect(measured(result)).toEqual(['1 2024-12-31 NEGATIVE 0', '2 2025-03-31 NEGATIVE 0']);
  });
  it('X04 WEO starts on the last day of a month', () => {
    const result = atEnd([weo('2024-01-31', '2024-03-30'), art60('2024-02-15', '2024-03-30')]);
    expect(total(result)).toBe(695);
    expect(measured(result)).toEqual(['1 2024-03-31 NEGATIVE 0', '2 2024-06-30 NEGATIVE 0']);
  });
  it('X05 WEO inside one month', () => {
    const result = atEnd([weo('2024-05-02', '2024-05-30'), art60('2024-05-06', '2024-05-30')]);
    expect(total(result)).toBe(0);
    expect(measured(result)).toEqual(['1 2024-05-31 NEGATIVE 0', '2 2024-08-31 NEGATIVE 0']);
  });
  it('X06 exactly one month', () => {
    expect(moneyOf([weo('2024-05-01', '2024-05-31'), art60('2024-05-06', '2024-05-31')])).toBe(445);
  });
  it('X07 art. 60 ends mid-month, guidance goes on', () => {
    const rows = [weo('2024-01-10', '2024-08-31'), art60('2024-02-01', '2024-06-14')];
    expect(due(atEnd(rows))).toEqual({ EFF: 2000, C1: 600, C2: 180 });
    expect(moneyOf(rows, { 'comp.presence': 'ANY_DAY' })).toBe(2975);
  });
  it('X08 two contracts with a gap over a month end', () => {
    const agreement = weo('2024-01-01', '2024-09-30');
    const first = art60('2024-02-01', '2024-04-20');
    expect(due(atEnd([agreement, first, art60('2024-05-10', '2024-09-30')]))).toEqual({ EFF: 2250, C1: 1050, C2: 315 });
    expect(due(atEnd([agreement, first, art60('2024-04-25', '2024-09-30')]))).toEqual({ EFF: 2250, C1: 1200, C2: 360 });
  });
  it('X09 part-time art. 60', () => {
    const half = [weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-12-31', { fte: '0.5' })];
    const result = oracleOf({ '2024-01-14': [ocmw(), category('2010-01-01', { code: '93' }), ...half] }, '2025-12-31');
    expect(total(result)).toBe(4950);
  });
});

describe('two-month deadline', () => {
  const agreement = weo('2024-01-15', '2024-06-30');
  it('X10 start on the deadline day', () => {
    const rows = [agreement, art60('2024-03-15', '2024-06-30')];
    expect(due(atEnd(rows))).toEqual({ EFF: 1500, C1: 600, C2: 180 });
    expect(moneyOf(rows, { 'a60.deadline_inclusive': false })).toBe(0);
  });
  it('X11 one day late', () => {
    const rows = [agreement, art60('2024-03-16', '2024-06-30')];
    expect(moneyOf(rows)).toBe(0);
    expect(due(atEnd(rows, { 'a60.late_policy': 'PAY_FROM_START' }))).toEqual({ EFF: 1000, C1: 600, C2: 180 });
    expect(due(atEnd(rows, { 'a60.late_policy': 'EFF_ONLY' }))).toEqual({ C1: 600, C2: 180 });
  });
  it('X12 deadline in a leap February, X13 in a common one', () => {
    const leap = weo('2023-12-31', '2024-06-30');
    expect(due(atEnd([leap, art60('2024-02-29', '2024-06-30')]))).toEqual({ EFF: 1750, C1: 750, C2: 225 });
    expect(moneyOf([leap, art60('2024-03-01', '2024-06-30')])).toBe(0);
    const common = weo('2024-12-31', '2025-06-30');
    expect(moneyOf([common, art60('2025-02-28', '2025-06-30')])).toBe(2725);
    expect(moneyOf([common, art60('2025-03-01', '2025-06-30')])).toBe(0);
  });
  it('X14 no art. 60 at all', () => {
    const result = atEnd([weo('2024-04-01', '2024-06-30')]);
    expect(total(result)).toBe(0);
    expect(runs(result)).toEqual({});
  });
  it('X15 provisional payment, then late: clawback', () => {
    const story = {
      '2024-02-20': [...ALWAYS_WORKING, weo('2024-02-20', '2024-07-31')],
      '2024-05-02': [art60('2024-05-02', '2024-07-31')],
    };
    const result = oracleOf(story, '2025-12-31');
    expect(runs(result)).toEqual({ '2024-04-15 QUARTER': 500, '2025-01-15 FINAL': -500 });
    expect(runs(oracleOf(story, '2025-12-31', { 'a60.pending_policy': 'HOLD' }))).toEqual({});
    expect(moneyOf([weo('2024-02-20', '2024-07-31'), art60('2024-04-20', '2024-07-31')])).toBe(2280);
  });
});

describe('24 months and beyond', () => {
  it('X16 cap without art. 60 at the end', () => {
    const result = atEnd([weo('2022-01-01', '2024-03-31'), art60('2022-02-01', '2023-06-30')]);
    expect(due(result)).toEqual({ EFF: 6000, C1: 2550, C2: 765 });
  });
  it('X17 art. 60 runs past month 24', () => {
    const result = atEnd(X17);
    expect(due(result, '2022')).toEqual({ EFF: 3000, C1: 1650, C2: 495 });
    expect(due(result, '2023')).toEqual({ EFF: 3000, C1: 1800, C2: 540 });
    expect(due(result, '2024')).toEqual({ C1: 450, C2: 135, C3: 750 });
  });
  it('X18 one day decides between 24 and 25 months', () => {
    const until = (end: string) => moneyOf([weo('2022-01-31', end), art60('2022-03-31', end)]);
    expect([until('2024-01-30'), until('2024-01-31')]).toEqual([10290, 10735]);
  });
  it('X19 mid-month start, art. 60 to the end', () => {
    const result = atEnd([weo('2022-03-10', '2024-05-20'), art60('2022-05-10', '2024-05-20')]);
    expect(due(result)).toEqual({ EFF: 6000, C1: 3600, C2: 1080, C3: 500 });
  });
  it('X20 yearly cap never binds', () => {
    expect(moneyOf([weo('2022-06-15', '2024-06-14'), art60('2022-07-01', '2023-12-31')])).toBe(9510);
  });
  it('X21 month 25 with the extension flag off', () => {
    const rows = [weo('2022-01-01', '2024-03-31', { extended_for_rights: 'false' }), X17[1]!];
    expect(moneyOf(rows)).toBe(10485);
  });
});

describe('category', () => {
  const agreement = [weo('2024-01-15', '2024-12-31'), art60('2024-03-04', '2024-12-31')];
  const as78 = category('2024-03-04', { category_id: 'C', code: '78' });
  const story = (more: FeedRow) => ({
    '2024-01-14': [ocmw(), ...agreement],
    '2024-03-05': [as78],
    '2024-04-10': [more],
  });
  it('X22 changed late but backdated', () => {
    const result = oracleOf(story(category('2024-03-04', { category_id: 'C' })), '2025-12-31');
    expect(runs(result)).toEqual({
      '2024-04-15 QUARTER': 500,
      '2024-07-15 QUARTER': 1200,
      '2024-10-15 QUARTER': 1200,
      '2025-01-15 QUARTER': 1650,
      '2025-02-15 YEAR': 400,
    });
  });
  it('X22 under FORFEIT: not right at the cut-off of its quarter, lost', () => {
    const law = { 'category.policy': 'FORFEIT' };
    const result = oracleOf(story(category('2024-03-04', { category_id: 'C' })), '2025-12-31', law);
    expect(total(result)).toBe(4950 - 445);
  });
  it('X23 not backdated', () => {
    const until = category('2024-03-04', { category_id: 'C', code: '78', to_date: '2024-04-09' });
    const result = oracleOf({ ...story(until), '2024-04-11': [category('2024-04-10')] }, '2025-12-31');
    expect(total(result)).toBe(4505);
    expect(due(result).C2).toBe(405);
  });
  it('X24 eight calendar days', () => {
    const days = ['2025-01-01', '2024-02-26', '2025-02-26'].map((day) => dates.plusDays(day, 8));
    expect(days).toEqual(['2025-01-09', '2024-03-05', '2025-03-06']);
  });
});

describe('measurements and result financing', () => {
  it('X25 dates', () => {
    const datesOf = (end: string, anchor: string) => {
      const rows = [weo('2022-01-01', end)];
      return measured(atEnd(rows, { 'm2.anchor': anchor }, '2026-06-30'))[1]!.slice(2, 12);
    };
    const all = (end: string) => ['M1', 'WEO_END', 'WEO_END_PLUS_1'].map((anchor) => datesOf(end, anchor));
    expect(all('2024-02-29')).toEqual(['2024-06-01', '2024-05-29', '2024-05-30']);
    expect(all('2022-11-29')).toEqual(['2023-02-28', '2023-02-28', '2023-03-01']);
    expect(all('2024-12-31')).toEqual(['2025-04-01', '2025-03-31', '2025-04-01']);
    expect(all('2023-11-28')).toEqual(['2024-02-29', '2024-02-28', '2024-02-29']);
    expect(all('2024-08-30')).toEqual(['2024-11-30', '2024-11-30', '2024-12-01']);
  });
  it('X26 outcome table', () => {
    const both = job('2025-01-01', '');
    const firstOnly = job('2025-01-01', '2025-03-31');
    const secondOnly = job('2025-02-01', '');
    const results = (scheme: string) =>
      [both, firstOnly, secondOnly].map((work) => moneyOf([...X01, work], { 'result.scheme': scheme }) - 4950);
    expect(results('M1_300_M2_600')).toEqual([900, 300, 600]);
    expect(results('M1_600_M2_300')).toEqual([900, 600, 300]);
    expect(results('TRACK')).toEqual([300, 0, 600]);
    expect(moneyOf([...X01, both], { 'result.cumulative': false }) - 4950).toBe(600);
    expect(moneyOf([...X01, firstOnly], { 'result.clawback_m1': true }) - 4950).toBe(0);
    expect(moneyOf([...X01, both], { 'amount.M1': 111, 'result.scheme': 'TRACK' }) - 4950).toBe(411);
  });
  const september = [weo('2024-01-15', '2024-09-30'), art60('2024-02-01', '2024-09-30')];
  const measuredWith = (...rows: FeedRow[]) => measured(atEnd([...september, ...rows]));
  it('X27 job starts on the M1 date', () => {
    expect(measuredWith(job('2024-10-01', '2024-12-31'))).toEqual([
      '1 2024-10-01 POSITIVE 300 J-2024-10-01',
      '2 2025-01-01 NEGATIVE 0',
    ]);
  });
  it('X28 job found later', () => {
    expect(measuredWith(job('2024-11-18', ''))).toEqual([
      '1 2024-10-01 NEGATIVE 0',
      '2 2025-01-01 POSITIVE 600 J-2024-11-18',
    ]);
  });
  it('X29 art. 60 runs past the WEO', () => {
    const result = atEnd([weo('2024-01-15', '2024-09-30'), art60('2024-02-01', '2024-10-31')]);
    expect(measured(result)[0]).toBe('1 2024-10-01 NEGATIVE 0');
    expect(due(result, '2024-10')).toEqual({});
  });
  it('X30 IBO at M1, hired at M2', () => {
    const training = job('2024-10-01', '2024-12-20', { kind: 'IBO', dimona_type: 'IVT' });
    expect(measuredWith(training, job('2024-12-21', ''))).toEqual([
      '1 2024-10-01 NEGATIVE 0',
      '2 2025-01-01 POSITIVE 600 J-2024-12-21',
    ]);
  });
  it('X31 result on a late trajectory', () => {
    const rows = [weo('2024-01-15', '2024-06-30'), art60('2024-03-16', '2024-06-30'), job('2024-07-01', '')];
    expect(moneyOf(rows)).toBe(0);
    expect(moneyOf(rows, { 'result.requires_timely': false })).toBe(900);
  });
  it('self-employed is pending until decided, and then has its evidence', () => {
    const own = job('2024-10-01', '', { kind: 'SELF_EMPLOYED', dimona_type: '' });
    expect(measuredWith(own)[0]).toBe('1 2024-10-01 PENDING 0 J-2024-10-01');
    const story = { '2024-01-14': [...ALWAYS_WORKING, ...september, own], '2024-11-05': [decision(1, 'POSITIVE')] };
    expect(measured(oracleOf(story, '2024-12-01'))).toEqual(['1 2024-10-01 POSITIVE 300 J-2024-10-01']);
  });
  it('a decision is void once the end has moved, also back; and one before any end counts for nothing', () => {
    const story = {
      '2024-01-14': [...ALWAYS_WORKING, weo('2024-01-15', '')],
      '2024-02-01': [decision(2, 'POSITIVE')],
      '2024-09-01': [...september],
      '2024-10-02': [decision(1, 'POSITIVE')],
      '2024-10-05': [weo('2024-01-15', '2024-09-29')],
      '2024-10-06': [weo('2024-01-15', '2024-09-30')],
    };
    expect(measured(oracleOf(story, '2024-10-04'))).toEqual(['1 2024-10-01 POSITIVE 300']);
    expect(measured(oracleOf(story, '2024-10-07'))).toEqual(['1 2024-10-01 NEGATIVE 0']);
  });
  it('a job that comes after the final settlement changes nothing, a decision does', () => {
    const late = {
      '2024-01-14': [...ALWAYS_WORKING, ...september],
      '2025-04-16': [job('2024-10-01', '')],
    };
    expect(measured(oracleOf(late, '2025-04-16'))[0]).toBe('1 2024-10-01 NEGATIVE 0');
    const decided = { ...late, '2025-05-01': [decision(1, 'POSITIVE')] };
    const result = oracleOf(decided, '2025-07-16');
    expect(measured(result)[0]).toBe('1 2024-10-01 POSITIVE 300 J-2024-10-01');
    expect(linesOf(result, '2025-07-15', 'FINAL')).toEqual({ M1: 300 });
  });
  it('what came between the cut-off and the run day is paid by the next final', () => {
    const story = {
      '2024-01-14': [...ALWAYS_WORKING, ...september],
      '2025-04-10': [job('2024-10-01', '')],
    };
    expect(runs(oracleOf(story, '2025-12-31'))).toMatchObject({ '2025-07-15 FINAL': 900 });
  });
});
