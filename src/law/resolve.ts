/**
 * From the configuration to the law in force: overrides checked, the values of `amounts/` for the rest, amounts as
 * dated tables. A dated list of the configuration replaces the list in law as a whole: nothing older shines through.
 */
import { day } from '../calendar.js';
import { EXIT, Failure } from '../errors.js';
import { resultAmounts } from './amounts/result.js';
import type { StatutoryValue } from './amounts/statutory.js';
import { DatedAmount, type DatedValue } from './dated.js';
import { describeFaults, nearestKey, type Fault } from './keys/faults.js';
import { amount, euro, isObject, shown, type Read } from './keys/kinds.js';
import {
  isLawKey,
  LAW_KEY_NAMES,
  lawKeyOf,
  readLawKey,
  type LawKeyName,
  type LawOverrides,
  type LawValues,
} from './keys.js';
import type { Law } from './law.js';

type AmountKey = Extract<LawKeyName, `amount.${string}`>;

/** Reads law overrides as they stand in a configuration. Faults carry keys with `law.` in front. */
export function readLawOverrides(json: unknown): {
  readonly overrides: LawOverrides;
  readonly faults: readonly Fault[];
} {
  if (json === undefined) return { overrides: {}, faults: [] };
  if (!isObject(json)) {
    const problem = `${shown(json)} is not an object with keys of the law`;
    return { overrides: {}, faults: [{ key: 'law', problem, allowed: 'Write {"a60.late_policy": "HOLD", ...}.' }] };
  }
  const overrides: Partial<Record<LawKeyName, unknown>> = {};
  const faults: Fault[] = [];
  for (const [key, value] of Object.entries(json)) {
    if (!isLawKey(key)) {
      faults.push(unknownLawKey(key));
      continue;
    }
    const read = readLawKey(key, value);
    if (read.ok) overrides[key] = read.value;
    else faults.push({ key: `law.${key}`, problem: read.problem, allowed: `Write ${lawKeyOf(key).kind.allowed}.` });
  }
  // Each value was read by the kind of its own key.
  return { overrides: overrides as LawOverrides, faults };
}

function unknownLawKey(key: string): Fault {
  if (key === 'inc.budget') {
    const allowed = 'Deliver the budgets in budget.csv.';
    return { key: 'law.inc.budget', problem: 'the budget is a feed, not a key', allowed };
  }
  const nearest = nearestKey(key, LAW_KEY_NAMES);
  const allowed = nearest ? `Did you mean ${nearest}?` : 'Remove it; the README lists the keys of the law.';
  return { key: `law.${key}`, problem: 'unknown key', allowed };
}

/** The value of every key: the override when there is one, else the value in law. */
export function lawValues(overrides: LawOverrides = {}): LawValues {
  const values: Partial<Record<LawKeyName, unknown>> = {};
  for (const key of LAW_KEY_NAMES) values[key] = key in overrides ? overrides[key] : statutoryValue(key);
  // Each value was read by the kind of its own key.
  return values as LawValues;
}

/** The law in force under checked overrides. */
export function buildLaw(overrides: LawOverrides = {}): Law {
  const values = lawValues(overrides);
  return { ...monthlyPayments(values), ...outflow(values), ...allowances(values), ...settlement(values) };
}

/**
 * The law in force under overrides as they stand in a configuration.
 * Throws a Failure (exit 2) that lists every fault, one a line.
 */
export function resolveLaw(json: unknown = {}): Law {
  const { overrides, faults } = readLawOverrides(json);
  if (faults.length > 0) {
    throw new Failure(EXIT.usage, describeFaults('Wrong law in the configuration.', faults));
  }
  return buildLaw(overrides);
}

/** The law as text, the same for the same law: what its digest is made of. */
export function canonicalLaw(overrides: LawOverrides = {}): string {
  const values = lawValues(overrides);
  const lines = [...LAW_KEY_NAMES].sort().map((key) => `${key}=${JSON.stringify(sorted(values[key]) ?? null)}`);
  return [...lines, `result=${JSON.stringify(resultAmounts)}`].join('\n');
}

function sorted(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

function monthlyPayments(values: LawValues) {
  return {
    amount: {
      EFF: dated('amount.EFF', values),
      C1: dated('amount.C1', values),
      C2: dated('amount.C2', values),
      C3: dated('amount.C3', values),
      M1: dated('amount.M1', values),
      M2: dated('amount.M2', values),
      ORD: dated('amount.ORD', values),
      INC: dated('amount.INC', values),
    },
    effMaxMonths: values['eff.max_months'],
    effCapCounts: values['eff.cap_counts'],
    effCapScope: values['eff.cap_scope'],
    a60DeadlineMonths: values['a60.deadline_months'],
    a60DeadlineInclusive: values['a60.deadline_inclusive'],
    a60LatePolicy: values['a60.late_policy'],
    a60PendingPolicy: values['a60.pending_policy'],
    categoryPolicy: values['category.policy'],
    compPresence: values['comp.presence'],
    c3ValidFrom: values['c3.valid_from'],
    c3MaxMonths: values['c3.max_months'],
    transitionTimely: values['transition.timely'],
  };
}

function outflow(values: LawValues) {
  return {
    resultScheme: values['result.scheme'],
    resultLower: new DatedAmount('the lower result amount', euros(resultAmounts.lower)),
    resultHigher: new DatedAmount('the higher result amount', euros(resultAmounts.higher)),
    resultCumulative: values['result.cumulative'],
    resultClawbackM1: values['result.clawback_m1'],
    resultRequiresTimely: values['result.requires_timely'],
    m2Anchor: values['m2.anchor'],
    measurementGraceDays: values['m.grace_days'],
    measurementRecheck: values['m.recheck_until'],
    posMinFtePermille: values['pos.min_fte'],
    posPublic: values['pos.public'],
    // R-MEAS-3 and R-MEAS-6: a regular job is positive and art. 60 never is; the keys decide the others.
    posKind: {
      ART60: false,
      REGULAR: true,
      AGENCY: values['pos.agency'],
      STUDENT: values['pos.student'],
      FLEXI: values['pos.flexi'],
      ART61: values['pos.a61'],
      IBO: values['pos.training'],
      PLACEMENT: values['pos.training'],
      SOCIAL_ECONOMY: values['pos.social_economy'],
      SELF_EMPLOYED: values['pos.self_employed'],
    },
  };
}

function allowances(values: LawValues) {
  return {
    incCountUnit: values['inc.count_unit'],
    incScope: values['inc.scope'],
    incMode: values['inc.mode'],
    incAfterMax: values['inc.after_max'],
    incPartial: values['inc.partial'],
    allowPartialMonth: values['allow.partial_month'],
  };
}

function settlement(values: LawValues) {
  return {
    runDay: values['run.day'],
    runCutoff: values['run.cutoff'],
    yearCutoff: values['year.cutoff'],
    finalWhen: values['final.when'],
    finalIncludeAllowances: values['final.include_allowances'],
    clawbackNetting: values['clawback.netting'],
    clawbackMethod: values['clawback.method'],
    clawbackThresholdCents: values['clawback.threshold'],
  };
}

function dated(key: AmountKey, values: LawValues): DatedAmount | undefined {
  const list = values[key];
  return list && new DatedAmount(key, list);
}

/** The value of a key in law, undefined when there is none. Only amounts have more than one date. */
function statutoryValue(key: LawKeyName): unknown {
  const { statutory, kind } = lawKeyOf(key);
  if (statutory.length === 0) return undefined;
  if (key.startsWith('amount.')) return expectRead(key, amount.read(asDatedList(statutory)));
  if (statutory.length > 1) throw new Error(`${key} has more than one value in law; only amounts are dated`);
  return expectRead(key, kind.read(statutory[0]!.value));
}

function asDatedList(statutory: readonly StatutoryValue[]): unknown {
  return statutory.map(({ from, value }) => ({ from, value }));
}

function euros(statutory: readonly StatutoryValue[]): readonly DatedValue[] {
  return statutory.map(({ from, value }) => ({ from: day(from), cents: expectRead('result', euro.read(value)) }));
}

/** A value in law that its own kind refuses is a mistake in `amounts/`. */
function expectRead<T>(key: string, read: Read<T>): T {
  if (!read.ok) throw new Error(`the value of ${key} in law: ${read.problem}`);
  return read.value;
}
