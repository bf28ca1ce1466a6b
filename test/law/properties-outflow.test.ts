/** Properties of measurements and result financing, on random facts under random laws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDay, OPEN_END } from '../../src/calendar.js';
import { measurementDates } from '../../src/law/outflow.js';
import { dueOf, lawOf, measuredOf, totals } from '../support/facts.js';
import { RUNS, someClient, someLaw, someSettings, someToday, someTrajectory } from './random-facts.js';

describe('measurements', () => {
  it('are made on their dates once those and the grace days have come, and never for an open WEO', () => {
    fc.assert(
      fc.property(someTrajectory, someSettings, (facts, settings) => {
        const law = lawOf(settings);
        const dates = facts.end >= OPEN_END ? [] : measurementDates(facts.end, law);
        const come = dates.filter((date) => formatDay(date + law.measurementGraceDays) <= settings.today);
        expect(measuredOf(facts, settings).map(({ on }) => on)).toEqual(come.map(formatDay));
      }),
      RUNS,
    );
  });

  it('that were made stay the same on a later day, given the same knowledge', () => {
    fc.assert(
      fc.property(someClient, someLaw, someToday, someToday, (client, law, one, other) => {
        const [first, second] = [one, other].sort() as [string, string];
        const outcomes = (today: string, each: (typeof client)[number]) =>
          measuredOf(each, { law, today, known: second }).map(({ on, outcome, evidence }) => [on, outcome, evidence]);
        for (const facts of client) {
          const before = outcomes(first, facts);
          expect(outcomes(second, facts).slice(0, before.length)).toEqual(before);
        }
      }),
      RUNS,
    );
  });

  it('have as evidence a record that covers their date', () => {
    fc.assert(
      fc.property(someClient, someSettings, (client, settings) => {
        for (const facts of client) {
          for (const { on, evidence } of measuredOf(facts, settings)) {
            if (evidence === '') continue;
            const record = facts.jobs.find((job) => job.employmentId === evidence)!;
            expect(formatDay(record.start) <= on && formatDay(record.end) >= on).toBe(true);
            expect(record.kind).not.toBe('ART60');
          }
        }
      }),
      RUNS,
    );
  });
});

describe('result financing', () => {
  it('pays a positive outcome only, in the month of the measurement', () => {
    fc.assert(
      fc.property(someTrajectory, someSettings, (facts, settings) => {
        const lines = dueOf([facts], settings);
        for (const { measurement, on, outcome, euros } of measuredOf(facts, settings)) {
          if (outcome !== 'POSITIVE') expect(euros).toBe(0);
          const component = measurement === 1 ? 'M1' : 'M2';
          expect(totals(lines, on.slice(0, 7), on.slice(0, 7))[component] ?? 0).toBe(euros);
        }
      }),
      RUNS,
    );
  });

  it('pays at most 900 under the schemes of the source', () => {
    const withoutAmounts = someLaw.map(({ 'amount.M1': _first, 'amount.M2': _second, ...law }) => law);
    fc.assert(
      fc.property(someTrajectory, withoutAmounts, (facts, law) => {
        const paid = measuredOf(facts, { law }).reduce((sum, { euros }) => sum + euros, 0);
        expect([0, 300, 600, 900]).toContain(paid);
      }),
      RUNS,
    );
  });

  it('is paid once when it is not cumulative', () => {
    fc.assert(
      fc.property(someTrajectory, someLaw, (facts, law) => {
        const paid = measuredOf(facts, { law: { ...law, 'result.cumulative': false } });
        expect(paid.filter(({ euros }) => euros > 0).length).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });
});
