import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '../../src/calendar.js';
import { EXIT, Failure } from '../../src/errors.js';
import { CHECKED_ON } from '../../src/law/amounts/statutory.js';
import { amount, euro } from '../../src/law/keys/kinds.js';
import { LAW_KEY_NAMES, lawKeyOf, readLawKey, type LawKeyName } from '../../src/law/keys.js';
import type { Law } from '../../src/law/law.js';
import { canonicalLaw, readLawOverrides, resolveLaw } from '../../src/law/resolve.js';
import { formatEuro } from '../../src/money.js';
import { LAW_KEY_CASES } from './law-key-cases.js';

const NOT_SUPPORTED_YET = LAW_KEY_NAMES.filter((key) => lawKeyOf(key).kind.allowed.endsWith('(no other value yet)'));

describe('every key of the law', () => {
  it.each(LAW_KEY_NAMES)('%s takes its values and refuses others', (key) => {
    for (const value of LAW_KEY_CASES[key].right)
      expect([value, readLawOverrides({ [key]: value }).faults]).toEqual([value, []]);
    for (const value of LAW_KEY_CASES[key].wrong) {
      const { faults } = readLawOverrides({ [key]: value });
      expect([value, faults.map((fault) => fault.key)]).toEqual([value, [`law.${key}`]]);
      expect(faults[0]!.allowed).toBe(`Write ${lawKeyOf(key).kind.allowed}.`);
    }
  });

  it('says of a choice that is not made yet that it is not supported', () => {
    expect(NOT_SUPPORTED_YET).toHaveLength(8);
    expect(() => resolveLaw({ 'merger.mode': 'SPLIT' })).toThrow('"SPLIT" is not supported');
  });

  it('has a value in law with date, source and confidence, or none at all', () => {
    const without = LAW_KEY_NAMES.filter((key) => lawKeyOf(key).statutory.length === 0);
    expect(without.sort()).toEqual(['amount.INC', 'amount.M1', 'amount.M2', 'amount.ORD', 'ledger.map']);
    for (const key of LAW_KEY_NAMES) {
      for (const value of lawKeyOf(key).statutory) {
        expect(readLawKey(key, value.value).ok).toBe(true);
        expect(day(value.from)).toBeLessThanOrEqual(day(CHECKED_ON));
        expect(day(value.checkedOn)).toBeLessThanOrEqual(day(CHECKED_ON));
      }
    }
  });
});

describe('the law without overrides', () => {
  const law = resolveLaw();
  const on = (date: string) => Object.values(law.amount).map((dated) => dated?.on(day(date)));

  it('holds 250, 150, 45 and 250 euro from 2017 and no allowances', () => {
    expect(on('2017-01-31')).toEqual([25_000, 15_000, 4_500, 25_000, undefined, undefined, undefined, undefined]);
    expect(on('2026-11-30')).toEqual(on('2017-01-31'));
    expect([law.resultLower.on(day('2020-01-01')), law.resultHigher.on(day('2020-01-01'))]).toEqual([30_000, 60_000]);
  });

  it('names key and date where it has no value', () => {
    expect(() => law.amount.EFF!.on(day('2016-12-31'))).toThrow('amount.EFF has no value for 2016-12-31');
  });

  it('decides as the defaults of the rulebook say', () => {
    expect(law).toMatchObject({
      effMaxMonths: 24,
      a60DeadlineMonths: 2,
      a60DeadlineInclusive: true,
      c3ValidFrom: day('2019-01-01'),
      c3MaxMonths: undefined,
      measurementGraceDays: 0,
      posMinFtePermille: 0,
      runDay: 15,
      yearCutoff: { month: 2, day: 15 },
      clawbackThresholdCents: 0,
    });
    expect(law.posKind).toEqual({
      ART60: false,
      REGULAR: true,
      AGENCY: true,
      STUDENT: false,
      FLEXI: false,
      ART61: true,
      IBO: false,
      PLACEMENT: false,
      SOCIAL_ECONOMY: false,
      SELF_EMPLOYED: 'MANUAL',
    });
  });
});

describe('overrides', () => {
  it.each<[LawKeyName, unknown, Partial<Law>]>([
    ['result.scheme', 'TRACK', { resultScheme: 'TRACK' }],
    ['eff.max_months', 12, { effMaxMonths: 12 }],
    ['eff.cap_counts', 'PAID', { effCapCounts: 'PAID' }],
    ['eff.cap_scope', 'PERSON', { effCapScope: 'PERSON' }],
    ['a60.deadline_months', 3, { a60DeadlineMonths: 3 }],
    ['a60.deadline_inclusive', false, { a60DeadlineInclusive: false }],
    ['a60.late_policy', 'EFF_ONLY', { a60LatePolicy: 'EFF_ONLY' }],
    ['a60.pending_policy', 'HOLD', { a60PendingPolicy: 'HOLD' }],
    ['category.policy', 'FORFEIT', { categoryPolicy: 'FORFEIT' }],
    ['comp.presence', 'ANY_DAY', { compPresence: 'ANY_DAY' }],
    ['c3.valid_from', '2020-01-01', { c3ValidFrom: day('2020-01-01') }],
    ['c3.max_months', 6, { c3MaxMonths: 6 }],
    ['m2.anchor', 'WEO_END', { m2Anchor: 'WEO_END' }],
    ['m.grace_days', 5, { measurementGraceDays: 5 }],
    ['m.recheck_until', 'NONE', { measurementRecheck: 'NONE' }],
    ['result.cumulative', false, { resultCumulative: false }],
    ['result.clawback_m1', true, { resultClawbackM1: true }],
    ['result.requires_timely', false, { resultRequiresTimely: false }],
    ['pos.min_fte', 0.375, { posMinFtePermille: 375 }],
    ['pos.public', false, { posPublic: false }],
    ['inc.count_unit', 'CALENDAR_SPAN', { incCountUnit: 'CALENDAR_SPAN' }],
    ['inc.scope', 'PERSON', { incScope: 'PERSON' }],
    ['inc.mode', 'TOP_UP', { incMode: 'TOP_UP' }],
    ['inc.after_max', 'NOTHING', { incAfterMax: 'NOTHING' }],
    ['inc.partial', true, { incPartial: true }],
    ['allow.partial_month', 'FULL_IF_ANY_DAY', { allowPartialMonth: 'FULL_IF_ANY_DAY' }],
    ['transition.timely', false, { transitionTimely: false }],
    ['run.day', 20, { runDay: 20 }],
    ['run.cutoff', 'RUN_DATE', { runCutoff: 'RUN_DATE' }],
    ['year.cutoff', '03-31', { yearCutoff: { month: 3, day: 31 } }],
    ['final.when', 'NIGHTLY', { finalWhen: 'NIGHTLY' }],
    ['final.include_allowances', true, { finalIncludeAllowances: true }],
    ['clawback.netting', 'NONE', { clawbackNetting: 'NONE' }],
    ['clawback.method', 'OFFSET_NEXT', { clawbackMethod: 'OFFSET_NEXT' }],
    ['clawback.threshold', 12.34, { clawbackThresholdCents: 1234 }],
  ])('%s: %j reaches the law', (key, value, expected) => {
    expect(resolveLaw({ [key]: value })).toMatchObject(expected);
  });

  it.each([
    ['pos.agency', false, { AGENCY: false }],
    ['pos.student', true, { STUDENT: true }],
    ['pos.flexi', true, { FLEXI: true }],
    ['pos.a61', false, { ART61: false }],
    ['pos.social_economy', true, { SOCIAL_ECONOMY: true }],
    ['pos.training', true, { IBO: true, PLACEMENT: true }],
    ['pos.self_employed', true, { SELF_EMPLOYED: true }],
  ])('%s: %j reaches the kinds of employment', (key, value, expected) => {
    const { posKind } = resolveLaw({ [key]: value });
    expect(posKind).toEqual({ ...resolveLaw().posKind, ...expected });
  });

  it('a plain amount holds for all dates', () => {
    const { amount: amounts } = resolveLaw({ 'amount.ORD': 1000.5 });
    expect([amounts.ORD!.on(day('1999-12-31')), amounts.ORD!.on(day('2040-01-01'))]).toEqual([100_050, 100_050]);
  });

  it('a dated list replaces the list in law, in order of date', () => {
    const list = [
      { from: '2026-01-01', value: 260 },
      { from: '2020-01-01', value: 255 },
    ];
    const { EFF } = resolveLaw({ 'amount.EFF': list }).amount;
    expect([EFF!.on(day('2025-12-31')), EFF!.on(day('2026-01-01'))]).toEqual([25_500, 26_000]);
    expect(() => EFF!.on(day('2019-12-31'))).toThrow('amount.EFF has no value for 2019-12-31');
  });

  it.each([
    [
      [
        { from: '2020-01-01', value: 1 },
        { from: '2020-01-01', value: 2 },
      ],
      'the same date twice',
    ],
    [[{ from: '2020-02-30', value: 1 }], 'item 1 of the dated list: "2020-02-30"'],
    [
      [
        { from: '2020-01-01', value: 1 },
        { from: '2021-01-01', value: -1 },
      ],
      'item 2 of the dated list: -1',
    ],
    [[{ from: '2020-01-01', value: 1, to: '2021-01-01' }], 'item 1 of the dated list'],
    [[{ from: '2020-01-01', value: '1' }], 'item 1 of the dated list: "1"'],
    [[], 'the dated list is empty'],
  ])('refuses the dated list %j', (list, problem) => {
    expect(() => resolveLaw({ 'amount.C1': list })).toThrow(problem);
  });

  it('tells all faults together, with exit 2', () => {
    const wrong = { 'amount.EF': 1, 'run.day': 31, 'inc.budget': [], nonsense: true };
    const error = failureOf(() => resolveLaw(wrong));
    expect(error.exitCode).toBe(EXIT.usage);
    expect(error.message.split('\n')).toEqual([
      'Wrong law in the configuration.',
      'law.amount.EF: unknown key. Did you mean amount.EFF?',
      'law.run.day: 31 is not allowed. Write a whole number from 1 to 28.',
      'law.inc.budget: the budget is a feed, not a key. Deliver the budgets in budget.csv.',
      'law.nonsense: unknown key. Remove it; the README lists the keys of the law.',
    ]);
  });

  it('refuses a law that is no object', () => {
    expect(() => resolveLaw([])).toThrow('[] is not an object with keys of the law');
  });
});

describe('amounts', () => {
  it('are read to the exact cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), (cents) => {
        expect(euro.read(JSON.parse(formatEuro(cents)))).toEqual({ ok: true, value: cents });
      }),
      { numRuns: 5000 },
    );
  });

  it('are refused with a third decimal, also when a sum made it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 1, max: 9 }), (cents, mill) => {
        return !euro.read(Number(`${formatEuro(cents)}${mill}`)).ok;
      }),
      { numRuns: 2000 },
    );
    expect(euro.read(0.1 + 0.2).ok).toBe(false);
  });

  it('of a dated list are sorted, whatever their order', () => {
    const dates = ['2017-01-01', '2019-01-01', '2020-02-29', '2026-01-01'];
    const list = dates.map((from, index) => ({ from, value: index }));
    fc.assert(
      fc.property(fc.shuffledSubarray(list, { minLength: list.length }), (shuffled) => {
        expect(amount.read(shuffled)).toEqual(amount.read(list));
      }),
    );
  });
});

describe('the canonical law', () => {
  it('does not depend on the order of the overrides, nor on overrides that change nothing', () => {
    const a = readLawOverrides({ 'run.day': 16, 'amount.EFF': 260 }).overrides;
    const b = readLawOverrides({ 'amount.EFF': 260, 'run.day': 16 }).overrides;
    const same = readLawOverrides({ 'run.day': 15, 'amount.C1': [{ from: '2017-01-01', value: 150 }] }).overrides;
    expect(canonicalLaw(a)).toBe(canonicalLaw(b));
    expect(canonicalLaw(same)).toBe(canonicalLaw());
    expect(canonicalLaw(a)).not.toBe(canonicalLaw());
  });

  it.each(LAW_KEY_NAMES)('differs when %s differs', (key) => {
    const laws = LAW_KEY_CASES[key].right.map((value) => canonicalLaw(readLawOverrides({ [key]: value }).overrides));
    expect(new Set(laws).size).toBeGreaterThanOrEqual(key === 'c3.max_months' ? 3 : LAW_KEY_CASES[key].right.length);
  });
});

function failureOf(action: () => unknown): Failure {
  try {
    action();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('no failure');
}
