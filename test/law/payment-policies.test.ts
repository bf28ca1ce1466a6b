/** Monthly payments under every policy: deadline, category, cap, part 3, transition, overlap (rulebook 3.1 to 3.4, 11, 15.3). */
import { describe, expect, it } from 'vitest';
import {
  art60,
  category,
  due,
  dueOf,
  euros,
  job,
  measured,
  monthsOf,
  sameClient,
  totals,
  trajectory,
  weo,
} from '../support/facts.js';
import { byMonth, COMPENSATION, each, FULL, FULL_PAST_24, GUIDANCE, X01, X17 } from './example-language.js';

describe('a60.deadline_months', () => {
  it('moves the deadline', () => {
    const parts = [weo('2024-01-15', '2024-06-30'), art60('2024-04-15', '2024-06-30')];
    expect(due(...parts)).toEqual([]);
    expect(totals(due(...parts, { law: { 'a60.deadline_months': 3 } })).EFF).toBe(1500);
    expect(due(...parts, { law: { 'a60.deadline_months': 3, 'a60.deadline_inclusive': false } })).toEqual([]);
  });

  it('0 asks for a start on the first day', () => {
    const law = { 'a60.deadline_months': 0 };
    expect(due(weo('2024-01-01', '2024-01-31'), art60('2024-01-02'), { law })).toEqual([]);
    expect(byMonth(due(weo('2024-01-01', '2024-01-31'), art60('2024-01-01'), { law }))).toEqual({ '2024-01': FULL });
  });
});

describe('a60.late_policy', () => {
  const late = weo('2024-01-15', '2024-08-31');

  it('PAY_FROM_START: guidance goes on after art. 60 ended', () => {
    const law = { 'a60.late_policy': 'PAY_FROM_START' };
    expect(byMonth(due(late, art60('2024-04-10', '2024-06-14'), { law }))).toEqual({
      ...each('2024-04', '2024-05', FULL),
      ...each('2024-06', '2024-08', GUIDANCE),
    });
  });

  it('PAY_FROM_START: a contract that never reached a month end starts nothing', () => {
    const law = { 'a60.late_policy': 'PAY_FROM_START', 'comp.presence': 'ANY_DAY' };
    expect(due(late, art60('2024-04-10', '2024-04-20'), { law })).toEqual([]);
  });

  it.each(['FORFEIT_ALL', 'PAY_FROM_START', 'EFF_ONLY'])('%s: nothing without any art. 60', (policy) => {
    expect(due(late, { law: { 'a60.late_policy': policy } })).toEqual([]);
  });

  it('EFF_ONLY: part 3 takes the place of guidance after month 24 as ever', () => {
    const lines = due(weo('2022-01-01', '2024-01-31'), art60('2022-04-01', '2024-01-31'), {
      law: { 'a60.late_policy': 'EFF_ONLY' },
    });
    expect(euros(lines, '2023-12')).toEqual(COMPENSATION);
    expect(euros(lines, '2024-01')).toEqual(FULL_PAST_24);
  });
});

describe('an art. 60 start in the future (15.3)', () => {
  it('counts at once as timely or late', () => {
    const soon = { today: '2024-02-15' };
    expect(byMonth(due(weo('2024-01-15', '2024-12-31'), art60('2024-03-15'), soon))).toEqual({ '2024-01': GUIDANCE });
    expect(due(weo('2024-01-15', '2024-12-31'), art60('2024-03-16'), soon)).toEqual([]);
  });
});

describe('months are computed once their last day is reached (15.3)', () => {
  it.each([
    ['2024-04-29', 3],
    ['2024-04-30', 4],
  ])('on %s there are %d', (today, count) => {
    expect(monthsOf(due(...X01, { today }), 'EFF')).toHaveLength(count);
  });
});

describe('category.policy (R-EFF-5, R-C-10)', () => {
  const late = [
    weo('2024-01-15', '2024-12-31'),
    art60('2024-03-04', '2024-12-31'),
    category('78', '2024-03-04'),
    category('90', '2024-03-04', undefined, { registered: '2024-04-10' }),
  ];
  const never = [weo('2024-01-15', '2024-04-30'), art60('2024-03-04', '2024-04-30'), category('78', '2024-03-04')];

  it('WITHHOLD releases a month that was set right later, FORFEIT does not', () => {
    expect(euros(due(...late), '2024-03')).toEqual(FULL);
    const forfeited = due(...late, { law: { 'category.policy': 'FORFEIT' } });
    expect(euros(forfeited, '2024-03')).toEqual({});
    expect(euros(forfeited, '2024-04')).toEqual(FULL);
  });

  it('FORFEIT looks at the cut-off of the quarter, or at the run day with run.cutoff = RUN_DATE', () => {
    const march = (law: Record<string, unknown>) =>
      euros(due(...late, { law: { 'category.policy': 'FORFEIT', ...law } }), '2024-03');
    expect(march({ 'run.cutoff': 'RUN_DATE' })).toEqual(FULL);
    expect(march({ 'run.cutoff': 'RUN_DATE', 'run.day': 9 })).toEqual({});
    expect(march({ 'run.cutoff': 'RUN_DATE', 'run.day': 10 })).toEqual(FULL);
  });

  it('WARN_ONLY pays as if it were right', () => {
    expect(euros(due(...never), '2024-03')).toEqual({});
    expect(euros(due(...never, { law: { 'category.policy': 'WARN_ONLY' } }), '2024-03')).toEqual(FULL);
  });

  it('asks for 90 or 93 and for a record', () => {
    const march = (code: string, from = '2024-03-01', to?: string) =>
      euros(due(weo('2024-01-15', '2024-12-31'), art60('2024-03-01'), category(code, from, to)), '2024-03');
    expect(march('90')).toEqual(FULL);
    expect(march('93')).toEqual(FULL);
    for (const code of ['00', '02', '05', '10', '11', '14', '78', '80', '82']) expect(march(code)).toEqual({});
    expect(march('90', '2024-03-01', '2024-03-31')).toEqual(FULL);
    expect(march('90', '2024-03-01', '2024-03-30')).toEqual({});
    expect(march('90', '2024-04-01')).toEqual({});
  });

  it('asks nothing while no art. 60 runs on the last day', () => {
    const lines = due(weo('2024-01-15', '2024-04-30'), art60('2024-03-01', '2024-04-10'), category('05', '2024-01-01'));
    expect(byMonth(lines)).toEqual({ ...each('2024-01', '2024-02', GUIDANCE), '2024-04': GUIDANCE });
  });

  it('takes the later from date, then the later registration', () => {
    const march = (...records: ReturnType<typeof category>[]) =>
      euros(due(weo('2024-01-15', '2024-12-31'), art60('2024-03-01'), ...records), '2024-03');
    const wrong = category('78', '2024-03-10', undefined, { registered: '2024-03-10' });
    expect(march(wrong, category('90', '2024-03-01', undefined, { registered: '2024-05-01' }))).toEqual({});
    expect(march(wrong, category('90', '2024-03-11', undefined, { registered: '2024-03-01' }))).toEqual(FULL);
    expect(march(wrong, category('90', '2024-03-10', undefined, { registered: '2024-03-11' }))).toEqual(FULL);
  });
});

describe('the cap on guidance', () => {
  const withheld = [category('90', '2022-02-01'), category('78', '2023-03-01', '2023-03-31')];

  it('counts active months by default, paid months with eff.cap_counts = PAID', () => {
    const parts = [weo('2022-01-01', '2024-03-31'), art60('2022-02-01', '2023-12-15'), ...withheld];
    expect(monthsOf(due(...parts), 'EFF')).toHaveLength(23);
    const lines = due(...parts, { law: { 'eff.cap_counts': 'PAID' } });
    expect(monthsOf(lines, 'EFF')).toHaveLength(24);
    expect(monthsOf(lines, 'EFF').at(-1)).toBe('2024-01');
  });

  it('PAID: part 3 takes the place of the months that are left past month 24 while art. 60 runs (R-C3-1)', () => {
    const parts = [weo('2022-01-01', '2024-03-31'), art60('2022-02-01', '2024-01-31'), ...withheld];
    const lines = due(...parts, { law: { 'eff.cap_counts': 'PAID' } });
    expect(euros(lines, '2024-01')).toEqual(FULL_PAST_24);
    expect(euros(lines, '2024-02')).toEqual(GUIDANCE);
    expect(euros(lines, '2024-03')).toEqual({});
  });

  it('has the length of eff.max_months', () => {
    const lines = due(...X17, { law: { 'eff.max_months': 26 } });
    expect(monthsOf(lines, 'EFF')).toHaveLength(26);
    expect(monthsOf(lines, 'C3')).toEqual(['2024-03']);
  });

  it('holds for the person with eff.cap_scope = PERSON; part 3 keeps its own rank', () => {
    const two = sameClient(
      trajectory(weo('2022-01-01', '2023-06-30'), art60('2022-01-15', '2023-06-30')),
      trajectory(weo('2023-07-01', '2024-06-30'), art60('2023-07-15', '2024-06-30')),
    );
    expect(totals(dueOf(two)).EFF).toBe(30 * 250);
    const lines = dueOf(two, { law: { 'eff.cap_scope': 'PERSON' } });
    expect(monthsOf(lines, 'EFF')).toHaveLength(24);
    expect(monthsOf(lines, 'EFF').at(-1)).toBe('2023-12');
    expect(euros(lines, '2024-01')).toEqual(COMPENSATION);
    expect(monthsOf(lines, 'C3')).toEqual([]);
  });
});

describe('part 3', () => {
  it('is bounded by c3.max_months, and compensation with it', () => {
    const lines = due(...X17, { law: { 'c3.max_months': 2 } });
    expect(monthsOf(lines, 'C3')).toEqual(['2024-01', '2024-02']);
    expect(euros(lines, '2024-03')).toEqual({});
  });

  it('does not exist before c3.valid_from', () => {
    const lines = due(...X17, { law: { 'c3.valid_from': '2024-02-29' } });
    expect(monthsOf(lines, 'C3')).toEqual(['2024-02', '2024-03']);
    expect(euros(lines, '2024-01')).toEqual({});
  });

  it('asks that art. 60 runs on the last day, also with comp.presence = ANY_DAY', () => {
    const parts = [weo('2022-01-01', '2024-03-31'), art60('2022-02-01', '2024-02-15')];
    for (const presence of ['LAST_DAY', 'ANY_DAY']) {
      const lines = due(...parts, { law: { 'comp.presence': presence } });
      expect(monthsOf(lines, 'C3')).toEqual(['2024-01']);
      expect(euros(lines, '2024-02')).toEqual({});
    }
  });

  it('is due when the extension flag is on or empty', () => {
    const flagged = (extended: boolean) =>
      totals(due(weo('2022-01-01', '2024-03-31', { extended }), art60('2022-02-01', '2024-03-31')));
    expect(flagged(true)).toEqual(totals(due(...X17)));
    expect(flagged(false).C3).toBeUndefined();
  });
});

describe('amounts', () => {
  it('are those valid on the last day of the month', () => {
    const list = [
      { from: '2017-01-01', value: 250 },
      { from: '2024-05-31', value: 260.5 },
    ];
    const lines = due(...X01, { law: { 'amount.EFF': list } });
    expect(euros(lines, '2024-04').EFF).toBe(250);
    expect(euros(lines, '2024-05').EFF).toBe(260.5);
  });

  it('that are missing for a month are an error that names key and date', () => {
    const law = { 'amount.C1': [{ from: '2024-06-01', value: 150 }] };
    expect(() => due(...X01, { law })).toThrow('amount.C1 has no value for 2024-03-31');
  });
});

describe('transition (R-TR-1 to R-TR-3, 15.3)', () => {
  it('R-TR-1: a trajectory started before 2017 gets nothing from TWE', () => {
    const parts = [weo('2016-12-15', '2017-06-30'), art60('2017-01-15', '2017-06-30'), job('REGULAR', '2017-07-01')];
    expect(due(...parts, { law: { 'amount.ORD': 1000 } })).toEqual([]);
    expect(measured(...parts)).toMatchObject([
      { on: '2017-07-01', outcome: 'POSITIVE', euros: 0 },
      { on: '2017-10-01', outcome: 'POSITIVE', euros: 0 },
    ]);
  });

  it('R-TR-1: nor does it use up the cap of a person', () => {
    const [, later] = sameClient(
      trajectory(weo('2016-06-01', '2017-12-31'), art60('2016-06-01', '2017-12-31')),
      trajectory(weo('2018-01-01', '2019-12-31'), art60('2018-01-01', '2019-12-31')),
    );
    for (const counts of ['ACTIVE', 'PAID']) {
      const lines = dueOf([later!], { law: { 'eff.cap_scope': 'PERSON', 'eff.cap_counts': counts } });
      expect([counts, monthsOf(lines, 'EFF').length]).toEqual([counts, 24]);
    }
  });

  it('R-TR-1: one started on 2017-01-01 does', () => {
    expect(byMonth(due(weo('2017-01-01', '2017-01-31'), art60('2017-01-01')))).toEqual({ '2017-01': FULL });
  });

  it('an art. 60 contract that starts before its WEO is held', () => {
    expect(due(weo('2024-01-15', '2024-12-31'), art60('2024-01-14'))).toEqual([]);
    const lines = due(weo('2024-01-15', '2024-12-31'), art60('2024-01-14', '2024-02-29'), art60('2024-03-01'));
    expect(byMonth(lines)['2024-02']).toEqual(GUIDANCE);
  });

  it.each([
    ['a WEO of another day', weo('2019-01-02', '2019-03-31'), art60('2016-11-01')],
    ['a contract from 2017', weo('2019-01-01', '2019-03-31'), art60('2017-01-01')],
    ['a contract that did not reach 2019', weo('2019-01-01', '2019-03-31'), art60('2016-11-01', '2018-12-31')],
  ])('R-TR-3 does not take in %s', (_situation, agreement, contract) => {
    expect(due(agreement, contract)).toEqual([]);
  });
});

describe('two WEOs of one client that overlap (11, 15.3)', () => {
  const earlier = trajectory(weo('2024-03-01', '2024-06-30'), art60('2024-03-15', '2024-06-30'));
  const touching = trajectory(weo('2024-06-30', '2024-09-30'), art60('2024-07-01', '2024-09-30'));

  it('pay the one that was registered earlier; the other is held', () => {
    const [first, second] = sameClient(earlier, touching);
    expect(totals(dueOf([first!])).EFF).toBe(4 * 250);
    expect(dueOf([second!])).toEqual([]);
    const [other, one] = sameClient(touching, earlier);
    expect(totals(dueOf([other!])).EFF).toBe(4 * 250);
    expect(dueOf([one!])).toEqual([]);
  });

  it('are compared two by two: one that is held holds a third one that was registered later', () => {
    const third = trajectory(weo('2024-07-01', '2024-09-30'), art60('2024-07-01', '2024-09-30'));
    const [, , last] = sameClient(earlier, touching, third);
    expect(dueOf([last!])).toEqual([]);
  });

  it('ask nothing of each other when one is withdrawn', () => {
    const [, free] = sameClient({ ...earlier, withdrawn: true }, touching);
    expect(totals(dueOf([free!])).EFF).toBe(4 * 250);
  });
});
