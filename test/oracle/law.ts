/** The keys of rulebook section 12 with their defaults; overrides as they stand in the configuration (raw JSON). */
import type { Day } from './days.js';

export type Component = 'EFF' | 'C1' | 'C2' | 'C3' | 'M1' | 'M2' | 'ORD' | 'INC';

const DEFAULTS = {
  'amount.EFF': 250,
  'amount.C1': 150,
  'amount.C2': 45,
  'amount.C3': 250,
  'amount.M1': undefined,
  'amount.M2': undefined,
  'amount.ORD': undefined,
  'amount.INC': undefined,
  'result.scheme': 'M1_300_M2_600',
  'eff.max_months': 24,
  'eff.cap_counts': 'ACTIVE',
  'eff.cap_scope': 'TRAJECTORY',
  'a60.deadline_months': 2,
  'a60.deadline_inclusive': true,
  'a60.late_policy': 'FORFEIT_ALL',
  'a60.pending_policy': 'PAY_PROVISIONAL',
  'category.policy': 'WITHHOLD',
  'comp.presence': 'LAST_DAY',
  'comp.suspension': 'COUNT',
  'comp.formula': 'FIXED_195',
  'c2.trigger': 'WEO_END',
  'c3.valid_from': '2019-01-01',
  'c3.max_months': 'none',
  'm2.anchor': 'M1',
  'm.grace_days': 0,
  'm.recheck_until': 'FINAL',
  'result.cumulative': true,
  'result.clawback_m1': false,
  'result.requires_timely': true,
  'pos.min_fte': 0,
  'pos.agency': true,
  'pos.student': false,
  'pos.flexi': false,
  'pos.public': true,
  'pos.a61': true,
  'pos.social_economy': false,
  'pos.training': false,
  'pos.self_employed': 'MANUAL',
  'inc.count_unit': 'GRANT_MONTHS',
  'inc.scope': 'TRAJECTORY',
  'inc.mode': 'REPLACE',
  'inc.after_max': 'ORDINARY',
  'inc.partial': false,
  'allow.partial_month': 'CALENDAR_DAYS',
  'allow.rounding': 'HALF_UP_CENT',
  'vdab.part_time_factor': 'NONE',
  'transition.timely': true,
  'transfer.mode': 'NEW_WEO',
  'merger.mode': 'SUCCESSOR',
  late_correction: 'YEAR_SETTLEMENT',
  'run.day': 15,
  'run.cutoff': 'QUARTER_END',
  'year.cutoff': '02-15',
  'final.when': 'QUARTERLY',
  'final.include_allowances': false,
  'clawback.netting': 'PER_OCMW',
  'clawback.method': 'CLAIM',
  'clawback.threshold': 0,
  'ledger.map': undefined,
} as const;

export type LawKey = keyof typeof DEFAULTS;

/** Overrides of rulebook section 12 as in the configuration. */
export type LawOverrides = Readonly<Record<string, unknown>>;

export interface OracleLaw {
  /** Whether the key has this value. */
  is(key: LawKey, value: string | boolean): boolean;
  number(key: LawKey): number;
  text(key: LawKey): string;
  /** Cents of a component on a day; undefined when the law has no amount for it. */
  amount(component: Component, day: Day): number | undefined;
}

/** The law in force: defaults with the overrides on top. Throws on a key that does not exist. */
export function readLaw(overrides: LawOverrides): OracleLaw {
  for (const key of Object.keys(overrides)) if (!(key in DEFAULTS)) throw new Error(`unknown law key ${key}`);
  const values: Record<string, unknown> = { ...DEFAULTS, ...overrides };
  return {
    is: (key, value) => values[key] === value,
    number: (key) => values[key] as number,
    text: (key) => values[key] as string,
    amount: (component, day) => amountOn(values[`amount.${component}`], day),
  };
}

function amountOn(value: unknown, day: Day): number | undefined {
  if (typeof value === 'number') return toCents(value);
  if (!Array.isArray(value)) return undefined;
  const entries = [...(value as { from: Day; value: number }[])].sort((a, b) => (a.from < b.from ? -1 : 1));
  const valid = entries.filter((entry) => entry.from <= day).at(-1);
  return valid && toCents(valid.value);
}

/** Euro as written in JSON or CSV to integer cents. */
export function toCents(euro: number | string): number {
  return Math.round(Number(euro) * 100);
}
