/**
 * The rulebook as part of the product: every rule with its text in Dutch and English, its source and how sure it is.
 * Documents, `explain` and the README print from here. The keys of a rule are those that name it in `keys.ts`.
 */
import { LAW_KEY_NAMES, lawKeyOf, type LawKeyName } from '../keys.js';
import { allowanceSections } from './allowances.js';
import { lifecycleSections } from './lifecycle.js';
import { outflowSections } from './outflow.js';
import { paymentSections } from './payments.js';
import { readingSections } from './readings.js';
import type { RuleEntry, Section } from './rule.js';
import { settlementSections } from './settlement.js';
import { sourceText, type Text } from './sources.js';
import { surroundingSections } from './surroundings.js';

export { GLOSSARY } from './glossary.js';
export { OPEN_QUESTIONS, type OpenQuestion } from './questions.js';
export { CONFIDENCE, SOURCES, type Confidence, type Source, type SourceKey, type Text } from './sources.js';
export type { RuleEntry, Section } from './rule.js';

export interface Rule extends RuleEntry {
  /** Number of its section: "3.2". */
  readonly section: string;
  /** Sources in words, with their keys. */
  readonly source: Text;
  /** Configuration keys that steer it. */
  readonly keys: readonly LawKeyName[];
}

/** All rules by section, in order. */
export const RULEBOOK: readonly Section[] = [
  ...lifecycleSections,
  ...paymentSections,
  ...allowanceSections,
  ...outflowSections,
  ...settlementSections,
  ...surroundingSections,
  ...readingSections,
];

/** All rules, in order of section. */
export const ALL_RULES: readonly Rule[] = RULEBOOK.flatMap(({ number, rules }) =>
  rules.map((one) => ({
    ...one,
    section: number,
    source: sourceText(one.sources, one.confidence),
    keys: LAW_KEY_NAMES.filter((key) => lawKeyOf(key).rules.includes(one.id)),
  })),
);

const rulesById = new Map(ALL_RULES.map((one) => [one.id, one]));

/** A rule by its id (`R-EFF-4`). Throws a RangeError for an id that is none: that is a mistake of the program. */
export function rule(id: string): Rule {
  const found = rulesById.get(id);
  if (!found) throw new RangeError(`the rulebook has no rule ${id}`);
  return found;
}
