/** R-F-7: the reason of a change is what gave or took this very component of this very month. */
import { describe, expect, it } from 'vitest';
import { day, parseMonth } from '../../src/calendar.js';
import type { Reason } from '../../src/law/codes.js';
import { reasonOf, type ChangedAmount, type Seen } from '../../src/ledger/reason.js';
import type { TrajectoryFacts } from '../../src/records/facts.js';
import {
  art60,
  category,
  decision,
  frozen,
  job,
  lawOf,
  sameClient,
  trajectory,
  weo,
  type Part,
  type Settings,
  type Text,
} from '../support/facts.js';

const BEFORE = '2025-04-15';
const NOW = '2025-07-15';
const A = { id: 'A' };
const W = { id: 'W' };

const seen = (facts: TrajectoryFacts, on: Text): Seen => ({ facts, asOf: { today: day(on), knownUntil: day(on) } });

/** `-M1 2025-01`: what changed, and in which direction. */
function changeOf(text: string): ChangedAmount {
  const [component, month] = text.slice(1).split(' ');
  return { component: component!, month: parseMonth(month!)!, cents: text.startsWith('-') ? -1 : 1 };
}

interface Case extends Settings {
  readonly was: readonly Part[];
  readonly is: readonly Part[];
  readonly before?: Text;
}

function reason(text: string, { was, is, before = BEFORE, ...settings }: Case): Reason {
  const [then, now] = [trajectory(...was), trajectory(...is)];
  return reasonOf(changeOf(text), seen(then, before), seen(now, NOW), lawOf(settings));
}

const AGREEMENT = weo('2024-01-15', '2024-12-31', W);
const CONTRACT = art60('2024-03-01', '2024-12-31', A);
const FULL = [AGREEMENT, CONTRACT];
const WRONG = category('05', '2024-01-01');
const JOB = job('REGULAR', '2025-01-01', undefined, { id: 'J' });

describe('results', () => {
  it('have nothing to do with the category (R-C-10): a job that was not known is registered too late', () => {
    const was = [AGREEMENT, CONTRACT, category('90', '2024-03-01'), category('00', '2025-01-01')];
    expect(reason('+M1 2025-01', { was: [...was, WRONG], is: [...was, JOB] })).toBe('LATE_REGISTRATION');
  });

  it.each<[string, Reason, string, readonly Part[], readonly Part[]]>([
    ['the job ended earlier', 'MEASUREMENT_VOID', '-M1 2025-01', [JOB], []],
    [
      'a job that was known got other dates',
      'MEASUREMENT_VOID',
      '+M1 2025-01',
      [job('REGULAR', '2025-01-02', undefined, { id: 'J' })],
      [JOB],
    ],
    ['decided', 'DECISION', '+M1 2025-01', [], [decision(1, 'POSITIVE', '2025-05-01')]],
    ['a decision withdrawn', 'DECISION', '-M1 2025-01', [decision(1, 'POSITIVE', '2025-02-01')], []],
  ])('%s: %s', (_what, expected, change, was, is) => {
    expect(reason(change, { was: [...FULL, ...was], is: [...FULL, ...is] })).toBe(expected);
  });

  it('of a decision that the moved end voided, though it moved back: MEASUREMENT_VOID', () => {
    const decided = decision(1, 'POSITIVE', '2025-02-01');
    const ends = { '2024-12-01': '2024-12-31', '2025-05-01': '2024-11-30', '2025-05-02': '2024-12-31' };
    const moved = weo('2024-01-15', '2024-12-31', { ...W, ends });
    expect(reason('-M1 2025-01', { was: [...FULL, decided], is: [moved, CONTRACT, decided] })).toBe('MEASUREMENT_VOID');
  });

  it('of an end that was never told: LATE_REGISTRATION; of another end that had not come: WEO_END_CORRECTED', () => {
    const is = [...FULL, JOB];
    expect(reason('+M1 2025-01', { was: [weo('2024-01-15', undefined, W), CONTRACT, JOB], is })).toBe(
      'LATE_REGISTRATION',
    );
    const later = weo('2024-01-15', '2025-06-30', W);
    expect(reason('+M1 2025-01', { was: [later, CONTRACT, JOB], is })).toBe('WEO_END_CORRECTED');
  });

  it('of an end after which was measured already: MEASUREMENT_VOID', () => {
    const other = weo('2024-01-15', '2024-11-30', W);
    expect(reason('-M1 2025-01', { was: [...FULL, JOB], is: [other, CONTRACT, JOB] })).toBe('MEASUREMENT_VOID');
  });

  it('measured since: REGULAR; no longer timely: the reason of that', () => {
    expect(reason('+M2 2025-04', { was: [...FULL, JOB], is: [...FULL, JOB], before: '2025-03-31' })).toBe('REGULAR');
    const late = [AGREEMENT, art60('2024-05-01', '2024-12-31', A), JOB];
    expect(reason('-M1 2025-01', { was: [...FULL, JOB], is: late })).toBe('A60_START_CORRECTED');
    expect(reason('-M1 2025-01', { was: [...FULL, JOB], is: [AGREEMENT, JOB] })).toBe('NO_A60');
  });

  it('are compared as they were before the final settlement froze them', () => {
    const freeze = frozen(NOW, '2024-12-31', ['NEGATIVE', 'NEGATIVE']);
    expect(reason('+M1 2025-01', { was: [...FULL, freeze], is: [...FULL, JOB] })).toBe('LATE_REGISTRATION');
  });
});

describe('months', () => {
  it.each<[Reason, string, string, readonly Part[], readonly Part[]]>([
    ['RELEASED', 'category set right', '+C1 2024-05', [...FULL, WRONG], FULL],
    ['CATEGORY', 'category corrected', '-EFF 2024-05', FULL, [...FULL, WRONG]],
    [
      'A60_END_CORRECTED',
      'the category was right all along: art. 60 had ended',
      '+EFF 2024-05',
      [...FULL, WRONG],
      [AGREEMENT, art60('2024-03-01', '2024-05-10', A), WRONG],
    ],
    [
      'A60_END_CORRECTED',
      'contract ended earlier',
      '-C1 2024-05',
      FULL,
      [AGREEMENT, art60('2024-03-01', '2024-05-10', A)],
    ],
    [
      'A60_END_CORRECTED',
      'contract ended later',
      '+C1 2024-05',
      [AGREEMENT, art60('2024-03-01', '2024-05-10', A)],
      FULL,
    ],
    [
      'A60_START_CORRECTED',
      'contract started later',
      '-C1 2024-03',
      FULL,
      [AGREEMENT, art60('2024-04-01', '2024-12-31', A)],
    ],
    [
      'A60_START_CORRECTED',
      'contract started too late after all',
      '-EFF 2024-05',
      FULL,
      [AGREEMENT, art60('2024-05-01', '2024-12-31', A)],
    ],
    [
      'LATE_A60',
      'the first contract withdrawn, the next one began too late',
      '-EFF 2024-05',
      [...FULL, art60('2024-05-01', '2024-12-31', { id: 'B' })],
      [AGREEMENT, art60('2024-05-01', '2024-12-31', { id: 'B' })],
    ],
    ['NO_A60', 'the only contract withdrawn', '-EFF 2024-05', FULL, [AGREEMENT]],
    [
      'WITHDRAWN',
      'the second contract withdrawn',
      '-C1 2024-12',
      [AGREEMENT, art60('2024-03-01', '2024-06-30', A), art60('2024-09-01', '2024-12-31')],
      [AGREEMENT, art60('2024-03-01', '2024-06-30', A)],
    ],
    ['LATE_REGISTRATION', 'contract registered late', '+C1 2024-05', [AGREEMENT], FULL],
    [
      'LATE_REGISTRATION',
      'second contract registered late',
      '+C1 2024-12',
      [AGREEMENT, art60('2024-03-01', '2024-06-30', A)],
      [AGREEMENT, art60('2024-03-01', '2024-06-30', A), art60('2024-09-01', '2024-12-31')],
    ],
    ['WEO_START_CORRECTED', 'started later', '-EFF 2024-01', FULL, [weo('2024-02-15', '2024-12-31', W), CONTRACT]],
    [
      'WEO_START_CORRECTED',
      'timely from another start',
      '+EFF 2024-05',
      [weo('2023-11-15', '2024-12-31', W), CONTRACT],
      FULL,
    ],
    ['WEO_END_CORRECTED', 'ended earlier', '-EFF 2024-12', FULL, [weo('2024-01-15', '2024-11-30', W), CONTRACT]],
    ['WEO_END_CORRECTED', 'prolonged', '+EFF 2024-12', [weo('2024-01-15', '2024-11-30', W), CONTRACT], FULL],
    [
      'OVER_24',
      'not extended for rights',
      '-C3 2024-02',
      [weo('2022-01-01', '2024-06-30', W), art60('2022-01-01', '2024-06-30', A)],
      [weo('2022-01-01', '2024-06-30', { ...W, extended: false }), art60('2022-01-01', '2024-06-30', A)],
    ],
    [
      'OVER_24',
      'compensation past month 24',
      '-C1 2024-02',
      [weo('2022-01-01', '2024-06-30', W), art60('2022-01-01', '2024-06-30', A)],
      [weo('2022-01-01', '2024-06-30', { ...W, extended: false }), art60('2022-01-01', '2024-06-30', A)],
    ],
    [
      'WITHDRAWN',
      'the agreement withdrawn',
      '-EFF 2024-05',
      FULL,
      [weo('2024-01-15', '2024-12-31', { ...W, withdrawn: true }), CONTRACT],
    ],
    ['LAW_CHANGED', 'same facts, more', '+EFF 2024-05', FULL, FULL],
    ['LAW_CHANGED', 'other facts that do not matter for it', '-EFF 2024-05', FULL, [...FULL, JOB]],
  ])('%s: %s', (expected, _what, change, was, is) => {
    expect(reason(change, { was, is })).toBe(expected);
  });

  it('paid provisionally: LATE_A60 once art. 60 began too late, NO_A60 once the term passed', () => {
    const provisional = { was: [AGREEMENT], before: '2024-02-15' };
    const late = [AGREEMENT, art60('2024-05-01', '2024-12-31', A)];
    expect(reason('-EFF 2024-01', { ...provisional, is: late })).toBe('LATE_A60');
    expect(reason('-EFF 2024-01', { ...provisional, is: [AGREEMENT] })).toBe('NO_A60');
  });

  it('of an agreement that was not known: LATE_REGISTRATION', () => {
    const now = seen(trajectory(...FULL), NOW);
    expect(reasonOf(changeOf('+EFF 2024-05'), undefined, now, lawOf({}))).toBe('LATE_REGISTRATION');
  });

  it('of an overlap that came, or went: DUPLICATE', () => {
    const [, held] = sameClient(trajectory(weo('2024-01-01', '2024-12-31')), trajectory(...FULL));
    const alone = trajectory(...FULL);
    const of = (text: string, was: TrajectoryFacts, is: TrajectoryFacts) =>
      reasonOf(changeOf(text), seen(was, BEFORE), seen(is, NOW), lawOf({}));
    expect([of('-EFF 2024-05', alone, held!), of('+EFF 2024-05', held!, alone)]).toEqual(['DUPLICATE', 'DUPLICATE']);
  });

  it('held until art. 60 began are paid in the ordinary course; a contract known too late is late', () => {
    const HOLD = { law: { 'a60.pending_policy': 'HOLD' }, was: [AGREEMENT], is: FULL };
    expect(reason('+EFF 2024-01', { ...HOLD, before: '2024-02-10' })).toBe('REGULAR');
    expect(reason('+EFF 2024-01', { ...HOLD, before: '2024-03-10' })).toBe('LATE_REGISTRATION');
  });

  it('of a corrected OCMW: taken from the one, a first payment of the other, but for what changed besides', () => {
    const other = weo('2024-01-15', '2024-12-31', { ...W, ocmw: '0202239951' });
    const is = [other, CONTRACT];
    expect(reason('-EFF 2024-05', { was: FULL, is })).toBe('WITHDRAWN');
    expect(reason('+EFF 2024-05', { was: FULL, is })).toBe('REGULAR');
    expect(reason('+EFF 2024-05', { was: [...FULL, WRONG], is })).toBe('RELEASED');
  });
});

describe('compensation part 2 of an agreement that was prolonged after it was paid', () => {
  const longer = weo('2024-01-15', '2026-12-31', W);

  it('names what took the right, as part 1 does (R-Y-5)', () => {
    const ended = { was: FULL, is: [longer, art60('2024-03-01', '2024-05-10', A)] };
    const wrong = { was: FULL, is: [longer, CONTRACT, WRONG] };
    for (const component of ['C1', 'C2']) {
      expect(reason(`-${component} 2024-06`, ended)).toBe('A60_END_CORRECTED');
      expect(reason(`-${component} 2024-06`, wrong)).toBe('CATEGORY');
    }
  });

  it('is the end alone where the month keeps its right: it waits again', () => {
    expect(reason('-C2 2024-06', { was: FULL, is: [longer, CONTRACT] })).toBe('WEO_END_CORRECTED');
  });

  it('is regular once the end came, late when the end was told too late', () => {
    const open = [weo('2024-01-15', undefined, W), CONTRACT];
    expect(reason('+C2 2024-06', { was: FULL, is: FULL, before: '2024-11-01' })).toBe('REGULAR');
    expect(reason('+C2 2024-06', { was: open, is: FULL, before: '2024-11-01' })).toBe('REGULAR');
    expect(reason('+C2 2024-06', { was: open, is: FULL })).toBe('LATE_REGISTRATION');
  });
});

describe('allowances', () => {
  it.each<[Reason, string, readonly Part[], readonly Part[]]>([
    ['A60_END_CORRECTED', '-ORD 2024-06', FULL, [AGREEMENT, art60('2024-03-01', '2024-05-10', A)]],
    ['A60_END_CORRECTED', '-ORD 2024-05', FULL, [AGREEMENT, art60('2024-03-01', '2024-05-10', A)]],
    [
      'LATE_REGISTRATION',
      '+ORD 2024-06',
      [AGREEMENT, art60('2024-03-01', '2024-12-31', { ...A, novaPrima: false })],
      FULL,
    ],
    ['LAW_CHANGED', '+ORD 2024-06', [...FULL, WRONG], [...FULL, WRONG]],
    ['OTHER', '-INC 2024-06', [...FULL, WRONG], [...FULL, WRONG, JOB]],
  ])('%s: %s', (expected, change, was, is) => {
    expect(reason(change, { was, is })).toBe(expected);
  });
});
