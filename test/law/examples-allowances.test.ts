/** Worked examples H: allowances, with fixture amounts (ORD 1,000.00 and INC 1,500.00 per month). */
import { describe, expect, it } from 'vitest';
import { art60, due, euros, monthsOf, total, totals, weo } from '../support/facts.js';
import { each, FIXTURE_ALLOWANCES as law, X01 } from './example-language.js';

const inSocialEconomy = { socialEconomy: true };
const isAllowance = ({ component }: { readonly component: string }): boolean =>
  component === 'ORD' || component === 'INC';

describe('X43 twelve increased grants', () => {
  it('grants 12 and pays 3 months of the ordinary allowance after them', () => {
    const lines = due(weo('2023-01-01', '2024-03-31'), art60('2023-01-01', '2024-03-31', inSocialEconomy), { law });
    expect(totals(lines)).toMatchObject({ INC: 18000, ORD: 3000 });
    expect(monthsOf(lines, 'INC')).toEqual(Object.keys(each('2023-01', '2023-12', {})));
    expect(monthsOf(lines, 'ORD')).toEqual(['2024-01', '2024-02', '2024-03']);
    expect(total(lines.filter(isAllowance))).toBe(21000);
  });
});

describe('X44 interrupted social economy', () => {
  const parts = [
    weo('2023-01-01', '2024-05-31'),
    art60('2023-01-01', '2023-08-31', inSocialEconomy),
    art60('2023-09-01', '2023-11-30'),
    art60('2023-12-01', '2024-05-31', inSocialEconomy),
  ];

  it('counts months granted: 8 + 4 increased, 3 + 2 ordinary', () => {
    const lines = due(...parts, { law });
    expect(monthsOf(lines, 'INC')).toEqual([
      ...Object.keys(each('2023-01', '2023-08', {})),
      ...Object.keys(each('2023-12', '2024-03', {})),
    ]);
    expect(monthsOf(lines, 'ORD')).toEqual(['2023-09', '2023-10', '2023-11', '2024-04', '2024-05']);
    expect(totals(lines)).toMatchObject({ INC: 12 * 1500, ORD: 5 * 1000 });
    expect(total(lines.filter(isAllowance))).toBe(23000);
  });

  it('counts twelve months from the first grant with CALENDAR_SPAN: 9 increased, 8 ordinary', () => {
    const lines = due(...parts, { law: { ...law, 'inc.count_unit': 'CALENDAR_SPAN' } });
    expect(monthsOf(lines, 'INC')).toEqual([...Object.keys(each('2023-01', '2023-08', {})), '2023-12']);
    expect(monthsOf(lines, 'ORD')).toHaveLength(8);
    expect(totals(lines)).toMatchObject({ INC: 13500, ORD: 8000 });
    expect(total(lines.filter(isAllowance))).toBe(21500);
  });
});

describe('X45 budget of the OCMW exhausted', () => {
  const parts = [weo('2024-01-01', '2024-12-31'), art60('2024-01-01', '2024-12-31', inSocialEconomy)];

  it('falls back to ORD from month 11 on: 1,000 of the budget is left', () => {
    const lines = due(...parts, { law, budget: 16000 });
    expect(totals(lines)).toMatchObject({ INC: 15000, ORD: 2000 });
    expect(monthsOf(lines, 'ORD')).toEqual(['2024-11', '2024-12']);
    expect(total(lines.filter(isAllowance))).toBe(17000);
    expect(16000 - totals(lines).INC!).toBe(1000);
  });

  it('cuts month 11 to the 1,000 that is left with inc.partial, without ORD besides', () => {
    const lines = due(...parts, { law: { ...law, 'inc.partial': true }, budget: 16000 });
    expect(euros(lines, '2024-11').INC).toBe(1000);
    expect(euros(lines, '2024-11').ORD).toBeUndefined();
    expect(totals(lines)).toMatchObject({ INC: 16000, ORD: 1000 });
  });
});

describe('X46 incomplete months', () => {
  const firstMonth = (start: string, ordinary = 1000): number | undefined =>
    euros(due(weo(start, '2024-12-31'), art60(start), { law: { 'amount.ORD': ordinary } }), start.slice(0, 7)).ORD;

  it('pays 21/31 of March and 15/29 of February', () => {
    expect(firstMonth('2024-03-11')).toBe(677.42);
    expect(firstMonth('2024-02-15')).toBe(517.24);
  });

  it('rounds half a cent up: 1,000.01 x 15/30 = 500.01', () => {
    expect(firstMonth('2024-04-16', 1000.01)).toBe(500.01);
  });

  it('pays 10/31 of the increased allowance for a contract that ends on 10 May', () => {
    const lines = due(weo('2024-04-01', '2024-12-31'), art60('2024-04-01', '2024-05-10', inSocialEconomy), { law });
    expect(euros(lines, '2024-05').INC).toBe(483.87);
  });
});

describe('X47 mix in one trajectory', () => {
  it('has 10,000 of allowances beside 4,950 of VDAB', () => {
    const lines = due(...X01, { law });
    expect(totals(lines)).toEqual({ EFF: 3000, C1: 1500, C2: 450, ORD: 10000 });
    expect(monthsOf(lines, 'ORD')).toEqual(Object.keys(each('2024-03', '2024-12', {})));
    expect(total(lines.filter((line) => !isAllowance(line)))).toBe(4950);
  });
});
