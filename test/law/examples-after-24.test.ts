/** Worked examples C: 24 months and beyond. */
import { describe, expect, it } from 'vitest';
import { art60, due, monthsOf, total, totals, weo } from '../support/facts.js';
import { byMonth, each, FULL, FULL_PAST_24, GUIDANCE, X17 } from './example-language.js';

describe('X16 cap without art. 60 at the end', () => {
  const lines = due(weo('2022-01-01', '2024-03-31'), art60('2022-02-01', '2023-06-30'));

  it('pays guidance for 24 of the 27 months', () => {
    expect(byMonth(lines)).toEqual({
      '2022-01': GUIDANCE,
      ...each('2022-02', '2023-06', FULL),
      ...each('2023-07', '2023-12', GUIDANCE),
    });
    expect(total(lines.filter(({ month }) => month >= '2022-02' && month <= '2023-06'))).toBe(7565);
    expect(totals(lines, '2023-07', '2023-12')).toEqual({ EFF: 1500 });
    expect(totals(lines)).toEqual({ EFF: 6000, C1: 2550, C2: 765 });
    expect(total(lines)).toBe(9315);
  });
});

describe('X17 art. 60 runs past month 24', () => {
  const lines = due(...X17);

  it.each([
    { year: '2022', euros: { EFF: 3000, C1: 1650, C2: 495 }, sum: 5145 },
    { year: '2023', euros: { EFF: 3000, C1: 1800, C2: 540 }, sum: 5340 },
    { year: '2024', euros: { C1: 450, C2: 135, C3: 750 }, sum: 1335 },
  ])('pays $sum in $year', ({ year, euros, sum }) => {
    expect(totals(lines, `${year}-01`, `${year}-12`)).toEqual(euros);
    expect(total(lines.filter(({ month }) => month.startsWith(year)))).toBe(sum);
  });

  it('pays 11,820 in all, with part 3 in the place of guidance from month 25', () => {
    expect(byMonth(lines)).toEqual({
      '2022-01': GUIDANCE,
      ...each('2022-02', '2023-12', FULL),
      ...each('2024-01', '2024-03', FULL_PAST_24),
    });
    expect(totals(lines)).toEqual({ EFF: 6000, C1: 3900, C2: 1170, C3: 750 });
    expect(total(lines)).toBe(11820);
  });
});

describe('X18 one day decides between 24 and 25 months', () => {
  it('has 24 months when it ends on 2024-01-30', () => {
    const lines = due(weo('2022-01-31', '2024-01-30'), art60('2022-03-31', '2024-01-30'));
    expect(monthsOf(lines, 'EFF')).toHaveLength(24);
    expect(monthsOf(lines, 'EFF').at(-1)).toBe('2023-12');
    expect(totals(lines)).toEqual({ EFF: 6000, C1: 3300, C2: 990 });
    expect(total(lines)).toBe(10290);
  });

  it('has 25 months when it ends on 2024-01-31', () => {
    const lines = due(weo('2022-01-31', '2024-01-31'), art60('2022-03-31', '2024-01-31'));
    expect(byMonth(lines)['2024-01']).toEqual(FULL_PAST_24);
    expect(total(lines)).toBe(10735);
  });
});

describe('X19 mid-month start, art. 60 to the end', () => {
  const lines = due(weo('2022-03-10', '2024-05-20'), art60('2022-05-10', '2024-05-20'));

  it('has 26 months, the last two with part 3', () => {
    expect(byMonth(lines)).toEqual({
      ...each('2022-03', '2022-04', GUIDANCE),
      ...each('2022-05', '2024-02', FULL),
      ...each('2024-03', '2024-04', FULL_PAST_24),
    });
    expect(Object.keys(byMonth(lines))).toHaveLength(26);
    expect(total(lines.filter(({ month }) => month >= '2022-05' && month <= '2024-02'))).toBe(9790);
    expect(totals(lines)).toEqual({ EFF: 6000, C1: 3600, C2: 1080, C3: 500 });
    expect(total(lines)).toBe(11180);
  });
});

describe('X20 yearly cap never binds', () => {
  const lines = due(weo('2022-06-15', '2024-06-14'), art60('2022-07-01', '2023-12-31'));

  it.each([
    ['2022', 1750, 7],
    ['2023', 3000, 12],
    ['2024', 1250, 5],
  ])('pays guidance in %s of %d euro for %d months', (year, euro, months) => {
    expect(totals(lines, `${year}-01`, `${year}-12`).EFF).toBe(euro);
    expect(monthsOf(lines, 'EFF').filter((month) => month.startsWith(year))).toHaveLength(months);
  });

  it('pays 24 months, June 2022 to May 2024, and 18 months of compensation', () => {
    expect(monthsOf(lines, 'EFF')).toEqual(Object.keys(each('2022-06', '2024-05', {})));
    expect(monthsOf(lines, 'C1')).toHaveLength(18);
    expect(totals(lines)).toEqual({ EFF: 6000, C1: 2700, C2: 810 });
    expect(total(lines)).toBe(9510);
  });
});

describe('X21 month 25 with the extension flag off', () => {
  it('pays nothing after month 24', () => {
    const lines = due(weo('2022-01-01', '2024-03-31', { extended: false }), art60('2022-02-01', '2024-03-31'));
    expect(byMonth(lines)).toEqual({ '2022-01': GUIDANCE, ...each('2022-02', '2023-12', FULL) });
    expect(total(lines)).toBe(10485);
  });
});
