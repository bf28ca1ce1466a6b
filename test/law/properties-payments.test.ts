/** Properties of the monthly payments, on random facts under random laws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMonth, lastDayOf, monthOf, parseMonth } from '../../src/calendar.js';
import { contractsThatCount } from '../../src/law/contracts.js';
import { vdabComponents } from '../../src/law/entitlement.js';
import { statusOf } from '../../src/law/status.js';
import type { Law } from '../../src/law/law.js';
import { art60Deadline } from '../../src/law/payment-calendar.js';
import { SegmentList } from '../../src/law/segments.js';
import type { TrajectoryFacts } from '../../src/records/facts.js';
import {
  asOf,
  dueOf,
  lawOf,
  measuredOf,
  monthsOf,
  sameClient,
  trajectory,
  type Line,
  type Settings,
} from '../support/facts.js';
import {
  broken,
  PATIENCE,
  RUNS,
  type Invariants,
  someClient,
  someClients,
  someLaw,
  someParts,
  someSettings,
  someToday,
  someTrajectory,
} from './random-facts.js';

const MONTHLY = ['EFF', 'C1', 'C2', 'C3'] as const;
const monthly = (lines: readonly Line[]): Line[] =>
  lines.filter(({ component }) => MONTHLY.some((each) => each === component));
const numberOf = (month: string): number => parseMonth(month)!;
const inOrder = (lines: readonly Line[]): string[] =>
  lines.map((line) => [line.weoId, line.component, line.month, line.cents, line.rule].join(' ')).sort();

/** What is due for one trajectory of a client, under a law on a day. */
interface Case {
  readonly client: readonly TrajectoryFacts[];
  readonly facts: TrajectoryFacts;
  readonly law: Law;
  readonly settings: Settings;
  readonly lines: readonly Line[];
}

/** Rank of a month among the active months of the agreement. */
const rankIn = (facts: TrajectoryFacts, month: string): number => numberOf(month) - monthOf(facts.start) + 1;

const INVARIANTS: Invariants<Case> = {
  'every line is a whole number of cents above zero': ({ lines }) =>
    lines.filter(({ cents }) => !Number.isSafeInteger(cents) || cents <= 0),

  'a component stands once in a month': ({ lines }) => {
    const seen = new Set<string>();
    return lines.filter(({ component, month }) => seen.size === seen.add(`${component} ${month}`).size);
  },

  'months lie inside the agreement and are complete on the day of the computation': ({ facts, settings, lines }) => {
    const until = Math.min(asOf(settings).today, facts.end);
    return monthly(lines).filter(
      ({ month }) => numberOf(month) < monthOf(facts.start) || lastDayOf(numberOf(month)) > until,
    );
  },

  'segments unfold to exactly what the month listener heard': ({ facts, law, settings, lines }) => {
    const heard = new Set<string>();
    vdabComponents(facts, law, asOf(settings), new SegmentList(), ({ month }, verdicts) => {
      for (const component of MONTHLY) {
        const { due, rule } = verdicts[component];
        const cents = law.amount[component]!.ofMonth(month);
        if (due && cents > 0) heard.add([facts.weoId, component, formatMonth(month), cents, rule].join(' '));
      }
    });
    const unfolded = inOrder(monthly(lines));
    return [...unfolded.filter((line) => !heard.delete(line)), ...heard];
  },

  'EFF is due for at most eff.max_months months': ({ law, lines }) => monthsOf(lines, 'EFF').slice(law.effMaxMonths),

  'EFF is at most twelve times the amount in a calendar year (R-EFF-3)': ({ law, lines }) => {
    const perYear = new Map<string, number>();
    for (const { component, month } of lines) {
      if (component === 'EFF') perYear.set(month.slice(0, 4), (perYear.get(month.slice(0, 4)) ?? 0) + 1);
    }
    const wrongAmounts = lines.filter(
      ({ component, month, cents }) => component === 'EFF' && cents !== law.amount.EFF!.ofMonth(numberOf(month)),
    );
    return [...wrongAmounts, ...[...perYear].filter(([, months]) => months > 12)];
  },

  'C3 is never due before its rank': ({ facts, law, lines }) =>
    monthsOf(lines, 'C3').filter((month) => rankIn(facts, month) <= law.effMaxMonths),

  'C3 is never due before its first day, nor for longer than its maximum': ({ law, lines }) => [
    ...monthsOf(lines, 'C3').filter((month) => lastDayOf(numberOf(month)) < law.c3ValidFrom),
    ...monthsOf(lines, 'C3').slice(law.c3MaxMonths ?? Infinity),
  ],

  'EFF and C3 never stand in one month': ({ lines }) => {
    const guidance = new Set(monthsOf(lines, 'EFF'));
    return monthsOf(lines, 'C3').filter((month) => guidance.has(month));
  },

  'C2 is only due once the agreement has ended': ({ facts, settings, lines }) =>
    facts.end <= asOf(settings).today ? [] : monthsOf(lines, 'C2'),

  'a held agreement gives nothing': ({ facts, lines }) => (statusOf(facts) === 'HELD' ? lines : []),

  'agreements that count do not overlap, and there is one': ({ client }) => {
    const counting = client.filter((each) => statusOf(each) === 'COUNTS').sort((a, b) => a.start - b.start);
    if (counting.length === 0) return client;
    return counting.filter((each, index) => each.start <= (counting[index - 1]?.end ?? -Infinity));
  },
};

describe('what is due for a trajectory', PATIENCE, () => {
  it(`keeps these: ${Object.keys(INVARIANTS).join('; ')}`, () => {
    fc.assert(
      fc.property(someClient, someSettings, (client, settings) => {
        const law = lawOf(settings);
        let guidanceMonths = 0;
        for (const facts of client) {
          const lines = dueOf([facts], settings);
          guidanceMonths += monthsOf(lines, 'EFF').length;
          expect(broken(INVARIANTS, { client, facts, law, settings, lines })).toEqual({});
        }
        if (law.effCapScope === 'PERSON') expect(guidanceMonths).toBeLessThanOrEqual(law.effMaxMonths);
      }),
      RUNS,
    );
  });
});

describe('the order in which records are given', PATIENCE, () => {
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

describe('agreements that do not count', PATIENCE, () => {
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
});

describe('computing again on a later day', PATIENCE, () => {
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

describe('stricter policies', PATIENCE, () => {
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
