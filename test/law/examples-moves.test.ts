/** Worked examples I: transition, several trajectories of one client, moves and mergers. */
import { describe, expect, it } from 'vitest';
import {
  art60,
  due,
  dueOf,
  euros,
  job,
  measured,
  measuredOf,
  sameClient,
  total,
  totals,
  trajectory,
  weo,
} from '../support/facts.js';
import { byMonth, each, FULL, GUIDANCE, ofQuarter, X01 } from './example-language.js';

describe('X48 old contract brought in on 1 Jan 2019', () => {
  const parts = [weo('2019-01-01', '2019-03-31'), art60('2016-11-01', '2019-03-31')];

  it('earns nothing before 2019 and 445 in each month of its WEO', () => {
    expect(byMonth(due(...parts))).toEqual(each('2019-01', '2019-03', FULL));
    expect(total(due(...parts))).toBe(1335);
    expect(measured(...parts).map(({ on }) => on)).toEqual(['2019-04-01', '2019-07-01']);
  });

  it('is late with transition.timely = false', () => {
    expect(due(...parts, { law: { 'transition.timely': false } })).toEqual([]);
  });

  it('has an allowance from 2019 on only', () => {
    const lines = due(...parts, { law: { 'amount.ORD': 1000 } });
    expect(totals(lines).ORD).toBe(3000);
    expect(lines[0]!.month).toBe('2019-01');
  });
});

describe('X49 two trajectories of one client', () => {
  const [a, b] = sameClient(
    trajectory(weo('2024-01-10', '2024-04-15'), art60('2024-02-01', '2024-04-15')),
    trajectory(weo('2024-06-03', '2024-11-30'), art60('2024-07-15', '2024-11-30')),
  );

  it('pays 1,140 and 2,475: 3,615 in all and nothing for May', () => {
    expect(byMonth(dueOf([a!]))).toEqual({ '2024-01': GUIDANCE, ...each('2024-02', '2024-03', FULL) });
    expect(total(dueOf([a!]))).toBe(1140);
    expect(byMonth(dueOf([b!]))).toEqual({ '2024-06': GUIDANCE, ...each('2024-07', '2024-11', FULL) });
    expect(total(dueOf([b!]))).toBe(2475);
    expect(total(dueOf([a!, b!]))).toBe(3615);
    expect(euros(dueOf([a!, b!]), '2024-05')).toEqual({});
  });

  it('has 2024-08-03 as deadline of the second', () => {
    expect(total(due(weo('2024-06-03', '2024-11-30'), art60('2024-08-03')))).toBe(2 * 250 + 4 * 445);
    expect(due(weo('2024-06-03', '2024-11-30'), art60('2024-08-04'))).toEqual([]);
  });

  it('measures the first while the art. 60 of the second runs: negative', () => {
    expect(measuredOf(a!)).toMatchObject([
      { on: '2024-04-16', outcome: 'NEGATIVE' },
      { on: '2024-07-16', outcome: 'NEGATIVE' },
    ]);
  });
});

describe('X50 move to another OCMW', () => {
  const [first, second] = sameClient(
    trajectory(weo('2024-01-10', '2024-05-17', { ocmw: '0212214917' }), art60('2024-02-01', '2024-05-17')),
    trajectory(weo('2024-05-18', '2024-12-31', { ocmw: '0207489568' }), art60('2024-05-18', '2024-12-31')),
  );

  it('gives May to the OCMW whose WEO is active on its last day', () => {
    expect(byMonth(dueOf([first!]))).toEqual({ '2024-01': GUIDANCE, ...each('2024-02', '2024-04', FULL) });
    expect(total(dueOf([first!]))).toBe(1585);
    expect(byMonth(dueOf([second!]))).toEqual(each('2024-05', '2024-12', FULL));
    expect(total(dueOf([second!]))).toBe(3560);
  });

  it('measures the first on 2024-05-18: negative, art. 60 elsewhere', () => {
    expect(measuredOf(first!)[0]).toMatchObject({ on: '2024-05-18', outcome: 'NEGATIVE', evidence: '' });
  });
});

describe('X51 merger', () => {
  it('splits X01 into 3,300 before the merger and 1,650 after it; the results follow', () => {
    const lines = due(...X01, job('REGULAR', '2025-01-01'));
    const runs = ['2024-01', '2024-04', '2024-07', '2024-10', '2025-01', '2025-04'].map((quarter) =>
      total(ofQuarter(lines, quarter, '2024-12-31')),
    );
    expect(runs[0]! + runs[1]! + runs[2]!).toBe(3300);
    expect(runs.slice(3)).toEqual([1650, 300, 600]);
  });
});
