/** What a statement tells an OCMW to do, and what is at stake: from the facts and the law alone. */
import { describe, expect, it } from 'vitest';
import { day, formatDay } from '../../src/calendar.js';
import { ACTION_TEXT } from '../../src/exports/statement/action-texts.js';
import { actionOfFinding, actionsOf, inOrder, withClaim } from '../../src/exports/statement/actions.js';
import { describeTrajectory, stateTrajectory } from '../../src/exports/statement/trajectories.js';
import type { Finding } from '../../src/finding.js';
import { resolveLaw } from '../../src/law/resolve.js';
import { art60, category, trajectory, weo, type Part } from '../support/facts.js';

const TODAY = '2024-04-30';
const asOf = { today: day(TODAY), knownUntil: day(TODAY) };

/** Actions as `code by euro stake`. */
function told(parts: readonly Part[], findings: readonly string[] = [], overrides = {}): string[] {
  const found = findings.map((code): Finding => ({
    ...{ severity: 'WARNING', code, ocmwId: 'O', weoId: 'W', subject: '', message: `${code} in English` },
  }));
  const actions = actionsOf(trajectory(...parts), '**', resolveLaw(overrides), asOf, found);
  return inOrder(actions).map(({ code, by, cents, stake }) =>
    [code, by === undefined ? '' : formatDay(by), cents === undefined ? '' : cents / 100, stake ?? ''].join(' ').trim(),
  );
}

describe('what an OCMW is told to do', () => {
  it('names the last day for art. 60 and the months that are lost after it (R-LC-2)', () => {
    expect(told([weo('2024-03-10')])).toEqual(['A60_TO_START 2024-05-10 500 LOST']);
  });

  it('says nothing when art. 60 runs in time with the right category', () => {
    expect(told([weo('2024-01-10'), art60('2024-02-01'), category('90', '2024-02-01')])).toEqual([]);
  });

  it('counts what a wrong category withholds, part 2 included, and what the next month adds (R-EFF-5)', () => {
    const parts = [weo('2024-01-10'), art60('2024-02-01'), category('78', '2024-02-01')];
    expect(told(parts, ['CATEGORY_NOT_CHANGED'])).toEqual([
      'CATEGORY_NOT_CHANGED  1335 WITHHELD',
      'CATEGORY_TO_CHANGE 2024-05-31 445 WITHHELD',
    ]);
  });

  it('calls those months lost where the policy forfeits them', () => {
    const parts = [weo('2024-01-10'), art60('2024-02-01'), category('78', '2024-02-01')];
    const [first] = told(parts, [], { 'category.policy': 'FORFEIT' });
    expect(first).toBe('CATEGORY_NOT_CHANGED  1335 LOST');
  });

  it('gives 8 days after the day on which art. 60 was over for category 00 (R-LC-6)', () => {
    const parts = [weo('2024-01-10'), art60('2024-02-01', '2024-04-25'), category('90', '2024-02-01', '2024-04-25')];
    expect(told(parts)).toEqual(['CATEGORY_00_TO_COME 2024-05-04']);
  });

  it('tells what findings say with the day of their rule', () => {
    const parts = [weo('2023-10-01'), art60('2023-11-01'), category('90', '2023-11-01')];
    expect(told(parts, ['EVALUATION_OVERDUE', 'MONTH_21_REACHED'])).toEqual([
      'EVALUATION_OVERDUE 2024-04-01',
      'MONTH_21_REACHED 2025-09-30',
    ]);
  });

  it('says how much of part 2 waits for the end of an agreement that is past 24 months', () => {
    const parts = [weo('2022-01-01'), art60('2022-01-01', '2022-12-31'), category('90', '2022-01-01')];
    expect(told(parts, ['WEO_PAST_24_WITHOUT_A60'])).toEqual(['WEO_PAST_24_WITHOUT_A60  540 WAITS']);
  });

  it('says how much is to be paid back under the communication of a claim', () => {
    const reference = '+++202/6000/03428+++';
    const [code, message] = ['CLAIM_OPEN', 'not paid'];
    const finding: Finding = { severity: 'WARNING', code, ocmwId: 'O', weoId: '', subject: reference, message };
    const action = withClaim(actionOfFinding(finding, ''), new Map([[reference, 320_000]]));
    expect(action).toMatchObject({ subject: reference, cents: 320_000, stake: 'CLAIMED' });
  });

  it('has no English in its Dutch and leaves nothing out in English', () => {
    for (const { what, advice } of Object.values(ACTION_TEXT)) {
      for (const each of [what, advice]) expect([each.nl, each.en].every((text) => text.length > 5)).toBe(true);
      expect(advice.nl).not.toBe(advice.en);
    }
  });
});

describe('the months of a trajectory', () => {
  const months = (parts: readonly Part[]) => {
    const facts = trajectory(...parts);
    return stateTrajectory(describeTrajectory(facts, '**', resolveLaw({}), asOf), []).months.map(
      ({ month, part2Waits, why }) => `${(month % 12) + 1}${part2Waits ? ' (C2)' : ''} ${why}`.trim(),
    );
  };

  it('say why nothing is due, and where part 2 waits for the end', () => {
    expect(months([weo('2024-01-10'), art60('2024-02-01'), category('90', '2024-03-01')])).toEqual([
      ...['1', '2 CATEGORY', '3 (C2)', '4 (C2)'],
    ]);
    expect(months([weo('2024-01-10'), art60('2024-03-20')])).toEqual([
      ...['1 LATE_A60', '2 LATE_A60', '3 LATE_A60', '4 LATE_A60'],
    ]);
  });
});
