/**
 * The language of the law tests: a trajectory told in a line or two, and what is due for it as euro per component and
 * month.
 *
 *     const lines = due(weo('2024-01-10', '2024-08-31'), art60('2024-02-01', '2024-06-14'));
 *     expect(euros(lines, '2024-06')).toEqual({ EFF: 250 });
 */
import { day, formatDay, formatMonth } from '../../src/calendar.js';
import { allowanceContracts, allowances, type BudgetOf } from '../../src/law/allowance.js';
import { COMPONENTS, RULES, type Component, type RuleId } from '../../src/law/codes.js';
import { addAllowances, vdabComponents } from '../../src/law/entitlement.js';
import { statusOf } from '../../src/law/status.js';
import type { Law } from '../../src/law/law.js';
import { resolveLaw } from '../../src/law/resolve.js';
import { SegmentList } from '../../src/law/segments.js';
import type { Outcome, TrajectoryFacts } from '../../src/records/facts.js';
import { trajectory, type Part, type Text } from './facts/parts.js';

export * from './facts/parts.js';

/** Euro per component; what is not due is left out. */
export type Euros = Partial<Record<Component, number>>;

/** Under which law, when, and with which knowledge. */
export interface Settings {
  /** Overrides, as they stand in a configuration. */
  readonly law?: Readonly<Record<string, unknown>>;
  /** Day of the computation; far in the future unless given. */
  readonly today?: Text;
  /** Last day of the knowledge; `today` unless given. */
  readonly known?: Text;
  /** Budget for the increased allowance in euro, of each OCMW and year. */
  readonly budget?: number;
}

/** What is due for one component in one month. */
export interface Line {
  readonly weoId: string;
  readonly ocmwId: string;
  readonly component: Component;
  /** `YYYY-MM`. */
  readonly month: string;
  readonly cents: number;
  readonly rule: RuleId;
}

/** A measurement that was made. */
export interface Measured {
  readonly measurement: 1 | 2;
  readonly on: Text;
  readonly outcome: Outcome;
  readonly evidence: string;
  readonly euros: number;
}

const FAR_FUTURE = '2060-12-31';

/** What is due for one trajectory told in parts. */
export function due(...given: readonly (Part | Settings)[]): Line[] {
  const [parts, settings] = separated(given);
  return dueOf([trajectory(...parts)], settings);
}

/** The measurements of one trajectory told in parts. */
export function measured(...given: readonly (Part | Settings)[]): Measured[] {
  const [parts, settings] = separated(given);
  return measuredOf(trajectory(...parts), settings);
}

function separated(given: readonly (Part | Settings)[]): [Part[], Settings] {
  const parts = given.filter((each): each is Part => 'is' in each);
  const settings = given.filter((each): each is Settings => !('is' in each));
  return [parts, Object.assign({}, ...settings) as Settings];
}

/** What is due for trajectories that share budgets and maxima. */
export function dueOf(all: readonly TrajectoryFacts[], settings: Settings = {}): Line[] {
  const law = lawOf(settings);
  const budgetOf: BudgetOf = () => settings.budget && Math.round(settings.budget * 100);
  const contracts = all.map((each) =>
    statusOf(each) === 'COUNTS' ? allowanceContracts(each, personOf(each), asOf(settings).today) : [],
  );
  const months = allowances(contracts.flat(), budgetOf, law);
  return all.flatMap((facts, index) => {
    const segments = new SegmentList();
    vdabComponents(facts, law, asOf(settings), segments);
    addAllowances(segments, months.splice(0, contracts[index]!.length));
    return unfold(facts, segments);
  });
}

/** The measurements of a trajectory that were made, with what is due for them. */
export function measuredOf(facts: TrajectoryFacts, settings: Settings = {}): Measured[] {
  return vdabComponents(facts, lawOf(settings), asOf(settings), new SegmentList()).map(({ measurement, cents }) => ({
    measurement: measurement.measurement,
    on: formatDay(measurement.measuredOn),
    outcome: measurement.outcome,
    evidence: measurement.evidenceId,
    euros: cents / 100,
  }));
}

/** The client of a trajectory: the same for all agreements of `sameClient`. */
export function personOf(facts: TrajectoryFacts): string {
  return [facts, ...facts.siblings].map((each) => each.weoId).sort()[0]!;
}

const laws = new Map<string, Law>();

/** A case asks for its law several times in a row; the table is emptied before it grows. */
const LAWS_KEPT = 100;

/** The law under the overrides of the settings. */
export function lawOf({ law = {} }: Settings): Law {
  const key = JSON.stringify(law);
  const known = laws.get(key);
  if (known) return known;
  const resolved = resolveLaw(law);
  if (laws.size >= LAWS_KEPT) laws.clear();
  laws.set(key, resolved);
  return resolved;
}

/** Day and knowledge of the settings. */
export function asOf({ today = FAR_FUTURE, known = today }: Settings): { today: number; knownUntil: number } {
  return { today: day(today), knownUntil: day(known) };
}

function unfold(facts: TrajectoryFacts, { segments }: SegmentList): Line[] {
  const lines: Line[] = [];
  for (const { component, firstMonth, lastMonth, cents, rule } of segments) {
    for (let month = firstMonth; month <= lastMonth; month++) {
      lines.push({
        weoId: facts.weoId,
        ocmwId: facts.ocmwId,
        component: COMPONENTS[component]!,
        month: formatMonth(month),
        cents,
        rule: RULES[rule]!,
      });
    }
  }
  return lines;
}

/** Euro per component, of the months from `from` to `to` (`YYYY-MM`). */
export function totals(lines: readonly Line[], from = '0000-01', to = '9999-12'): Euros {
  const sums: Euros = {};
  for (const { component, month, cents } of lines) {
    if (month < from || month > to) continue;
    sums[component] = Math.round((sums[component] ?? 0) * 100 + cents) / 100;
  }
  return sums;
}

/** Euro per component of one month. */
export function euros(lines: readonly Line[], month: string): Euros {
  return totals(lines, month, month);
}

/** Euro of all components together. */
export function total(lines: readonly Line[]): number {
  return lines.reduce((sum, { cents }) => sum + cents, 0) / 100;
}

/** Months in which a component is due, in order. */
export function monthsOf(lines: readonly Line[], component: Component): string[] {
  return [...new Set(lines.filter((line) => line.component === component).map(({ month }) => month))].sort();
}
