/** Properties of the allowances, on random facts under random laws and budgets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastCompleteMonth, parseMonth } from '../../src/calendar.js';
import { allowanceContracts, allowances, MAXIMUM_INCREASED_GRANTS } from '../../src/law/allowance.js';
import { statusOf } from '../../src/law/status.js';
import type { TrajectoryFacts } from '../../src/records/facts.js';
import { asOf, dueOf, lawOf, personOf, type Line, type Settings } from '../support/facts.js';
import {
  broken,
  PATIENCE,
  RUNS,
  someAllowanceSettings,
  someClients,
  someToday,
  type Invariants,
} from './random-facts.js';

const isAllowance = ({ component }: Line): boolean => component === 'ORD' || component === 'INC';
const ALLOWANCE_KEYS: ReadonlySet<string> = new Set(['amount.ORD', 'amount.INC']);
const isIncreased = ({ component }: Line): boolean => component === 'INC';
const limitOf = ({ budget }: Settings): number => (budget === undefined ? Infinity : Math.round(budget * 100));
const inOrder = (lines: readonly Line[]): string[] =>
  lines.map(({ weoId, component, month, cents }) => `${weoId} ${component} ${month} ${cents}`).sort();

interface Case {
  readonly clients: readonly TrajectoryFacts[];
  readonly settings: Settings;
  readonly lines: readonly Line[];
}

/** Months with an increased grant by `inc.scope`. */
function grantsByScope({ clients, settings }: Case): Map<string, Set<number>> {
  const law = lawOf(settings);
  const contracts = clients
    .filter((each) => statusOf(each) === 'COUNTS')
    .flatMap((each) => allowanceContracts(each, personOf(each), asOf(settings).today));
  const limit = settings.budget === undefined ? undefined : limitOf(settings);
  const months = allowances(contracts, () => limit, law);
  const grants = new Map<string, Set<number>>();
  for (const [index, { facts, contract, personId }] of contracts.entries()) {
    const scope = { TRAJECTORY: facts.weoId, CONTRACT: contract.employmentId, PERSON: personId }[law.incScope];
    const granted = grants.get(scope) ?? new Set<number>();
    grants.set(scope, granted);
    for (const { month, increased } of months[index]!) if (increased > 0) granted.add(month);
  }
  return grants;
}

const INVARIANTS: Invariants<Case> = {
  'every line is a whole number of cents above zero': ({ lines }) =>
    lines.filter(({ cents }) => !Number.isSafeInteger(cents) || cents <= 0),

  'the increased allowance is granted in at most twelve months per scope': (given) =>
    [...grantsByScope(given)].filter(([, months]) => months.size > MAXIMUM_INCREASED_GRANTS),

  'with CALENDAR_SPAN all its grants lie within twelve months': (given) => {
    if (lawOf(given.settings).incCountUnit !== 'CALENDAR_SPAN') return [];
    const spans = [...grantsByScope(given).values()].filter((months) => months.size > 0);
    return spans.filter((months) => Math.max(...months) - Math.min(...months) + 1 > 12);
  },

  'it never exceeds the budget of an OCMW in a year': ({ settings, lines }) => {
    const used = new Map<string, number>();
    for (const { ocmwId, month, cents } of lines.filter(isIncreased)) {
      const key = `${ocmwId} ${month.slice(0, 4)}`;
      used.set(key, (used.get(key) ?? 0) + cents);
    }
    return [...used].filter(([, cents]) => cents > limitOf(settings));
  },

  'it is never due without a contract in social economy that asks for it': ({ clients, lines }) => {
    const asking = clients.filter(({ contracts }) => contracts.some((c) => c.socialEconomy && c.increasedRequested));
    const ids = new Set(asking.map(({ weoId }) => weoId));
    return lines.filter((line) => isIncreased(line) && !ids.has(line.weoId));
  },

  'without top-up a single contract has one of both allowances in a month': ({ clients, settings, lines }) => {
    if (lawOf(settings).incMode === 'TOP_UP') return [];
    const single = new Set(clients.filter(({ contracts }) => contracts.length === 1).map(({ weoId }) => weoId));
    const seen = new Set<string>();
    return lines
      .filter((line) => isAllowance(line) && single.has(line.weoId))
      .filter(({ weoId, month }) => seen.size === seen.add(`${weoId} ${month}`).size);
  },
};

describe('allowances', PATIENCE, () => {
  it(`keep these: ${Object.keys(INVARIANTS).join('; ')}`, () => {
    fc.assert(
      fc.property(someClients, someAllowanceSettings, (clients, settings) => {
        expect(broken(INVARIANTS, { clients, settings, lines: dueOf(clients, settings) })).toEqual({});
      }),
      RUNS,
    );
  });

  it('of a month that was complete stay as they are on a later day', () => {
    fc.assert(
      fc.property(someClients, someAllowanceSettings, someToday, (clients, settings, other) => {
        const [first, second] = [settings.today!, other].sort() as [string, string];
        const before = dueOf(clients, { ...settings, today: first }).filter(isAllowance);
        const after = dueOf(clients, { ...settings, today: second }).filter(isAllowance);
        const lastMonth = lastCompleteMonth(asOf({ today: first }).today);
        expect(inOrder(after.filter(({ month }) => parseMonth(month)! <= lastMonth))).toEqual(inOrder(before));
      }),
      RUNS,
    );
  });

  it('do not change the components of VDAB', () => {
    fc.assert(
      fc.property(someClients, someAllowanceSettings, (clients, settings) => {
        const without = Object.fromEntries(Object.entries(settings.law!).filter(([key]) => !ALLOWANCE_KEYS.has(key)));
        const beside = dueOf(clients, settings).filter((line) => !isAllowance(line));
        expect(dueOf(clients, { ...settings, law: without })).toEqual(beside);
      }),
      RUNS,
    );
  });
});
