/** Worked examples E, with X02: measurements and result financing. X25 stands with its table in measurement-dates. */
import { describe, expect, it } from 'vitest';
import { art60, due, euros, job, measured, total, totals, weo, type Part } from '../support/facts.js';
import { byMonth, each, FULL, GUIDANCE, X01 } from './example-language.js';

/** A regular job of the client of X01 on both measurement dates, one of them, or none. */
const JOBS: Record<string, Part[]> = {
  'positive, positive': [job('REGULAR', '2025-01-01')],
  'positive, negative': [job('REGULAR', '2025-01-01', '2025-03-31')],
  'negative, positive': [job('REGULAR', '2025-04-01')],
  'negative, negative': [],
};

describe('X02 same as X01, both measurements positive', () => {
  it('earns 300 and 600 more: 5,850', () => {
    const lines = due(...X01, ...JOBS['positive, positive']!);
    expect(euros(lines, '2025-01')).toEqual({ M1: 300 });
    expect(euros(lines, '2025-04')).toEqual({ M2: 600 });
    expect(total(lines)).toBe(5850);
  });
});

describe('X26 outcome table', () => {
  const rows = [
    { outcomes: 'positive, positive', a: [300, 600], b: [600, 300], c: [0, 300] },
    { outcomes: 'positive, negative', a: [300, 0], b: [600, 0], c: [0, 0] },
    { outcomes: 'negative, positive', a: [0, 600], b: [0, 300], c: [0, 600] },
    { outcomes: 'negative, negative', a: [0, 0], b: [0, 0], c: [0, 0] },
  ];
  const paid = (outcomes: string, scheme: string): number[] =>
    measured(...X01, ...JOBS[outcomes]!, { law: { 'result.scheme': scheme } }).map((each) => each.euros);

  it.each(rows)('$outcomes: A pays $a, B $b, C $c (its measurement 1 is unknown)', ({ outcomes, a, b, c }) => {
    const found = measured(...X01, ...JOBS[outcomes]!).map(({ outcome }) => outcome.toLowerCase());
    expect(found.join(', ')).toBe(outcomes);
    expect(paid(outcomes, 'M1_300_M2_600')).toEqual(a);
    expect(paid(outcomes, 'M1_600_M2_300')).toEqual(b);
    expect(paid(outcomes, 'TRACK')).toEqual(c);
  });

  it.each([
    ['positive, positive', 900],
    ['positive, negative', 300],
    ['negative, positive', 600],
    ['negative, negative', 0],
  ])('%s pays %d by default', (outcomes, sum) => {
    const { M1 = 0, M2 = 0 } = totals(due(...X01, ...JOBS[outcomes]!));
    expect(M1 + M2).toBe(sum);
  });
});

const UNTIL_SEPTEMBER = [weo('2024-01-15', '2024-09-30'), art60('2024-03-01', '2024-09-30')];

describe('X27 job starts on the M1 date', () => {
  const parts = [...UNTIL_SEPTEMBER, job('REGULAR', '2024-10-01', '2024-12-31', { id: 'hired', dimona: 'OTH' })];

  it('is positive on 2024-10-01 and negative on 2025-01-01: the contract ended the day before', () => {
    expect(measured(...parts)).toEqual([
      { measurement: 1, on: '2024-10-01', outcome: 'POSITIVE', evidence: 'hired', euros: 300 },
      { measurement: 2, on: '2025-01-01', outcome: 'NEGATIVE', evidence: '', euros: 0 },
    ]);
  });
});

describe('X28 job found later', () => {
  const parts = [...UNTIL_SEPTEMBER, job('REGULAR', '2024-11-18', undefined, { id: 'hired' })];

  it('pays 600 for measurement 2', () => {
    expect(measured(...parts)).toEqual([
      { measurement: 1, on: '2024-10-01', outcome: 'NEGATIVE', evidence: '', euros: 0 },
      { measurement: 2, on: '2025-01-01', outcome: 'POSITIVE', evidence: 'hired', euros: 600 },
    ]);
  });
});

describe('X29 art. 60 runs past the WEO', () => {
  const parts = [weo('2024-01-15', '2024-09-30'), art60('2024-03-01', '2024-10-31')];

  it('is negative on 2024-10-01: only an art. 60 contract', () => {
    expect(measured(...parts)[0]).toMatchObject({ on: '2024-10-01', outcome: 'NEGATIVE', evidence: '' });
  });

  it('earns nothing after September: the WEO is closed', () => {
    expect(byMonth(due(...parts))).toEqual({
      ...each('2024-01', '2024-02', GUIDANCE),
      ...each('2024-03', '2024-09', FULL),
    });
  });
});

describe('X30 IBO at M1, hired at M2', () => {
  const parts = [
    ...UNTIL_SEPTEMBER,
    job('IBO', '2024-10-01', '2024-12-20', { dimona: 'IVT' }),
    job('REGULAR', '2024-12-21', undefined, { id: 'hired', dimona: 'OTH' }),
  ];

  it('is negative, then positive: 600', () => {
    expect(measured(...parts)).toEqual([
      { measurement: 1, on: '2024-10-01', outcome: 'NEGATIVE', evidence: '', euros: 0 },
      { measurement: 2, on: '2025-01-01', outcome: 'POSITIVE', evidence: 'hired', euros: 600 },
    ]);
  });
});

describe('X31 result on a late trajectory', () => {
  const parts = [
    weo('2024-01-15', '2024-06-30'),
    art60('2024-03-16', '2024-06-30'),
    job('REGULAR', '2024-07-01', undefined, { id: 'hired' }),
  ];

  it('is measured positive twice and pays nothing', () => {
    expect(measured(...parts)).toEqual([
      { measurement: 1, on: '2024-07-01', outcome: 'POSITIVE', evidence: 'hired', euros: 0 },
      { measurement: 2, on: '2024-10-01', outcome: 'POSITIVE', evidence: 'hired', euros: 0 },
    ]);
    expect(due(...parts)).toEqual([]);
  });

  it('pays 900 with requires_timely = false', () => {
    expect(total(due(...parts, { law: { 'result.requires_timely': false } }))).toBe(900);
  });
});
