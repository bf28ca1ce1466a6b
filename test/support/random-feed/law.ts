/** Random valid overrides of every key that the configuration of the law knows. */
import { makeRandom, type Random } from './random.js';
import { lawOfRareSituations } from './rare.js';

type Choice = (random: Random) => unknown;

const oneOf =
  (...values: unknown[]): Choice =>
  (random) =>
    random.pick(values);

/** A plain number, or a dated list that starts early enough for every month and changes on an edge. */
const amount =
  (...values: number[]): Choice =>
  (random) => {
    if (random.chance(0.4)) return random.pick(values);
    const changes = random.shuffle(['2019-01-01', '2023-12-31', '2024-01-01', '2024-03-15', '2024-07-01']);
    const from = ['2015-01-01', ...changes.slice(0, random.int(1, 2))].sort();
    return from.map((day) => ({ from: day, value: random.pick(values) }));
  };

/** How often each key gets another value than its default, and which. */
const CHOICES: Readonly<Record<string, readonly [number, Choice]>> = {
  'amount.EFF': [0.2, amount(250, 260, 255.5)],
  'amount.C1': [0.15, amount(150, 155.25)],
  'amount.C2': [0.15, amount(45, 46.1)],
  'amount.C3': [0.15, amount(250, 270)],
  'amount.M1': [0.1, amount(300, 350, 610)],
  'amount.M2': [0.1, amount(600, 500.5)],
  'result.scheme': [0.4, oneOf('M1_300_M2_600', 'M1_600_M2_300', 'TRACK')],
  'eff.max_months': [0.25, oneOf(3, 6, 12, 18, 24)],
  'eff.cap_counts': [0.3, oneOf('PAID', 'ACTIVE')],
  'eff.cap_scope': [0.3, oneOf('PERSON', 'TRAJECTORY')],
  'a60.deadline_months': [0.2, oneOf(1, 2, 3)],
  'a60.deadline_inclusive': [0.25, oneOf(false, true)],
  'a60.late_policy': [0.5, oneOf('PAY_FROM_START', 'EFF_ONLY', 'FORFEIT_ALL')],
  'a60.pending_policy': [0.3, oneOf('HOLD', 'PAY_PROVISIONAL')],
  'category.policy': [0.5, oneOf('WARN_ONLY', 'FORFEIT', 'WITHHOLD')],
  'comp.presence': [0.3, oneOf('ANY_DAY', 'LAST_DAY')],
  'comp.suspension': [0.1, oneOf('COUNT')],
  'comp.formula': [0.1, oneOf('FIXED_195')],
  'c2.trigger': [0.1, oneOf('WEO_END')],
  'c3.valid_from': [0.2, oneOf('2018-01-01', '2019-01-01', '2024-01-31', '2024-02-01')],
  'c3.max_months': [0.2, oneOf(1, 2, 3, 6)],
  'm2.anchor': [0.4, oneOf('WEO_END', 'WEO_END_PLUS_1', 'M1')],
  'm.grace_days': [0.25, oneOf(0, 1, 5, 20)],
  'm.recheck_until': [0.3, oneOf('NONE', 'FINAL')],
  'result.cumulative': [0.25, oneOf(false, true)],
  'result.clawback_m1': [0.25, oneOf(true, false)],
  'result.requires_timely': [0.3, oneOf(false, true)],
  'pos.min_fte': [0.25, oneOf(0, 0.5, 0.8)],
  'pos.agency': [0.2, oneOf(false)],
  'pos.student': [0.2, oneOf(true)],
  'pos.flexi': [0.2, oneOf(true)],
  'pos.public': [0.25, oneOf(false)],
  'pos.a61': [0.2, oneOf(false)],
  'pos.social_economy': [0.2, oneOf(true)],
  'pos.training': [0.2, oneOf(true)],
  'pos.self_employed': [0.35, oneOf(true, false, 'MANUAL')],
  'inc.count_unit': [0.35, oneOf('CALENDAR_SPAN', 'GRANT_MONTHS')],
  'inc.scope': [0.5, oneOf('CONTRACT', 'PERSON', 'TRAJECTORY')],
  'inc.mode': [0.3, oneOf('TOP_UP', 'REPLACE')],
  'inc.after_max': [0.3, oneOf('NOTHING', 'ORDINARY')],
  'inc.partial': [0.3, oneOf(true, false)],
  'allow.partial_month': [0.4, oneOf('FULL_IF_LAST_DAY', 'FULL_IF_ANY_DAY', 'CALENDAR_DAYS')],
  'allow.rounding': [0.1, oneOf('HALF_UP_CENT')],
  'vdab.part_time_factor': [0.1, oneOf('NONE')],
  'transition.timely': [0.2, oneOf(false)],
  'transfer.mode': [0.1, oneOf('NEW_WEO')],
  'merger.mode': [0.1, oneOf('SUCCESSOR')],
  late_correction: [0.1, oneOf('YEAR_SETTLEMENT')],
  'run.day': [0.3, oneOf(1, 10, 20, 28)],
  'run.cutoff': [0.3, oneOf('RUN_DATE', 'QUARTER_END')],
  'year.cutoff': [0.3, oneOf('01-10', '01-15', '03-31', '06-30', '02-28')],
  'final.include_allowances': [0.25, oneOf(true, false)],
  'clawback.netting': [0.3, oneOf('NONE', 'PER_OCMW')],
  'clawback.method': [0.3, oneOf('OFFSET_NEXT', 'CLAIM')],
  'clawback.threshold': [0.3, oneOf(0, 100, 400.5, 1000)],
};

export interface RandomLawOptions {
  /** Also `final.when = NIGHTLY`, in one law of twelve. Default true. */
  readonly nightlyFinals?: boolean;
}

/** Overrides for the key `law` of the configuration. Allowance amounts are there in most, missing in some. */
export function randomLaw(seed: number, { nightlyFinals = true }: RandomLawOptions = {}): Record<string, unknown> {
  const random = makeRandom(seed + 7_000_000);
  const law: Record<string, unknown> = {};
  for (const [key, [probability, choose]] of Object.entries(CHOICES)) {
    if (random.chance(probability)) law[key] = choose(random);
  }
  const allowances = random.weighted([
    [['amount.ORD', 'amount.INC'], 7],
    [[], 2],
    [['amount.ORD'], 1],
    [['amount.INC'], 1],
  ] as const);
  for (const key of allowances) law[key] = amount(1000, 1000.01, 1333.33, 1500)(random);
  if (random.chance(1 / 12) && nightlyFinals) law['final.when'] = 'NIGHTLY';
  return { ...law, ...lawOfRareSituations(seed) };
}
