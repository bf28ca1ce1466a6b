/** Worked examples A and B: the month test, basic totals and the two-month deadline. */
import { describe, expect, it } from 'vitest';
import { art60, category, due, euros, measured, total, totals, weo, type Part } from '../support/facts.js';
import { byMonth, COMPENSATION, each, FULL, GUIDANCE, ofQuarter, X01 } from './example-language.js';

/** Dates of both measurements. */
const datesOf = (...parts: readonly Part[]): string[] => measured(...parts).map(({ on }) => on);

describe('X01 full cycle inside one year', () => {
  it('pays two months of guidance alone and ten full months', () => {
    const lines = due(...X01);
    expect(byMonth(lines)).toEqual({ ...each('2024-01', '2024-02', GUIDANCE), ...each('2024-03', '2024-12', FULL) });
    expect(totals(lines)).toEqual({ EFF: 3000, C1: 1500, C2: 450 });
    expect(totals(lines, '2024-03', '2024-12')).toEqual({ EFF: 2500, C1: 1500, C2: 450 });
    expect(total(lines)).toBe(4950);
  });

  it('is measured on the day after the end and three months later', () => {
    expect(datesOf(...X01)).toEqual(['2025-01-01', '2025-04-01']);
  });
});

describe('X03 WEO ends one day before the month end', () => {
  const parts = [weo('2024-01-15', '2024-12-30'), art60('2024-03-01', '2024-12-30')];

  it('loses December: one day costs 445', () => {
    const lines = due(...parts);
    expect(byMonth(lines)).toEqual({ ...each('2024-01', '2024-02', GUIDANCE), ...each('2024-03', '2024-11', FULL) });
    expect(totals(lines)).toEqual({ EFF: 2750, C1: 1350, C2: 405 });
    expect(total(lines)).toBe(4505);
    expect(total(due(...X01)) - total(lines)).toBe(445);
  });

  it('is measured on 2024-12-31 and 2025-03-31', () => {
    expect(datesOf(...parts)).toEqual(['2024-12-31', '2025-03-31']);
  });
});

describe('X04 WEO starts on the last day of a month', () => {
  const parts = [weo('2024-01-31', '2024-03-30'), art60('2024-02-15', '2024-03-30')];

  it('earns that month and loses the one it does not finish', () => {
    const lines = due(...parts);
    expect(byMonth(lines)).toEqual({ '2024-01': GUIDANCE, '2024-02': FULL });
    expect(total(lines)).toBe(695);
  });

  it('clamps measurement 2 from day 31', () => {
    expect(datesOf(...parts)).toEqual(['2024-03-31', '2024-06-30']);
  });

  it('has 2024-03-31 as deadline', () => {
    expect(total(due(weo('2024-01-31', '2024-04-30'), art60('2024-03-31')))).toBe(2 * 250 + 2 * 445);
    expect(due(weo('2024-01-31', '2024-04-30'), art60('2024-04-01'))).toEqual([]);
  });
});

describe('X05 WEO inside one month', () => {
  const parts = [weo('2024-05-02', '2024-05-30'), art60('2024-05-06', '2024-05-30')];

  it('earns nothing and is still measured', () => {
    expect(due(...parts)).toEqual([]);
    expect(datesOf(...parts)).toEqual(['2024-05-31', '2024-08-31']);
  });
});

describe('X06 exactly one month', () => {
  const parts = [weo('2024-05-01', '2024-05-31'), art60('2024-05-06', '2024-05-31')];

  it('earns 445', () => {
    expect(byMonth(due(...parts))).toEqual({ '2024-05': FULL });
    expect(total(due(...parts))).toBe(445);
    expect(datesOf(...parts)).toEqual(['2024-06-01', '2024-09-01']);
  });
});

describe('X07 art. 60 ends mid-month, guidance goes on', () => {
  const parts = [weo('2024-01-10', '2024-08-31'), art60('2024-02-01', '2024-06-14')];

  it('pays no compensation for the month in which art. 60 ended before the last day', () => {
    const lines = due(...parts);
    expect(euros(lines, '2024-06')).toEqual({ EFF: 250 });
    expect(byMonth(lines)).toEqual({
      '2024-01': GUIDANCE,
      ...each('2024-02', '2024-05', FULL),
      ...each('2024-06', '2024-08', GUIDANCE),
    });
    expect(totals(lines)).toEqual({ EFF: 2000, C1: 600, C2: 180 });
    expect(total(lines)).toBe(2780);
  });

  it('pays June in full with comp.presence = ANY_DAY', () => {
    const lines = due(...parts, { law: { 'comp.presence': 'ANY_DAY' } });
    expect(euros(lines, '2024-06')).toEqual(FULL);
    expect(total(lines)).toBe(2975);
  });
});

describe('X08 two art. 60 contracts with a gap over a month end', () => {
  it('pays April as guidance alone', () => {
    const lines = due(
      weo('2024-01-01', '2024-09-30'),
      art60('2024-02-01', '2024-04-20'),
      art60('2024-05-10', '2024-09-30'),
    );
    expect(byMonth(lines)).toEqual({
      '2024-01': GUIDANCE,
      ...each('2024-02', '2024-03', FULL),
      '2024-04': GUIDANCE,
      ...each('2024-05', '2024-09', FULL),
    });
    expect(totals(lines)).toEqual({ EFF: 2250, C1: 1050, C2: 315 });
    expect(total(lines)).toBe(3615);
  });

  it('pays April in full when the gap lies inside April', () => {
    const lines = due(
      weo('2024-01-01', '2024-09-30'),
      art60('2024-02-01', '2024-04-20'),
      art60('2024-04-25', '2024-09-30'),
    );
    expect(euros(lines, '2024-04')).toEqual(FULL);
    expect(totals(lines)).toEqual({ EFF: 2250, C1: 1200, C2: 360 });
    expect(total(lines)).toBe(3810);
  });
});

describe('X09 part-time art. 60', () => {
  it('pays the same with category 93', () => {
    const lines = due(...X01, category('93', '2024-03-01'));
    expect(lines).toEqual(due(...X01));
    expect(total(lines)).toBe(4950);
  });
});

describe('X10 start on the deadline day', () => {
  const parts = [weo('2024-01-15', '2024-06-30'), art60('2024-03-15', '2024-06-30')];

  it('is timely', () => {
    const lines = due(...parts);
    expect(byMonth(lines)).toEqual({ ...each('2024-01', '2024-02', GUIDANCE), ...each('2024-03', '2024-06', FULL) });
    expect(totals(lines)).toEqual({ EFF: 1500, C1: 600, C2: 180 });
    expect(total(lines)).toBe(2280);
  });

  it('is late when the deadline day does not count', () => {
    expect(due(...parts, { law: { 'a60.deadline_inclusive': false } })).toEqual([]);
  });
});

describe('X11 one day late', () => {
  const parts = [weo('2024-01-15', '2024-06-30'), art60('2024-03-16', '2024-06-30')];

  it('forfeits all by default', () => {
    expect(due(...parts)).toEqual([]);
    expect(due(...parts, { law: { 'a60.late_policy': 'FORFEIT_ALL' } })).toEqual([]);
  });

  it('is paid from the start of art. 60 with PAY_FROM_START', () => {
    const lines = due(...parts, { law: { 'a60.late_policy': 'PAY_FROM_START' } });
    expect(byMonth(lines)).toEqual(each('2024-03', '2024-06', FULL));
    expect(totals(lines)).toEqual({ EFF: 1000, C1: 600, C2: 180 });
    expect(total(lines)).toBe(1780);
  });

  it('loses guidance alone with EFF_ONLY', () => {
    const lines = due(...parts, { law: { 'a60.late_policy': 'EFF_ONLY' } });
    expect(byMonth(lines)).toEqual(each('2024-03', '2024-06', COMPENSATION));
    expect(totals(lines)).toEqual({ C1: 600, C2: 180 });
    expect(total(lines)).toBe(780);
  });
});

describe('X12 deadline in a leap February', () => {
  it('is timely on 2024-02-29', () => {
    const lines = due(weo('2023-12-31', '2024-06-30'), art60('2024-02-29', '2024-06-30'));
    expect(byMonth(lines)).toEqual({ ...each('2023-12', '2024-01', GUIDANCE), ...each('2024-02', '2024-06', FULL) });
    expect(totals(lines)).toEqual({ EFF: 1750, C1: 750, C2: 225 });
    expect(total(lines)).toBe(2725);
  });

  it('is late on 2024-03-01', () => {
    expect(due(weo('2023-12-31', '2024-06-30'), art60('2024-03-01', '2024-06-30'))).toEqual([]);
  });
});

describe('X13 deadline in a common February', () => {
  it('is timely on 2025-02-28', () => {
    const lines = due(weo('2024-12-31', '2025-06-30'), art60('2025-02-28', '2025-06-30'));
    expect(byMonth(lines)).toEqual({ ...each('2024-12', '2025-01', GUIDANCE), ...each('2025-02', '2025-06', FULL) });
    expect(total(lines)).toBe(2725);
  });

  it('is late on 2025-03-01', () => {
    expect(due(weo('2024-12-31', '2025-06-30'), art60('2025-03-01', '2025-06-30'))).toEqual([]);
  });
});

describe('X14 no art. 60 at all', () => {
  const parts = [weo('2024-04-01', '2024-06-30')];

  it('has nothing due in the run of 15 July: the deadline of 2024-06-01 has passed', () => {
    expect(due(...parts, { today: '2024-07-15', known: '2024-06-30' })).toEqual([]);
    expect(due(...parts)).toEqual([]);
  });

  it('was due provisionally up to the deadline', () => {
    expect(byMonth(due(...parts, { today: '2024-06-01' }))).toEqual(each('2024-04', '2024-05', GUIDANCE));
    expect(due(...parts, { today: '2024-06-02' })).toEqual([]);
  });
});

describe('X15 provisional payment, then late: clawback', () => {
  const unstarted = [weo('2024-02-20', '2024-07-31')];
  const late = [...unstarted, art60('2024-05-02', '2024-07-31')];
  const runOfApril = { today: '2024-04-15', known: '2024-03-31' };

  it('pays February and March in the run of 15 April: the window is open', () => {
    const lines = ofQuarter(due(...unstarted, runOfApril), '2024-01');
    expect(byMonth(lines)).toEqual({ '2024-02': GUIDANCE, '2024-03': GUIDANCE });
    expect(total(lines)).toBe(500);
  });

  it('pays nothing in the runs of 15 July and 15 October', () => {
    expect(ofQuarter(due(...late, { today: '2024-07-15', known: '2024-06-30' }), '2024-04', '2024-07-31')).toEqual([]);
    expect(ofQuarter(due(...late, { today: '2024-10-15', known: '2024-09-30' }), '2024-07', '2024-07-31')).toEqual([]);
  });

  it('takes 500 back in the final settlement after measurement 2', () => {
    const ordered = total(due(...unstarted, runOfApril));
    expect(total(due(...late, { today: '2025-01-15', known: '2024-12-31' })) - ordered).toBe(-500);
    expect(measured(...late).map(({ on }) => on)).toEqual(['2024-08-01', '2024-11-01']);
  });

  it('has nothing due in the yearly settlement of 2024', () => {
    expect(due(...late, { today: '2025-02-15' })).toEqual([]);
  });

  it('pays nothing and recovers nothing with pending_policy = HOLD', () => {
    const law = { 'a60.pending_policy': 'HOLD' };
    expect(due(...unstarted, runOfApril, { law })).toEqual([]);
    expect(due(...late, { law })).toEqual([]);
  });

  it('has 2,280 due when art. 60 starts on 2024-04-20', () => {
    const lines = due(...unstarted, art60('2024-04-20', '2024-07-31'));
    expect(byMonth(lines)).toEqual({ ...each('2024-02', '2024-03', GUIDANCE), ...each('2024-04', '2024-07', FULL) });
    expect(total(lines)).toBe(2280);
  });
});
