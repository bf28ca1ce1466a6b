/** Allowances under every policy (rulebook 3.5, 15.5), with fixture amounts. */
import { describe, expect, it } from 'vitest';
import { art60, due, dueOf, euros, monthsOf, sameClient, totals, trajectory, weo } from '../support/facts.js';
import { each, FIXTURE_ALLOWANCES as law } from './example-language.js';

const inSocialEconomy = { socialEconomy: true };
const YEAR = weo('2024-01-01', '2024-12-31');

describe('what gives a right', () => {
  const may = (more: Parameters<typeof art60>[2]) => {
    const { ORD, INC } = euros(due(YEAR, art60('2024-01-01', '2024-12-31', more), { law }), '2024-05');
    return { ORD, INC };
  };

  it('the increased allowance asks for social economy and for a request', () => {
    expect(may({ socialEconomy: true, increased: true })).toEqual({ INC: 1500 });
    expect(may({ socialEconomy: true, increased: false })).toEqual({ ORD: 1000 });
    expect(may({ socialEconomy: false, increased: true })).toEqual({ ORD: 1000 });
    expect(may({})).toEqual({ ORD: 1000 });
  });

  it('nothing is due without a Nova Prima reference', () => {
    expect(may({ socialEconomy: true, novaPrima: false })).toEqual({});
    expect(may({ novaPrima: false })).toEqual({});
  });

  it('timely, category and WEO end do not matter', () => {
    const late = due(weo('2024-01-01', '2024-03-31'), art60('2024-05-01', '2024-06-30'), { law });
    expect(totals(late)).toEqual({ ORD: 2000 });
  });

  it('a withdrawn or held WEO and a held contract do matter', () => {
    expect(due(weo('2024-01-01', '2024-12-31', { withdrawn: true }), art60('2024-01-01'), { law })).toEqual([]);
    expect(due(YEAR, art60('2023-12-31', '2024-12-31'), { law })).toEqual([]);
    const [, held] = sameClient(
      trajectory(weo('2024-01-01', '2024-06-30')),
      trajectory(weo('2024-06-01', '2024-12-31'), art60('2024-06-01', '2024-12-31')),
    );
    expect(dueOf([held!], { law })).toEqual([]);
  });

  it('an amount that was not given leaves its allowance out', () => {
    const parts = [YEAR, art60('2024-01-01', '2024-03-31', inSocialEconomy), art60('2024-04-01', '2024-06-30')];
    expect(totals(due(...parts, { law: { 'amount.ORD': 1000 } }))).toMatchObject({ ORD: 3000 });
    expect(totals(due(...parts, { law: { 'amount.ORD': 1000 } })).INC).toBeUndefined();
    expect(totals(due(...parts, { law: { 'amount.INC': 1500 } }))).toMatchObject({ INC: 4500 });
    expect(totals(due(...parts, { law: { 'amount.INC': 1500 } })).ORD).toBeUndefined();
  });
});

describe('allow.partial_month (R-A-5)', () => {
  const paid = (policy: string) => {
    const lines = due(YEAR, art60('2024-03-11', '2024-05-10'), { law: { ...law, 'allow.partial_month': policy } });
    return ['2024-03', '2024-04', '2024-05'].map((month) => euros(lines, month).ORD);
  };

  it('CALENDAR_DAYS, FULL_IF_LAST_DAY, FULL_IF_ANY_DAY', () => {
    expect(paid('CALENDAR_DAYS')).toEqual([677.42, 1000, 322.58]);
    expect(paid('FULL_IF_LAST_DAY')).toEqual([1000, 1000, undefined]);
    expect(paid('FULL_IF_ANY_DAY')).toEqual([1000, 1000, 1000]);
  });

  it('computes a month when it is complete', () => {
    const may = (today: string) => euros(due(YEAR, art60('2024-03-11', '2024-05-10'), { law, today }), '2024-05').ORD;
    expect(may('2024-05-30')).toBeUndefined();
    expect(may('2024-05-31')).toBe(322.58);
  });

  it('rounds per contract, then sums', () => {
    const lines = due(YEAR, art60('2024-04-01', '2024-04-15'), art60('2024-04-16', '2024-04-30'), {
      law: { 'amount.ORD': 1000.01 },
    });
    expect(euros(lines, '2024-04').ORD).toBe(1000.02);
  });
});

describe('the increased allowance', () => {
  const long = [weo('2023-01-01', '2024-03-31'), art60('2023-01-01', '2024-03-31', inSocialEconomy)];

  it('inc.mode = TOP_UP pays it besides the ordinary one', () => {
    const lines = due(...long, { law: { ...law, 'inc.mode': 'TOP_UP' } });
    expect(totals(lines)).toMatchObject({ INC: 18000, ORD: 15000 });
  });

  it('inc.after_max = NOTHING pays nothing after 12 grants', () => {
    const lines = due(...long, { law: { ...law, 'inc.after_max': 'NOTHING' } });
    expect(totals(lines)).toMatchObject({ INC: 18000 });
    expect(totals(lines).ORD).toBeUndefined();
  });

  it('counts per trajectory, contract or person (inc.scope)', () => {
    const two = sameClient(
      trajectory(
        weo('2023-01-01', '2023-12-31'),
        art60('2023-01-01', '2023-05-31', inSocialEconomy),
        art60('2023-06-01', '2023-12-31', inSocialEconomy),
      ),
      trajectory(weo('2024-01-01', '2025-02-28'), art60('2024-01-01', '2025-02-28', inSocialEconomy)),
    );
    const grants = (scope: string) => monthsOf(dueOf(two, { law: { ...law, 'inc.scope': scope } }), 'INC').length;
    expect(grants('TRAJECTORY')).toBe(12 + 12);
    expect(grants('CONTRACT')).toBe(5 + 7 + 12);
    expect(grants('PERSON')).toBe(12);
  });

  it('two contracts in one month are one grant (15.5)', () => {
    const lines = due(
      weo('2023-01-01', '2024-03-31'),
      art60('2023-01-01', '2023-01-15', inSocialEconomy),
      art60('2023-01-16', '2024-03-31', inSocialEconomy),
      { law },
    );
    expect(euros(lines, '2023-01').INC).toBe(1500);
    expect(monthsOf(lines, 'INC')).toEqual(Object.keys(each('2023-01', '2023-12', {})));
  });
});

describe('the budget of the OCMW (R-I-5)', () => {
  it('is used in order of month, then employment start, then employment id', () => {
    const client = (id: string, start: string) =>
      trajectory(weo('2024-01-01', '2024-12-31'), art60(start, '2024-04-30', { ...inSocialEconomy, id }));
    const [b, a, late] = [client('b', '2024-01-01'), client('a', '2024-01-01'), client('0', '2024-02-01')];
    const lines = dueOf([late, b, a], { law, budget: 4500 });
    expect(euros(lines, '2024-01').INC).toBe(3000);
    const february = lines.filter(({ month, component }) => month === '2024-02' && component === 'INC');
    expect(february.map(({ weoId }) => weoId)).toEqual([a.weoId]);
    expect(totals(lines).INC).toBe(4500);
  });

  it('holds for each OCMW and year', () => {
    const client = (ocmw: string) =>
      trajectory(weo('2023-12-01', '2024-01-31', { ocmw }), art60('2023-12-01', '2024-01-31', inSocialEconomy));
    const lines = dueOf([client('0212214917'), client('0207489568')], { law, budget: 1500 });
    expect(totals(lines)).toMatchObject({ INC: 4 * 1500 });
    expect(totals(lines).ORD).toBeUndefined();
  });

  it('a month that does not fit uses up no grant, and a smaller one may still fit', () => {
    const lines = due(YEAR, art60('2024-01-01', '2024-03-10', inSocialEconomy), { law, budget: 2000 });
    expect(euros(lines, '2024-01').INC).toBe(1500);
    expect(euros(lines, '2024-02')).toMatchObject({ ORD: 1000 });
    expect(euros(lines, '2024-03').INC).toBe(483.87);
  });

  it('of nothing grants nothing', () => {
    const lines = due(YEAR, art60('2024-01-01', '2024-12-31', inSocialEconomy), { law, budget: 0 });
    expect(totals(lines)).toMatchObject({ ORD: 12000 });
    expect(totals(lines).INC).toBeUndefined();
  });

  it('inc.partial cuts the grant, without ORD besides also in TOP_UP', () => {
    const parts = [YEAR, art60('2024-01-01', '2024-02-29', inSocialEconomy)];
    const lines = due(...parts, { law: { ...law, 'inc.partial': true, 'inc.mode': 'TOP_UP' }, budget: 2000 });
    expect(euros(lines, '2024-01')).toMatchObject({ INC: 1500, ORD: 1000 });
    expect(euros(lines, '2024-02').INC).toBe(500);
    expect(euros(lines, '2024-02').ORD).toBeUndefined();
  });
});
