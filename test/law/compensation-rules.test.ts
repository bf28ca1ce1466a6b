/** The rule that stands beside a month of compensation: the one that makes it due, or that says why not (rulebook 3.3). */
import { describe, expect, it } from 'vitest';
import { formatMonth } from '../../src/calendar.js';
import { vdabComponents, type MonthVerdicts } from '../../src/law/entitlement.js';
import { SegmentList } from '../../src/law/segments.js';
import { art60, asOf, due, lawOf, trajectory, weo, type Part, type Settings } from '../support/facts.js';
import { X01, X17 } from './example-language.js';

/** Verdicts on the months of a trajectory, as `component rule why`. */
function verdicts(parts: readonly Part[], settings: Settings = {}): Record<string, Record<string, string>> {
  const heard: Record<string, Record<string, string>> = {};
  const listener = ({ month }: { month: number }, decided: MonthVerdicts) => {
    const of = (component: keyof MonthVerdicts) => `${decided[component].rule} ${decided[component].why}`;
    heard[formatMonth(month)] = { C1: of('C1'), C2: of('C2'), C3: of('C3') };
  };
  vdabComponents(trajectory(...parts), lawOf(settings), asOf(settings), new SegmentList(), listener);
  return heard;
}

/** Rules of the due lines of a component in each month. */
function rulesOf(parts: readonly Part[], component: string): string[] {
  return due(...parts)
    .filter((line) => line.component === component)
    .map(({ month, rule }) => `${month} ${rule}`);
}

describe('parts 1 and 2 that are due', () => {
  it('rest on the months under art. 60 (R-C-1), not on when they are paid', () => {
    for (const component of ['C1', 'C2']) {
      expect(rulesOf(X01, component)).toHaveLength(10);
      expect(rulesOf(X01, component).filter((line) => !line.endsWith(' R-C-1'))).toEqual([]);
    }
  });

  it('rest on part 3 past month 24 (R-C-5)', () => {
    for (const component of ['C1', 'C2']) {
      expect(rulesOf(X17, component).slice(-4)).toEqual([
        '2023-12 R-C-1',
        '2024-01 R-C-5',
        '2024-02 R-C-5',
        '2024-03 R-C-5',
      ]);
    }
  });
});

describe('months without art. 60', () => {
  it('before the first contract are no months under art. 60 (R-C-1)', () => {
    const { '2024-01': january, '2024-02': february } = verdicts([...X01]);
    expect(january).toMatchObject({ C1: 'R-C-1 A60_NOT_BEGUN', C2: 'R-C-1 A60_NOT_BEGUN' });
    expect(february).toMatchObject({ C1: 'R-C-1 A60_NOT_BEGUN' });
  });

  it('between two contracts are a gap (R-C-8), after the last one it has stopped (R-C-4)', () => {
    const parts = [
      weo('2024-01-15', '2024-12-31'),
      art60('2024-03-01', '2024-05-20'),
      art60('2024-07-01', '2024-09-15'),
    ];
    const heard = verdicts(parts);
    expect(heard['2024-05']).toMatchObject({ C1: 'R-C-8 BETWEEN_CONTRACTS', C2: 'R-C-8 BETWEEN_CONTRACTS' });
    expect(heard['2024-06']).toMatchObject({ C1: 'R-C-8 BETWEEN_CONTRACTS' });
    expect(heard['2024-08']).toMatchObject({ C1: 'R-C-1 COMPENSATION' });
    expect(heard['2024-09']).toMatchObject({ C1: 'R-C-4 A60_NOT_RUNNING', C2: 'R-C-4 A60_NOT_RUNNING' });
  });
});

describe('while the term for art. 60 runs and no contract is known', () => {
  const open = [weo('2024-01-15', '2024-12-31')];

  it.each(['PAY_PROVISIONAL', 'HOLD'])('compensation is pending, not late (a60.pending_policy = %s)', (policy) => {
    const settings = { today: '2024-02-29', law: { 'a60.pending_policy': policy } };
    expect(verdicts(open, settings)['2024-01']).toMatchObject({ C1: 'R-C-1 TERM_RUNS', C2: 'R-C-1 TERM_RUNS' });
  });

  it('past the term it is lost', () => {
    const heard = verdicts(open, { today: '2024-03-31' });
    expect(heard['2024-01']).toMatchObject({ C1: 'R-C-6 NOT_TIMELY', C2: 'R-C-6 NOT_TIMELY' });
  });
});
