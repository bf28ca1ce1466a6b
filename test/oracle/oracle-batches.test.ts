/** Proves the oracle on the worked examples of runs, settlements, allowances, moves and mergers. */
import { describe, expect, it } from 'vitest';
import type { FeedRow } from '../support/random-feed/delivery.js';
import { nationalNumber, structuredCommunication } from '../support/random-feed/identifiers.js';
import * as dates from './days.js';
import type { LawOverrides } from './law.js';
import {
  art60,
  budget,
  CLIENT,
  category,
  due,
  job,
  linesOf,
  measured,
  OCMW,
  OCMW_2,
  ocmw,
  oracleOf,
  paidBefore,
  runs,
  total,
  weo,
} from './tiny-feeds.js';

const ALWAYS_WORKING = [ocmw(), category('2010-01-01')];
const X01 = [weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-12-31')];
const X01_STORY = { '2024-01-14': [...ALWAYS_WORKING, ...X01] };
const X17 = [weo('2022-01-01', '2024-03-31'), art60('2022-02-01', '2024-03-31')];
const END = '2025-12-31';

describe('payment calendar', () => {
  it('X32 quarterly runs for X01, with results', () => {
    const result = oracleOf({ ...X01_STORY, '2024-12-01': [job('2025-01-01', '')] }, END);
    expect(runs(result)).toEqual({
      '2024-04-15 QUARTER': 900,
      '2024-07-15 QUARTER': 1200,
      '2024-10-15 QUARTER': 1200,
      '2025-01-15 QUARTER': 1650,
      '2025-04-15 QUARTER': 300,
      '2025-07-15 QUARTER': 600,
    });
    expect(result.position.every((row) => row.open === 0 && row.paid === 0)).toBe(true);
  });
  it('X33 last quarter of X17', () => {
    const result = oracleOf({ '2021-12-31': [...ALWAYS_WORKING, ...X17] }, END);
    expect(linesOf(result, '2024-04-15', 'QUARTER')).toEqual({ C1: 450, C3: 750, C2: 1170 });
    const earlier = Object.entries(runs(result)).filter(([run]) => run < '2024-04');
    expect(earlier.reduce((sum, [, euro]) => sum + euro, 0)).toBe(9450);
  });
  it('X34 payment note: run of 15 January 2025', () => {
    expect(linesOf(oracleOf(X01_STORY, END), '2025-01-15', 'QUARTER')).toEqual({ EFF: 750, C1: 450, C2: 450 });
  });
  it('books nothing for a run day before the first delivery', () => {
    const result = oracleOf({ '2024-07-16': [...ALWAYS_WORKING, ...X01] }, '2024-10-15');
    expect(result.batches.map((batch) => batch.period)).toEqual(['2024-Q3']);
  });
});

describe('settlement and clawback', () => {
  const lateArt60 = {
    '2024-01-14': [...ALWAYS_WORKING, X01[0]!],
    '2024-07-20': [X01[1]!],
  };
  it('X35 late registration of art. 60', () => {
    expect(runs(oracleOf(lateArt60, END))).toEqual({
      '2024-10-15 QUARTER': 1200,
      '2025-01-15 QUARTER': 1650,
      '2025-02-15 YEAR': 2100,
    });
  });
  const art60Corrected = [art60('2024-03-01', '2024-10-15')];
  it('X36 art. 60 end corrected after payment', () => {
    const result = oracleOf({ ...X01_STORY, '2025-02-10': art60Corrected }, END);
    expect(linesOf(result, '2025-02-15', 'YEAR')).toEqual({ C1: -450, C2: -135 });
    expect(total(result)).toBe(4365);
  });
  it('X37 WEO end corrected after payment', () => {
    const corrected = [weo('2024-01-15', '2024-09-30'), art60('2024-03-01', '2024-09-30')];
    const result = oracleOf({ ...X01_STORY, '2025-02-10': corrected }, END);
    expect(linesOf(result, '2025-02-15', 'YEAR')).toEqual({ EFF: -750, C1: -450, C2: -135 });
    expect(measured(result)).toEqual(['1 2024-10-01 NEGATIVE 0', '2 2025-01-01 NEGATIVE 0']);
    const withJob = { ...X01_STORY, '2024-12-01': [job('2025-01-01', '2025-01-05')], '2025-05-10': corrected };
    const reversed = oracleOf(withJob, END);
    expect(linesOf(reversed, '2025-04-15', 'QUARTER')).toEqual({ M1: 300 });
    expect(linesOf(reversed, '2025-07-15', 'FINAL')).toEqual({ EFF: -750, C1: -450, C2: -135, M1: -300, M2: 600 });
    expect(measured(reversed)).toEqual(['1 2024-10-01 NEGATIVE 0', '2 2025-01-01 POSITIVE 600 J-2025-01-01']);
  });
  it('X38 year border: nothing left for the yearly settlement', () => {
    const yearly = oracleOf(X01_STORY, END).batches.find((batch) => batch.runDay === '2025-02-15')!;
    expect(yearly).toMatchObject({ period: '2024', lines: [] });
  });
  it('X39 C2 still open', () => {
    const open = [weo('2024-01-15', ''), art60('2024-03-01', '')];
    const result = oracleOf({ '2024-01-14': [...ALWAYS_WORKING, ...open] }, '2025-02-15');
    expect(linesOf(result, '2025-02-15', 'YEAR')).toEqual({});
    expect(due(result, '2024')).toEqual({ EFF: 3000, C1: 1500 });
  });
  it('C2 that was ordered stays when the WEO is prolonged, unless its month lost its right', () => {
    const prolonged = { ...X01_STORY, '2025-01-20': [weo('2024-01-15', '2025-06-30')] };
    expect(linesOf(oracleOf(prolonged, END), '2025-02-15', 'YEAR')).toEqual({});
    const shorter = { ...prolonged, '2025-01-21': [art60('2024-03-01', '2024-11-30')] };
    expect(linesOf(oracleOf(shorter, END), '2025-02-15', 'YEAR')).toEqual({ C1: -150, C2: -45 });
  });
  it('X40 final settlement, nothing left and remainder', () => {
    const story = { '2021-12-31': [...ALWAYS_WORKING, ...X17, job('2024-06-01', '')] };
    const result = oracleOf(story, END);
    expect(linesOf(result, '2024-10-15', 'QUARTER')).toEqual({ M2: 600 });
    expect(linesOf(result, '2024-10-15', 'FINAL')).toEqual({});
    expect(total(result)).toBe(12420);
    const withheld = {
      '2021-12-31': [ocmw(), category('2010-01-01', { to_date: '2024-03-30' }), ...X17, job('2024-06-01', '')],
      '2024-09-02': [category('2024-03-31')],
    };
    expect(linesOf(oracleOf(withheld, END), '2024-10-15', 'FINAL')).toEqual({ C1: 150, C2: 45, C3: 250 });
  });
  it('X41 final settlement, too much received', () => {
    const story = { '2024-09-01': [...ALWAYS_WORKING, ...X17, paidBefore('EFF', '2022-01', '12500.00')] };
    const result = oracleOf(story, '2024-10-15');
    expect(runs(result)).toEqual({ '2024-10-15 FINAL': 11820 - 12500 });
    expect(result.batches[0]!.claims).toEqual([{ ocmw_id: OCMW, amount: 68_000, direction: 'CLAIM' }]);
  });
  /** A second client whose WEO is late, of which `euro` was paid before. */
  const overpaid = (euro: string): FeedRow[] => [
    weo('2024-02-20', '2025-01-31', { weo_id: 'V', insz: nationalNumber(2) }),
    paidBefore('EFF', '2024-03', euro, { weo_id: 'V' }),
  ];
  const claimsOn = (day: string, story: Record<string, FeedRow[]>, law: LawOverrides = {}) =>
    oracleOf(story, END, law).batches.find((batch) => batch.runDay === day)!.claims;
  it('X42 netting per OCMW', () => {
    const story = { ...lateArt60, '2025-02-10': overpaid('1085.00') };
    expect(claimsOn('2025-02-15', story)).toEqual([{ ocmw_id: OCMW, amount: 101_500, direction: 'PAY' }]);
    const negative = { ...lateArt60, '2025-02-10': overpaid('3035.00') };
    expect(claimsOn('2025-02-15', negative)).toEqual([{ ocmw_id: OCMW, amount: 93_500, direction: 'CLAIM' }]);
    expect(claimsOn('2025-02-15', negative, { 'clawback.netting': 'NONE' })).toEqual([
      { ocmw_id: OCMW, amount: 210_000, direction: 'PAY' },
      { ocmw_id: OCMW, amount: 303_500, direction: 'CLAIM' },
    ]);
  });
  it('a claim below the threshold is not booked and comes again', () => {
    const story = { ...X01_STORY, '2025-02-10': art60Corrected };
    const result = oracleOf(story, END, { 'clawback.threshold': 600 });
    expect(linesOf(result, '2025-02-15', 'YEAR')).toEqual({});
    expect(result.position.reduce((sum, row) => sum + row.open, 0)).toBe(-58_500);
    expect(linesOf(oracleOf(story, END, { 'clawback.threshold': 585 }), '2025-02-15', 'YEAR').C1).toBe(-450);
  });
  it('OFFSET_NEXT deducts from the next quarter', () => {
    const second = { weo_id: 'V', insz: nationalNumber(3) };
    const running = [weo('2025-01-02', '', second), art60('2025-01-02', '', second)];
    const more = [category('2010-01-01', { category_id: 'CV', insz: second.insz })];
    const story = { ...X01_STORY, '2025-02-10': [...art60Corrected, ...running, ...more] };
    const law = { 'clawback.method': 'OFFSET_NEXT' };
    expect(claimsOn('2025-02-15', story, law)).toEqual([]);
    expect(claimsOn('2025-04-15', story, law)).toEqual([{ ocmw_id: OCMW, amount: 120_000 - 58_500, direction: 'PAY' }]);
  });
  it('a withdrawn WEO is settled by the next quarterly run, and a payment with a reference counts for nothing', () => {
    const withdrawn = [weo('2024-01-15', '2024-12-31', { withdrawn: 'true' })];
    const reference = { reference: structuredCommunication(1), payment_id: 'R' };
    const confirmed = [paidBefore('EFF', '2024-01', '250.00', reference)];
    const result = oracleOf({ ...X01_STORY, '2024-08-01': [...withdrawn, ...confirmed] }, END);
    expect(runs(result)).toEqual({
      '2024-04-15 QUARTER': 900,
      '2024-07-15 QUARTER': 1200,
      '2024-10-15 FINAL': -2100,
    });
    expect(measured(result)).toEqual([]);
  });
});

describe('allowances', () => {
  const FIXTURE = { 'amount.ORD': 1000, 'amount.INC': 1500 };
  const increased = { social_economy: 'true', increased_requested: 'true' };
  const allowances = (rows: readonly FeedRow[], law: LawOverrides = {}) => {
    const first = weo('2022-12-15', '2024-12-31');
    const result = due(oracleOf({ '2022-12-01': [ocmw(), first, ...rows] }, END, { ...FIXTURE, ...law }));
    return [result.INC ?? 0, result.ORD ?? 0];
  };
  it('X43 twelve increased grants', () => {
    const contract = art60('2023-01-01', '2024-03-31', increased);
    expect(allowances([contract])).toEqual([18000, 3000]);
    expect(allowances([contract], { 'inc.after_max': 'NOTHING' })).toEqual([18000, 0]);
    expect(allowances([contract], { 'inc.mode': 'TOP_UP' })).toEqual([18000, 15000]);
  });
  it('X44 interrupted social economy', () => {
    const contracts = [
      art60('2023-01-01', '2023-08-31', increased),
      art60('2023-09-01', '2023-11-30'),
      art60('2023-12-01', '2024-05-31', increased),
    ];
    expect(allowances(contracts)).toEqual([18000, 5000]);
    expect(allowances(contracts, { 'inc.count_unit': 'CALENDAR_SPAN' })).toEqual([13500, 8000]);
    expect(allowances(contracts, { 'inc.scope': 'CONTRACT' })).toEqual([21000, 3000]);
  });
  it('X45 budget of the OCMW exhausted', () => {
    const rows = [art60('2023-01-01', '2023-12-31', increased), budget('2023', '10000.00', '6000.00')];
    expect(allowances(rows)).toEqual([15000, 2000]);
    expect(allowances(rows, { 'inc.partial': true })).toEqual([16000, 1000]);
  });
  it('X46 incomplete months', () => {
    const ordinary = (start: string, end: string, law: LawOverrides = {}) => allowances([art60(start, end)], law)[1];
    expect(ordinary('2024-03-11', '2024-03-31')).toBe(677.42);
    expect(ordinary('2024-02-15', '2024-02-29')).toBe(517.24);
    expect(ordinary('2024-04-16', '2024-04-30', { 'amount.ORD': 1000.01 })).toBe(500.01);
    expect(ordinary('2024-03-11', '2024-04-10', { 'allow.partial_month': 'FULL_IF_LAST_DAY' })).toBe(1000);
    expect(ordinary('2024-03-11', '2024-04-10', { 'allow.partial_month': 'FULL_IF_ANY_DAY' })).toBe(2000);
    expect(allowances([art60('2024-05-01', '2024-05-10', increased)])).toEqual([483.87, 0]);
  });
  it('X47 mix in one trajectory: no line of a batch', () => {
    const result = oracleOf(X01_STORY, END, FIXTURE);
    expect(due(result)).toEqual({ EFF: 3000, C1: 1500, C2: 450, ORD: 10000 });
    expect(Object.values(runs(result)).reduce((sum, euro) => sum + euro, 0)).toBe(4950);
  });
});

describe('transition, moves, mergers', () => {
  it('X48 old contract brought in on 1 January 2019', () => {
    const rows = [weo('2019-01-01', '2019-03-31'), art60('2016-11-01', '2019-03-31')];
    const result = oracleOf({ '2018-12-31': [...ALWAYS_WORKING, ...rows] }, '2019-12-31');
    expect(due(result)).toEqual({ EFF: 750, C1: 450, C2: 135 });
    expect(measured(result).map((m) => m.slice(2, 12))).toEqual(['2019-04-01', '2019-07-01']);
  });
  it('X49 two trajectories of one client', () => {
    const second = { weo_id: 'V' };
    const rows = [
      weo('2024-01-10', '2024-04-15'),
      art60('2024-02-01', '2024-04-15'),
      weo('2024-06-03', '2024-11-30', second),
      art60('2024-07-15', '2024-11-30', second),
    ];
    const result = oracleOf({ '2024-01-09': [...ALWAYS_WORKING, ...rows] }, END);
    expect(total(result)).toBe(3615);
    expect(due(result, '2024-05')).toEqual({});
    expect(measured(result).slice(0, 2)).toEqual(['1 2024-04-16 NEGATIVE 0', '2 2024-07-16 NEGATIVE 0']);
  });
  it('X50 move to another OCMW', () => {
    const second = { weo_id: 'V', ocmw_id: OCMW_2 };
    const rows = [
      weo('2024-01-10', '2024-05-17'),
      art60('2024-02-01', '2024-05-17'),
      weo('2024-05-18', '2024-12-31', second),
      art60('2024-05-18', '2024-12-31', { weo_id: 'V' }),
    ];
    const result = oracleOf({ '2024-01-09': [...ALWAYS_WORKING, ocmw(OCMW_2), ...rows] }, END);
    const ofOcmw = (id: string) =>
      result.entitlements.filter((row) => row.ocmw_id === id).reduce((sum, row) => sum + row.due / 100, 0);
    expect([ofOcmw(OCMW), ofOcmw(OCMW_2)]).toEqual([1585, 3560]);
  });
  it('X51 merger: from the day after, the successor is paid', () => {
    const merged = ocmw(OCMW, { valid_to: '2024-12-31', successor_id: OCMW_2 });
    const story = { '2024-01-14': [...ALWAYS_WORKING, ...X01], '2024-11-01': [merged, ocmw(OCMW_2)] };
    const result = oracleOf(story, END);
    const paidTo = result.batches.flatMap(({ claims }) => claims.map((c) => [c.ocmw_id, c.amount / 100]));
    expect(paidTo).toEqual([
      [OCMW, 900],
      [OCMW, 1200],
      [OCMW, 1200],
      [OCMW_2, 1650],
    ]);
    expect(new Set(result.position.map((row) => row.ocmw_id))).toEqual(new Set([OCMW_2]));
    expect(result.position.every((row) => row.open === 0)).toBe(true);
  });
  it('X52 evaluation dates come from the start, never chained', () => {
    expect([6, 12, 18].map((n) => dates.addMonths('2024-08-31', n))).toEqual([
      '2025-02-28',
      '2025-08-31',
      '2026-02-28',
    ]);
  });
  it('a corrected OCMW of a WEO: taken back from the old one, due to the new one', () => {
    const moved = [ocmw(OCMW_2), weo('2024-01-15', '2024-12-31', { ocmw_id: OCMW_2 })];
    const result = oracleOf({ ...X01_STORY, '2024-08-01': moved }, '2025-02-15');
    const yearly = result.batches.find((batch) => batch.runDay === '2025-02-15')!;
    expect(yearly.claims).toEqual([
      { ocmw_id: OCMW_2, amount: 210_000, direction: 'PAY' },
      { ocmw_id: OCMW, amount: 210_000, direction: 'CLAIM' },
    ]);
  });
  it('overlapping WEOs: the one registered first counts, the other is measured and gets nothing', () => {
    const second = { weo_id: 'V' };
    const rows = [weo('2024-06-01', '2024-12-31', second), art60('2024-06-01', '2024-12-31', second)];
    const result = oracleOf({ ...X01_STORY, '2024-05-20': rows }, END);
    expect(total(result)).toBe(4950);
    expect(measured(result)).toHaveLength(4);
  });
  it('two people overlap once their national numbers turn out to be one', () => {
    const insz = nationalNumber(9);
    const second = { weo_id: 'V', insz };
    const rows = [
      weo('2024-06-01', '2024-12-31', second),
      art60('2024-06-01', '2024-12-31', second),
      category('2010-01-01', { category_id: 'CV', insz }),
    ];
    const replaced: FeedRow = { file: 'replacement.csv', cells: { insz: CLIENT, replaced_by: insz } };
    expect(total(oracleOf({ ...X01_STORY, '2024-05-20': rows }, END))).toBe(4950 + 7 * 445);
    expect(total(oracleOf({ ...X01_STORY, '2024-05-20': [...rows, replaced] }, END))).toBe(4950);
  });
});
