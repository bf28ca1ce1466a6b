/** Properties of measurements and result financing, on random facts under random laws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDay, OPEN_END } from '../../src/calendar.js';
import type { Law } from '../../src/law/law.js';
import { measurementDates } from '../../src/law/outflow.js';
import type { TrajectoryFacts } from '../../src/records/facts.js';
import { dueOf, euros, lawOf, measuredOf, type Line, type Measured, type Text } from '../support/facts.js';
import {
  broken,
  PATIENCE,
  RUNS,
  someClient,
  someLaw,
  someSettings,
  someToday,
  type Invariants,
} from './random-facts.js';

interface Case {
  readonly facts: TrajectoryFacts;
  readonly law: Law;
  readonly today: Text;
  readonly made: readonly Measured[];
  readonly lines: readonly Line[];
}

const INVARIANTS: Invariants<Case> = {
  'a measurement is made once its date and the grace days have come, and never for an open WEO': (given) => {
    const { facts, law, today, made } = given;
    const dates = facts.end >= OPEN_END ? [] : measurementDates(facts.end, law);
    const come = dates.filter((date) => formatDay(date + law.measurementGraceDays) <= today).map(formatDay);
    return made.map(({ on }) => on).join() === come.join() ? [] : [{ made, come }];
  },

  'its evidence covers its date': ({ facts, made }) =>
    made.filter(({ on, evidence }) => {
      if (evidence === '') return false;
      const record = facts.jobs.find((job) => job.employmentId === evidence)!;
      return formatDay(record.start) > on || formatDay(record.end) < on;
    }),

  'only a positive outcome pays': ({ made }) => made.filter((each) => each.outcome !== 'POSITIVE' && each.euros !== 0),

  'it is paid in its own month': ({ made, lines }) =>
    made.filter((each) => {
      const component = each.measurement === 1 ? 'M1' : 'M2';
      return (euros(lines, each.on.slice(0, 7))[component] ?? 0) !== each.euros;
    }),

  'one of both is paid when they are not cumulative': ({ law, made }) =>
    law.resultCumulative ? [] : made.filter((each) => each.euros > 0).slice(1),

  'under the schemes of the source 0, 300, 600 or 900 is paid': ({ law, made }) => {
    if (law.amount.M1 ?? law.amount.M2) return [];
    const paid = made.reduce((sum, each) => sum + each.euros, 0);
    return [0, 300, 600, 900].includes(paid) ? [] : [paid];
  },
};

describe('measurements', PATIENCE, () => {
  it(`keep these: ${Object.keys(INVARIANTS).join('; ')}`, () => {
    fc.assert(
      fc.property(someClient, someSettings, (client, settings) => {
        const law = lawOf(settings);
        for (const facts of client) {
          const made = measuredOf(facts, settings);
          const lines = dueOf([facts], settings);
          expect(broken(INVARIANTS, { facts, law, today: settings.today, made, lines })).toEqual({});
        }
      }),
      RUNS,
    );
  });

  it('that were made stay the same on a later day, given the same knowledge', () => {
    fc.assert(
      fc.property(someClient, someLaw, someToday, someToday, (client, law, one, other) => {
        const [first, second] = [one, other].sort() as [string, string];
        const outcomes = (facts: TrajectoryFacts, today: Text): string[] =>
          measuredOf(facts, { law, today, known: second }).map((each) => [each.on, each.outcome, each.evidence].join());
        for (const facts of client) {
          const before = outcomes(facts, first);
          expect(outcomes(facts, second).slice(0, before.length)).toEqual(before);
        }
      }),
      RUNS,
    );
  });
});
