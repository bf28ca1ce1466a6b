/** While the term for art. 60 runs and no contract is known, nothing is late: it is not due yet. Pure, without a database. */
import { describe, expect, it } from 'vitest';
import { AmountBook } from '../../../src/inspect/explain/amounts.js';
import type { DraftLine, Setting } from '../../../src/inspect/explain/draft.js';
import { measurementLines } from '../../../src/inspect/explain/measurement-lines.js';
import { monthLines, touchedMonths, walkMonths } from '../../../src/inspect/explain/month-lines.js';
import { RecordBook } from '../../../src/inspect/explain/records.js';
import { art60, asOf, lawOf, trajectory, weo, type Part } from '../../support/facts.js';

/** Lines of months and measurements as on an evening, as `component month why`, with the fact that decided. */
function lines(
  today: string,
  law: Record<string, unknown>,
  ...parts: readonly Part[]
): Record<string, string | undefined> {
  const facts = trajectory(...parts);
  const setting: Setting = {
    law: lawOf({ law }),
    lawOverrides: {},
    asOf: asOf({ today }),
    records: new RecordBook([]),
  };
  const walked = walkMonths(facts, setting);
  const amounts = new AmountBook({});
  const all: DraftLine[] = [
    ...monthLines(facts, walked, touchedMonths(facts, setting), amounts, setting),
    ...measurementLines(facts, walked.results, [], amounts, setting),
  ];
  return Object.fromEntries(
    all.map(({ component, decision, tests }) => [
      `${component} ${decision.rule} ${decision.why}`,
      tests.find(({ passed }) => !passed)?.fact.en,
    ]),
  );
}

const open = weo('2024-01-15', '2024-12-31');

describe('while the term for art. 60 runs', () => {
  it.each([{}, { 'a60.pending_policy': 'HOLD' }])('compensation waits for a contract (%j)', (law) => {
    const fact = 'no art. 60 start is known on 2024-02-10, and one can still start in time: the deadline is 2024-03-15';
    expect(lines('2024-02-10', law, open)).toMatchObject({ 'C1 R-C-1 TERM_RUNS': fact, 'C2 R-C-1 TERM_RUNS': fact });
  });

  it('the result of a short agreement waits too', () => {
    const heard = lines('2024-03-01', {}, weo('2024-01-15', '2024-02-10'));
    expect(heard['M1 R-RES-6 TERM_RUNS']).toContain('one can still start in time: the deadline is 2024-03-15');
  });

  it('past it both are lost', () => {
    const heard = lines('2024-03-20', {}, weo('2024-01-15', '2024-02-10'));
    expect(Object.keys(heard)).toEqual(expect.arrayContaining(['C1 R-C-6 NOT_TIMELY', 'M1 R-RES-6 NOT_TIMELY']));
  });
});

describe('a month without art. 60', () => {
  const contracts = [art60('2024-03-01', '2024-04-20'), art60('2024-06-01', '2024-07-10')];

  it('is told from one before it, between two contracts and after the last one', () => {
    const keys = Object.keys(lines('2024-12-31', {}, open, ...contracts)).filter((key) => key.startsWith('C1 '));
    expect(keys.sort()).toEqual([
      'C1 R-C-1 A60_NOT_BEGUN',
      'C1 R-C-1 COMPENSATION',
      'C1 R-C-4 A60_NOT_RUNNING',
      'C1 R-C-8 BETWEEN_CONTRACTS',
    ]);
  });
});
