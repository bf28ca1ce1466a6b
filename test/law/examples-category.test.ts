/** Worked examples D (category) and X52: category 90 or 93 while art. 60 runs; deadlines without money. */
import { describe, expect, it } from 'vitest';
import { day, formatDay } from '../../src/calendar.js';
import { category00Deadline, evaluationDates } from '../../src/law/deadlines.js';
import { art60, category, due, total, totals, weo, type Part } from '../support/facts.js';
import { byMonth, each, FULL, GUIDANCE, ofQuarter } from './example-language.js';

const END = '2024-12-31';
const base = [weo('2024-01-15', END), art60('2024-03-04', END), category('78', '2024-03-04')];

/** What each run up to the yearly settlement orders, given what was known at the end of March and later. */
function runs(known: readonly Part[], knownLater: readonly Part[]): number[] {
  const quarter = (parts: readonly Part[], first: string, today: string, cutoff: string): number =>
    total(ofQuarter(due(...parts, { today, known: cutoff }), first, END));
  const ordered = [
    quarter(known, '2024-01', '2024-04-15', '2024-03-31'),
    quarter(knownLater, '2024-04', '2024-07-15', '2024-06-30'),
    quarter(knownLater, '2024-07', '2024-10-15', '2024-09-30'),
    quarter(knownLater, '2024-10', '2025-01-15', '2024-12-31'),
  ];
  const settled = total(due(...knownLater, { today: '2025-02-15' }));
  return [...ordered, settled - ordered.reduce((sum, euro) => sum + euro, 0)];
}

describe('X22 category changed late but backdated', () => {
  const corrected = [...base, category('90', '2024-03-04', undefined, { registered: '2024-04-10' })];

  it('withholds March in the run of 15 April', () => {
    const lines = ofQuarter(due(...base, { today: '2024-04-15', known: '2024-03-31' }), '2024-01');
    expect(byMonth(lines)).toEqual({ '2024-01': GUIDANCE, '2024-02': GUIDANCE });
  });

  it('pays 500, 1,200, 1,200 and 1,650 and releases 400 in the settlement of 2024', () => {
    expect(runs(base, corrected)).toEqual([500, 1200, 1200, 1650, 400]);
  });

  it('releases guidance 250 and compensation 150 of March', () => {
    const lines = due(...corrected);
    expect(byMonth(lines)).toEqual({
      ...each('2024-01', '2024-02', GUIDANCE),
      ...each('2024-03', END.slice(0, 7), FULL),
    });
    expect(totals(lines).C2).toBe(450);
    expect(total(lines)).toBe(4950);
  });
});

describe('X23 same, change not backdated', () => {
  const corrected = [...base, category('90', '2024-04-10')];

  it('loses March', () => {
    const lines = due(...corrected);
    expect(byMonth(lines)).toEqual({ ...each('2024-01', '2024-02', GUIDANCE), ...each('2024-04', '2024-12', FULL) });
    expect(totals(lines).C2).toBe(405);
    expect(total(lines)).toBe(4505);
    expect(runs(base, corrected)).toEqual([500, 1200, 1200, 1200 + 405, 0]);
  });
});

describe('X24 eight calendar days', () => {
  it.each([
    ['2025-01-01', '2025-01-09'],
    ['2024-02-26', '2024-03-05'],
    ['2025-02-26', '2025-03-06'],
  ])('entitled on %s: category 00 by %s', (entitledOn, deadline) => {
    expect(formatDay(category00Deadline(day(entitledOn)))).toBe(deadline);
  });
});

describe('X52 evaluation dates', () => {
  it('counts each from the start date: chaining would wrongly give 2025-08-28', () => {
    const dates = evaluationDates(day('2024-08-31'), 3).map(formatDay);
    expect(dates).toEqual(['2025-02-28', '2025-08-31', '2026-02-28']);
  });
});
