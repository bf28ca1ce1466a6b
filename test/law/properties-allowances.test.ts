/** Properties of the allowances, on random facts under random laws and budgets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMonth } from '../../src/calendar.js';
import { allowanceContracts, allowances, MAXIMUM_INCREASED_GRANTS } from '../../src/law/allowance.js';
import { statusOf } from '../../src/law/status.js';
import type { TrajectoryFacts } from '../../src/records/facts.js';
import { asOf, dueOf, lawOf, personOf, type Line, type Settings } from '../support/facts.js';
import { RUNS, someAllowanceSettings, someClients, someToday } from './random-facts.js';

const isAllowance = ({ component }: Line): boolean => component === 'ORD' || component === 'INC';

/** Months with an increased grant by scope. */
function grantsByScope(clients: readonly TrajectoryFacts[], settings: Settings): Map<string, Set<number>> {
  const law = lawOf(settings);
  const contracts = clients
    .filter((each) => statusOf(each) === 'COUNTS')
    .flatMap((each) => allowanceContracts(each, personOf(each), asOf(settings).today));
  const months = allowances(contracts, () => settings.budget && Math.round(settings.budget * 100), law);
  const grants = new Map<string, Set<number>>();
  for (const [index, { facts, contract, personId }] of contracts.entries()) {
    const scope = { TRAJECTORY: facts.weoId, CONTRACT: contract.employmentId, PERSON: personId }[law.incScope];
    const granted = grants.get(scope) ?? new Set<number>();
    grants.set(scope, granted);
    for (const { month, increased } of months[index]!) if (increased > 0) granted.add(month);
  }
  return grants;
}

describe('the increased allowance', () => {
  it('is granted in at most twelve months per scope, or in twelve months from the first', () => {
    fc.assert(
      fc.property(someClients, someAllowanceSettings, (clients, settings) => {
        for (const months of grantsByScope(clients, settings).values()) {
          expect(months.size).toBeLessThanOrEqual(MAXIMUM_INCREASED_GRANTS);
          const span = months.size === 0 ? 0 : Math.max(...months) - Math.min(...months) + 1;
          if (lawOf(settings).incCountUnit === 'CALENDAR_SPAN') expect(span).toBeLessThanOrEqual(12);
        }
      }),
      RUNS,
    );
  });

  it('never exceeds the budget of an OCMW in a year', () => {
    fc.assert(
      fc.property(someClients, someAllowanceSettings, (clients, settings) => {
        const used = new Map<string, number>();
        for (const { ocmwId, component, month, cents } of dueOf(clients, settings)) {
          const key = `${ocmwId} ${month.slice(0, 4)}`;
          if (component === 'INC') used.set(key, (used.get(key) ?? 0) + cents);
        }
        const limit = settings.budget === undefined ? Infinity : Math.round(settings.budget * 100);
        for (const cents of used.values()) expect(cents).toBeLessThanOrEqual(limit);
      }),
      RUNS,
    );
  });

  it('is never due without a contract in social economy that asks for it', () => {
    fc.assert(
      fc.property(someClients, someAllowanceSettings, (clients, settings) => {
        const asking = new Set(
          clients
            .filter(({ contracts }) => contracts.some((each) => each.socialEconomy && each.increasedRequested))
            .map(({ weoId }) => weoId),
        );
        for (const { weoId, component } of dueOf(clients, settings)) {
          if (component === 'INC') expect(asking.has(weoId)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('takes the place of the ordinary one: without top-up a single contract has one of them in a month', () => {
    fc.assert(
      fc.property(someClients, someAllowanceSettings, (clients, settings) => {
        const given = { ...settings, law: { ...settings.law, 'inc.mode': 'REPLACE' } };
        for (const facts of clients.filter(({ contracts }) => contracts.length === 1)) {
          const months = dueOf([facts], given)
            .filter(isAllowance)
            .map(({ month }) => month);
          expect(new Set(months).size).toBe(months.length);
        }
      }),
      RUNS,
    );
  });
});

describe('allowances', () => {
  it('of a month that was complete stay as they are on a later day', () => {
    fc.assert(
      fc.property(someClients, someAllowanceSettings, someToday, (clients, settings, other) => {
        const [first, second] = [settings.today!, other].sort() as [string, string];
        const before = dueOf(clients, { ...settings, today: first }).filter(isAllowance);
        const lastMonth = Math.max(...before.map(({ month }) => parseMonth(month)!));
        const after = dueOf(clients, { ...settings, today: second })
          .filter(isAllowance)
          .filter(({ month }) => parseMonth(month)! <= lastMonth);
        const described = (lines: readonly Line[]): string[] =>
          lines.map(({ weoId, component, month, cents }) => `${weoId} ${component} ${month} ${cents}`).sort();
        expect(described(after)).toEqual(described(before));
      }),
      RUNS,
    );
  });

  it('do not change the components of VDAB', () => {
    fc.assert(
      fc.property(someClients, someAllowanceSettings, (clients, settings) => {
        const {
          'amount.ORD': _ordinary,
          'amount.INC': _increased,
          ...without
        } = settings.law as Record<string, unknown>;
        const beside = dueOf(clients, settings).filter((line) => !isAllowance(line));
        expect(dueOf(clients, { ...settings, law: without })).toEqual(beside);
      }),
      RUNS,
    );
  });
});
