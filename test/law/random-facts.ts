/**
 * Random clients and random laws for the properties: one to three agreements, contracts that crowd around the deadline,
 * days that crowd around month ends, every key of the law that a computation reads.
 */
import fc from 'fast-check';
import { day, firstDayOf, formatDay, lastDayOf, monthOf } from '../../src/calendar.js';
import { EMPLOYMENT_KINDS } from '../../src/feeds/contracts.js';
import type { TrajectoryFacts } from '../../src/records/facts.js';
import {
  art60,
  category,
  decision,
  job,
  sameClient,
  trajectory,
  weo,
  type JobKind,
  type Part,
  type Settings,
  type Text,
} from '../support/facts.js';

/** Cases of each property; ten times as many in the long campaign. */
export const RUNS = { numRuns: process.env['TWE_LONG'] ? 20_000 : 1_000 };

/** Time for one property: the machine may be busy with other test files. */
export const PATIENCE = { timeout: process.env['TWE_LONG'] ? 3_600_000 : 300_000 };

const JOB_KINDS = EMPLOYMENT_KINDS.filter((kind): kind is JobKind => kind !== 'ART60');
const FIRST_DAY = day('2020-11-01');

/** A day near `base + offset`: itself, or an edge of its month. */
const shifted = (base: number, min: number, max: number): fc.Arbitrary<number> =>
  fc
    .tuple(fc.integer({ min, max }), fc.constantFrom('AS_IT_IS', 'AS_IT_IS', 'FIRST', 'LAST', 'LAST_BUT_ONE'))
    .map(([offset, edge]) => {
      const month = monthOf(base + offset);
      if (edge === 'FIRST') return firstDayOf(month);
      if (edge === 'LAST') return lastDayOf(month);
      return edge === 'LAST_BUT_ONE' ? lastDayOf(month) - 1 : base + offset;
    });

/** An end: `min` to `max` days after the start, or open. */
const endAfter = (start: number, max: number): fc.Arbitrary<Text | undefined> =>
  fc
    .option(shifted(start, 0, max), { nil: undefined, freq: 8 })
    .map((end) => (end === undefined ? undefined : formatDay(Math.max(start, end))));

const someContracts = (start: number): fc.Arbitrary<Part[]> =>
  fc.array(
    fc
      .oneof(shifted(start, -3, 30), shifted(start, 56, 66), shifted(start, 30, 800))
      .chain((from) => fc.tuple(fc.constant(from), endAfter(from, 900), fc.boolean(), fc.boolean(), fc.boolean()))
      .map(([from, end, socialEconomy, asked, withoutReference]) =>
        art60(formatDay(from), end, {
          socialEconomy,
          increased: asked || socialEconomy,
          novaPrima: !(asked && withoutReference),
        }),
      ),
    { maxLength: 3 },
  );

const someCategories = (start: number): fc.Arbitrary<Part[]> =>
  fc
    .uniqueArray(
      fc.tuple(
        shifted(start, -20, 700),
        fc.constantFrom('90', '93', '90', '78', '05'),
        fc.integer({ min: 0, max: 200 }),
      ),
      { maxLength: 3, selector: ([from]) => from },
    )
    .chain((records) => fc.tuple(...records.map((each) => endAfter(each[0], 900).map((to) => [...each, to] as const))))
    .map((records) =>
      records.map(([from, code, late, to]) =>
        category(code, formatDay(from), to, { registered: formatDay(from + late) }),
      ),
    );

const someJobs = (start: number): fc.Arbitrary<Part[]> =>
  fc.array(
    fc
      .tuple(fc.constantFrom(...JOB_KINDS), shifted(start, 0, 1000), fc.boolean(), fc.integer({ min: 0, max: 90 }))
      .chain(([kind, from, atOcmw, late]) =>
        endAfter(from, 600).map((end) => job(kind, formatDay(from), end, { atOcmw, knownOn: formatDay(from + late) })),
      ),
    { maxLength: 3 },
  );

const someDecisions = (start: number): fc.Arbitrary<Part[]> =>
  fc
    .uniqueArray(fc.tuple(shifted(start, 0, 1200), fc.constantFrom(1 as const, 2 as const), fc.boolean()), {
      maxLength: 2,
      selector: ([on]) => on,
    })
    .map((made) =>
      made.map(([on, number, positive]) => decision(number, positive ? 'POSITIVE' : 'NEGATIVE', formatDay(on))),
    );

const OCMWS = ['0207489568', '0212214917'] as const;

const partsFrom = (start: number, maxLength: number): fc.Arbitrary<Part[]> =>
  fc
    .record({
      end: endAfter(start, maxLength),
      extended: fc.constantFrom(undefined, undefined, true, false),
      ocmw: fc.constantFrom(...OCMWS),
      rest: fc.tuple(someContracts(start), someCategories(start), someJobs(start), someDecisions(start)),
    })
    .map(({ end, extended, ocmw, rest }) => [
      weo(formatDay(start), end, { ocmw, ...(extended === undefined ? {} : { extended }) }),
      ...rest.flat(),
    ]);

/** The parts of one trajectory, WEO first, of up to three years. */
export const someParts: fc.Arbitrary<Part[]> = shifted(FIRST_DAY, 0, 400).chain((start) => partsFrom(start, 1100));

/** One trajectory that stands alone. */
export const someTrajectory: fc.Arbitrary<TrajectoryFacts> = someParts.map((parts) => trajectory(...parts));

/** The trajectories of one client, in order of registration; they may overlap. */
export const someClient: fc.Arbitrary<TrajectoryFacts[]> = fc
  .array(
    shifted(FIRST_DAY, 0, 1200).chain((start) => partsFrom(start, 700)),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => sameClient(...all.map((parts) => trajectory(...parts))));

/** The trajectories of up to three clients. */
export const someClients: fc.Arbitrary<TrajectoryFacts[]> = fc
  .array(someClient, { minLength: 1, maxLength: 3 })
  .map((clients) => clients.flat());

/** A day of computation, during or after the trajectories. */
export const someToday: fc.Arbitrary<Text> = shifted(FIRST_DAY, 0, 2200).map(formatDay);

const someEuro = fc.integer({ min: 0, max: 200_000 }).map((cents) => cents / 100);
const someAmount = fc.oneof(
  someEuro,
  fc.tuple(someEuro, someEuro, shifted(FIRST_DAY, 0, 1500)).map(([before, after, on]) => [
    { from: '2017-01-01', value: before },
    { from: formatDay(on), value: after },
  ]),
);

/** Overrides of any of the keys that decide what is due. */
export const someLaw: fc.Arbitrary<NonNullable<Settings['law']>> = fc.record(
  {
    'amount.EFF': someAmount,
    'amount.C1': someAmount,
    'amount.C2': someAmount,
    'amount.C3': someAmount,
    'amount.M1': someAmount,
    'amount.M2': someAmount,
    'amount.ORD': someAmount,
    'amount.INC': someAmount,
    'result.scheme': fc.constantFrom('M1_300_M2_600', 'M1_600_M2_300', 'TRACK'),
    'eff.max_months': fc.integer({ min: 0, max: 30 }),
    'eff.cap_counts': fc.constantFrom('ACTIVE', 'PAID'),
    'eff.cap_scope': fc.constantFrom('TRAJECTORY', 'PERSON'),
    'a60.deadline_months': fc.integer({ min: 0, max: 4 }),
    'a60.deadline_inclusive': fc.boolean(),
    'a60.late_policy': fc.constantFrom('FORFEIT_ALL', 'PAY_FROM_START', 'EFF_ONLY'),
    'a60.pending_policy': fc.constantFrom('PAY_PROVISIONAL', 'HOLD'),
    'category.policy': fc.constantFrom('WITHHOLD', 'WARN_ONLY', 'FORFEIT'),
    'comp.presence': fc.constantFrom('LAST_DAY', 'ANY_DAY'),
    'c3.valid_from': shifted(FIRST_DAY, 0, 1200).map(formatDay),
    'c3.max_months': fc.oneof(fc.constant('none'), fc.integer({ min: 0, max: 6 })),
    'm2.anchor': fc.constantFrom('M1', 'WEO_END', 'WEO_END_PLUS_1'),
    'm.grace_days': fc.integer({ min: 0, max: 40 }),
    'm.recheck_until': fc.constantFrom('FINAL', 'NONE'),
    'result.cumulative': fc.boolean(),
    'result.clawback_m1': fc.boolean(),
    'result.requires_timely': fc.boolean(),
    'pos.self_employed': fc.constantFrom('MANUAL', true, false),
    'pos.social_economy': fc.boolean(),
    'pos.training': fc.boolean(),
    'inc.count_unit': fc.constantFrom('GRANT_MONTHS', 'CALENDAR_SPAN'),
    'inc.scope': fc.constantFrom('TRAJECTORY', 'CONTRACT', 'PERSON'),
    'inc.mode': fc.constantFrom('REPLACE', 'TOP_UP'),
    'inc.after_max': fc.constantFrom('ORDINARY', 'NOTHING'),
    'inc.partial': fc.boolean(),
    'allow.partial_month': fc.constantFrom('CALENDAR_DAYS', 'FULL_IF_LAST_DAY', 'FULL_IF_ANY_DAY'),
    'run.day': fc.integer({ min: 1, max: 28 }),
    'run.cutoff': fc.constantFrom('QUARTER_END', 'RUN_DATE'),
  },
  { requiredKeys: [] },
);

/** A law in which both allowances have an amount, and a budget that is soon used up or none. */
export const someAllowanceSettings: fc.Arbitrary<Settings> = fc
  .record({
    law: someLaw,
    ordinary: someAmount,
    increased: someAmount,
    budget: fc.option(
      fc.integer({ min: 0, max: 3_000_000 }).map((cents) => cents / 100),
      { nil: undefined },
    ),
    today: someToday,
  })
  .map(({ law, ordinary, increased, budget, today }) => ({
    law: { ...law, 'amount.ORD': ordinary, 'amount.INC': increased },
    today,
    ...(budget === undefined ? {} : { budget }),
  }));

/** Any law on any day. */
export const someSettings: fc.Arbitrary<Settings & { readonly today: Text }> = fc.record({
  law: someLaw,
  today: someToday,
});

/** What must hold for every case: a sentence, and what breaks it (nothing when it holds). */
export type Invariants<Case> = Readonly<Record<string, (given: Case) => readonly unknown[]>>;

/** The sentences that a case breaks, with what breaks them; empty when all hold. */
export function broken<Case>(invariants: Invariants<Case>, given: Case): Record<string, readonly unknown[]> {
  const found: Record<string, readonly unknown[]> = {};
  for (const [sentence, offenders] of Object.entries(invariants)) {
    const those = offenders(given);
    if (those.length > 0) found[sentence] = those;
  }
  return found;
}
