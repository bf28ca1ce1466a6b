/** The administrative and legal checks of a month: each answer with the fact that decided it. */
import { describe, expect, it } from 'vitest';
import { day, parseMonth, type Month } from '../../../src/calendar.js';
import { checkMonth, type AllowanceCheck, type MonthFacts } from '../../../src/inspect/reconcile/allowance-checks.js';
import type { Contract } from '../../../src/inspect/reconcile/load.js';
import { buildLaw } from '../../../src/law/resolve.js';

const OCMW = '0212214917';
const month = (text: string): Month => parseMonth(text)!;

function contract(start: string, end: string | undefined, more: Partial<Contract> = {}): Contract {
  return {
    ...{ employmentId: 'E1', start: day(start), end: end === undefined ? undefined : day(end) },
    ...{ socialEconomy: false, increasedRequested: false, novaPrimaReference: 'NP-1', employerId: OCMW, wages: {} },
    ...more,
  };
}

function answer(check: AllowanceCheck, facts: Partial<MonthFacts>, law: Parameters<typeof buildLaw>[0] = {}): string {
  const all: MonthFacts = {
    ...{ month: month('2024-03'), ordinaryCents: 100_000, increasedCents: 0, increasedMonths: [] },
    ...{ contracts: [contract('2024-02-05', '2024-12-31')], employers: new Set([OCMW]) },
    ...facts,
  };
  const found = checkMonth(all, buildLaw(law)).find((each) => each.check === check)!;
  return `${found.answer}: ${found.fact}`;
}

describe('the checks of a month', () => {
  it('ask for a contract', () => {
    expect(answer('CONTRACT', {})).toBe('YES: E1: 05/02/2024 tot 31/12/2024');
    expect(answer('CONTRACT', { contracts: [contract('2024-03-31', undefined)] })).toBe('YES: E1: vanaf 31/03/2024');
    expect(answer('CONTRACT', { contracts: [contract('2024-04-01', undefined)] })).toBe(
      'NO: geen contract artikel 60 in deze maand',
    );
  });

  it('ask for the Nova Prima reference of each contract', () => {
    expect(answer('NOVA_PRIMA', {})).toBe('YES: NP-1');
    const without = contract('2024-03-15', undefined, { employmentId: 'E2', novaPrimaReference: undefined });
    expect(answer('NOVA_PRIMA', { contracts: [contract('2024-02-05', '2024-03-14'), without] })).toBe(
      'NO: E2 zonder referentie',
    );
    expect(answer('NOVA_PRIMA', { contracts: [] })).toBe('NOT_APPLICABLE: geen contract in deze maand');
  });

  it('count the increased allowance up to the month, or the months since the first', () => {
    const from = (count: number) => Array.from({ length: count }, (_, index) => month('2024-03') - count + 1 + index);
    const granted = (count: number) => ({ increasedCents: 1, increasedMonths: from(count) });
    expect(answer('TWELVE_GRANTS', {})).toBe('NOT_APPLICABLE: geen verhoogde toelage');
    expect(answer('TWELVE_GRANTS', granted(12))).toBe('YES: toekenning 12 van hoogstens 12, de eerste in 04/2023');
    expect(answer('TWELVE_GRANTS', granted(13))).toBe('NO: toekenning 13 van hoogstens 12, de eerste in 03/2023');
    const gap = { increasedCents: 1, increasedMonths: [month('2023-03'), month('2024-03')] };
    expect(answer('TWELVE_GRANTS', gap)).toMatch(/^YES: toekenning 2/);
    expect(answer('TWELVE_GRANTS', gap, { 'inc.count_unit': 'CALENDAR_SPAN' })).toMatch(/^NO: maand 13 sinds/);
  });

  it('ask for social economy only under the increased allowance', () => {
    expect(answer('SOCIAL_ECONOMY', {})).toMatch(/^NOT_APPLICABLE/);
    expect(answer('SOCIAL_ECONOMY', { increasedCents: 1 })).toMatch(/^NO: geen contract in een erkend initiatief/);
    const contracts = [contract('2024-01-01', undefined, { socialEconomy: true })];
    expect(answer('SOCIAL_ECONOMY', { increasedCents: 1, contracts })).toBe('YES: E1 in een erkend initiatief');
  });

  it('allow nothing after the end of the contract', () => {
    const contracts = [contract('2024-01-01', '2024-02-29')];
    expect(answer('AFTER_CONTRACT', { contracts })).toBe('NO: het laatste contract eindigde op 29/02/2024');
    expect(answer('AFTER_CONTRACT', { contracts: [contract('2024-01-01', '2024-03-01')] })).toMatch(/^YES/);
    expect(answer('AFTER_CONTRACT', { contracts, ordinaryCents: 0 })).toBe('NOT_APPLICABLE: geen toelage toegekend');
  });

  it('know the OCMW as employer, also under the number from before a merger', () => {
    const contracts = [contract('2024-01-01', undefined, { employerId: '0207204053' })];
    expect(answer('EMPLOYER', {})).toBe('YES: 0212.214.917');
    expect(answer('EMPLOYER', { contracts })).toBe('NO: E1: 0207.204.053');
    expect(answer('EMPLOYER', { contracts, employers: new Set([OCMW, '0207204053']) })).toMatch(/^YES/);
    const none = [contract('2024-01-01', undefined, { employerId: undefined })];
    expect(answer('EMPLOYER', { contracts: none })).toBe('NO: E1: werkgever niet opgegeven');
  });

  it('compare with the wage cost where it was supplied for each contract', () => {
    const paid = (cents: number) => [contract('2024-01-01', '2024-03-10', { wages: { '2024-03': cents } })];
    expect(answer('WAGE_COST', {})).toMatch(/^NOT_APPLICABLE: loonkost niet voor elk contract/);
    expect(answer('WAGE_COST', { contracts: paid(100_000) })).toBe('YES: loonkost 1.000,00');
    expect(answer('WAGE_COST', { contracts: paid(99_999) })).toBe(
      'NO: toegekend 1.000,00, loonkost 999,99: 0,01 te veel',
    );
    const two = [...paid(99_999), contract('2024-03-11', undefined, { employmentId: 'E2' })];
    expect(answer('WAGE_COST', { contracts: two })).toMatch(/^NOT_APPLICABLE/);
  });
});
