/** Properties of the monthly payments, on random facts under random laws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMonth, lastDayOf, monthOf, parseMonth } from '../../src/calendar.js';
import type { Component } from '../../src/law/codes.js';
import { contractsThatCount } from '../../src/law/contracts.js';
import { vdabComponents } from '../../src/law/entitlement.js';
import { statusOf } from '../../src/law/status.js';
import { art60Deadline } from '../../src/law/payment-calendar.js';
import { SegmentList } from '../../src/law/segments.js';
import type { TrajectoryFacts } from '../../src/records/facts.js';
import { asOf, dueOf, lawOf, measuredOf, monthsOf, sameClient, trajectory, type Line } from '../support/facts.js';
import {
  RUNS,
  someClient,
  someClients,
  someLaw,
  someParts,
  someSettings,
  someToday,
  someTrajectory,
} from './random-facts.js';

const MONTHLY: readonly Component[] = ['EFF', 'C1', 'C2', 'C3'];
const monthly = (lines: readonly Line[]): Line[] => lines.filter(({ component }) => MONTHLY.includes(component));
const numberOf = (month: string): number => parseMonth(month)!;
const inOrder = (lines: readonly Line[]): string[] =>
  lines.map((line) => [line.weoId, line.component, line.month, line.cents, line.rule].join(' ')).sort();

describe('every line', () => {
  it('is a whole number of cents above zero, once per WEO, component and month', () => {
    fc.assert(
      fc.property(someClients, someSettings, (clients, settings) => {
        const lines = dueOf(clients, settings);
        for (const { cents } of lines) expect(Number.isSafeInteger(cents) && cents > 0).toBe(true);
        const keys = lines.map(({ weoId, component, month }) => `${weoId} ${component} ${month}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      RUNS,
    );
  });

  it('lies inside the agreement and is complete on the day of the computation', () => {
    fc.assert(
      fc.property(someTrajectory, someSettings, (facts, settings) => {
        const { today } = asOf(settings);
        for (const { month } of monthly(dueOf([facts], settings))) {
          expect(numberOf(month)).toBeGreaterThanOrEqual(monthOf(facts.start));
          expect(lastDayOf(numberOf(month))).toBeLessThanOrEqual(Math.min(today, facts.end));
        }
      }),
      RUNS,
    );
  });

  it('unfolds from the segments exactly as the month listener heard it', () => {
    fc.assert(
      fc.property(someClient, someSettings, (client, settings) => {
        const law = lawOf(settings);
        for (const facts of client) {
          const heard: string[] = [];
          vdabComponents(facts, law, asOf(settings), new SegmentList(), ({ month }, verdicts) => {
            for (const component of ['EFF', 'C1', 'C2', 'C3'] as const) {
              const cents = law.amount[component]!.ofMonth(month);
              const { due, rule } = verdicts[component];
              if (due && cents > 0) heard.push([component, formatMonth(month), cents, rule].join(' '));
            }
          });
          const unfolded = monthly(dueOf([facts], settings)).map((line) =>
            [line.component, line.month, line.cents, line.rule].join(' '),
          );
          expect(unfolded.sort()).toEqual(heard.sort());
        }
      }),
      RUNS,
    );
  });
});

describe('guidance subsidy', () => {
  const plain = someLaw.map((law) => ({ ...law, 'amount.EFF': 250 }));

  it('is due for at most eff.max_months months of a trajectory, or of a person', () => {
    fc.assert(
      fc.property(someClient, plain, someToday, (client, law, today) => {
        const { effMaxMonths, effCapScope } = lawOf({ law });
        const months = client.map((facts) => monthsOf(dueOf([facts], { law, today }), 'EFF').length);
        for (const count of months) expect(count).toBeLessThanOrEqual(effMaxMonths);
        if (effCapScope === 'PERSON') expect(months.reduce((a, b) => a + b)).toBeLessThanOrEqual(effMaxMonths);
      }),
      RUNS,
    );
  });

  it('is at most twelve times the amount in a calendar year (R-EFF-3)', () => {
    fc.assert(
      fc.property(someTrajectory, plain, someToday, (facts, law, today) => {
        const byYear = new Map<string, number>();
        for (const { component, month, cents } of dueOf([facts], { law, today })) {
          const year = month.slice(0, 4);
          if (component === 'EFF') byYear.set(year, (byYear.get(year) ?? 0) + cents);
        }
        for (const cents of byYear.values()) expect(cents).toBeLessThanOrEqual(12 * 25_000);
      }),
      RUNS,
    );
  });
});

describe('compensation part 3', () => {
  const withAmounts = someLaw.map((law) => ({ ...law, 'amount.EFF': 250, 'amount.C3': 250 }));

  it('is never due before its rank and its first day, nor for longer than its maximum', () => {
    fc.assert(
      fc.property(someTrajectory, withAmounts, someToday, (facts, law, today) => {
        const { effMaxMonths, c3ValidFrom, c3MaxMonths = Infinity } = lawOf({ law });
        const months = monthsOf(dueOf([facts], { law, today }), 'C3').map(numberOf);
        for (const month of months) {
          expect(month - monthOf(facts.start) + 1).toBeGreaterThan(effMaxMonths);
          expect(lastDayOf(month)).toBeGreaterThanOrEqual(c3ValidFrom);
        }
        expect(months.length).toBeLessThanOrEqual(c3MaxMonths);
      }),
      RUNS,
    );
  });

  it('never stands in one month with guidance subsidy', () => {
    fc.assert(
      fc.property(someClient, withAmounts, someToday, (client, law, today) => {
        for (const facts of client) {
          const lines = dueOf([facts], { law, today });
          const guidance = new Set(monthsOf(lines, 'EFF'));
          expect(monthsOf(lines, 'C3').filter((month) => guidance.has(month))).toEqual([]);
        }
      }),
      RUNS,
    );
  });
});

describe('the order in which records are given', () => {
  it('does not matter inside a trajectory', () => {
    const shuffled = someParts.chain((parts) =>
      fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length })),
    );
    fc.assert(
      fc.property(shuffled, someSettings, ([parts, other], settings) => {
        const [facts, same] = [trajectory(...parts), trajectory(...other)];
        expect(dueOf([same], settings)).toEqual(dueOf([facts], settings));
        expect(measuredOf(same, settings)).toEqual(measuredOf(facts, settings));
        const reversed = { ...facts, jobs: [...facts.jobs].reverse() };
        expect(measuredOf(reversed, settings)).toEqual(measuredOf(facts, settings));
      }),
      RUNS,
    );
  });

  it('does not matter between trajectories and their siblings', () => {
    const reversed = (all: readonly TrajectoryFacts[]): TrajectoryFacts[] =>
      all.map((each) => ({ ...each, siblings: [...each.siblings].reverse() })).reverse();
    fc.assert(
      fc.property(someClients, someSettings, fc.integer({ min: 0, max: 20_000 }), (clients, settings, budget) => {
        const law = { 'amount.ORD': 1000, 'amount.INC': 1500, ...settings.law };
        const given = { ...settings, law, budget };
        expect(inOrder(dueOf(reversed(clients), given))).toEqual(inOrder(dueOf(clients, given)));
      }),
      RUNS,
    );
  });
});

describe('agreements that do not count', () => {
  it('leave no money and no measurement when withdrawn, and change nothing for the others', () => {
    fc.assert(
      fc.property(someClient, fc.nat(2), someSettings, (client, index, settings) => {
        const withdrawn = sameClient(...client.map((each, i) => ({ ...each, withdrawn: i === index })));
        const rest = client.filter((_, i) => i !== index);
        for (const facts of withdrawn) {
          if (!facts.withdrawn) continue;
          expect(dueOf([facts], settings)).toEqual([]);
          expect(measuredOf(facts, settings)).toEqual([]);
        }
        // The jobs of the client stay: only an agreement was withdrawn.
        const without = sameClient(...rest).map((each) => ({ ...each, jobs: withdrawn[0]!.jobs }));
        const others = withdrawn.filter((each) => !each.withdrawn);
        expect(inOrder(dueOf(others, settings))).toEqual(inOrder(dueOf(without, settings)));
      }),
      RUNS,
    );
  });

  it('leave no money when held', () => {
    fc.assert(
      fc.property(someClient, someSettings, (client, settings) => {
        for (const facts of client.filter((each) => statusOf(each) === 'HELD')) {
          expect(dueOf([facts], settings)).toEqual([]);
          for (const { euros } of measuredOf(facts, settings)) expect(euros).toBe(0);
        }
      }),
      RUNS,
    );
  });

  it('never overlap with one that counts', () => {
    fc.assert(
      fc.property(someClient, (client) => {
        const counting = client.filter((each) => statusOf(each) === 'COUNTS').sort((a, b) => a.start - b.start);
        expect(counting.length).toBeGreaterThan(0);
        for (const [index, each] of counting.entries()) {
          expect(each.start).toBeGreaterThan(counting[index - 1]?.end ?? -Infinity);
        }
      }),
      RUNS,
    );
  });
});

describe('computing again on a later day', () => {
  const twoDays = fc
    .tuple(someToday, someToday)
    .map(([a, b]) => (a < b ? { first: a, second: b } : { first: b, second: a }));
  const completeOn = (lines: readonly Line[], today: number): Line[] =>
    monthly(lines).filter(({ month }) => lastDayOf(numberOf(month)) <= today);

  it('keeps every month that was complete, given the same knowledge; part 2 comes with the end', () => {
    fc.assert(
      fc.property(someClient, someLaw, twoDays, (client, law, { first, second }) => {
        const [early, late] = [first, second].map((today) => ({ law, today, known: second }));
        const firstDay = asOf(early!).today;
        for (const facts of client) {
          const before = monthly(dueOf([facts], early));
          const after = completeOn(dueOf([facts], late), firstDay);
          if (facts.end <= firstDay) {
            expect(inOrder(after)).toEqual(inOrder(before));
          } else {
            expect(before.filter(({ component }) => component === 'C2')).toEqual([]);
            expect(inOrder(after.filter(({ component }) => component !== 'C2'))).toEqual(inOrder(before));
          }
        }
      }),
      RUNS,
    );
  });

  it('takes something back only where a deadline passed without any art. 60 start', () => {
    fc.assert(
      fc.property(someTrajectory, someLaw, twoDays, (facts, law, { first, second }) => {
        const firstDay = asOf({ today: first }).today;
        const [before, after] = [first, second].map((today) => completeOn(dueOf([facts], { law, today }), firstDay));
        const kept = new Set(inOrder(after!));
        if (inOrder(before!).every((line) => kept.has(line))) return;
        const deadline = art60Deadline(facts.start, lawOf({ law }));
        expect(contractsThatCount(facts)).toEqual([]);
        expect(firstDay).toBeLessThanOrEqual(deadline);
        expect(asOf({ today: second }).today).toBeGreaterThan(deadline);
        expect(after).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe('stricter policies', () => {
  const byActiveMonths = someLaw.map((law) => ({ ...law, 'eff.cap_counts': 'ACTIVE' }));
  const notMore = (stricter: readonly Line[], milder: readonly Line[]): void => {
    const allowed = new Set(inOrder(monthly(milder)));
    expect(inOrder(monthly(stricter)).filter((line) => !allowed.has(line))).toEqual([]);
  };

  it.each([
    ['category.policy', ['FORFEIT', 'WITHHOLD', 'WARN_ONLY']],
    ['comp.presence', ['LAST_DAY', 'ANY_DAY']],
    ['a60.pending_policy', ['HOLD', 'PAY_PROVISIONAL']],
    ['a60.deadline_inclusive', [false, true]],
  ])('%s: %s pay no line more, each than the next', (key, values) => {
    fc.assert(
      fc.property(someTrajectory, byActiveMonths, someToday, (facts, law, today) => {
        // A late start may bring other lines than a timely one: only the strictest late policy compares.
        const base = { ...law, 'a60.late_policy': 'FORFEIT_ALL' };
        const lines = values.map((value) => dueOf([facts], { law: { ...base, [key]: value }, today }));
        for (let i = 1; i < lines.length; i++) notMore(lines[i - 1]!, lines[i]!);
      }),
      RUNS,
    );
  });
});
