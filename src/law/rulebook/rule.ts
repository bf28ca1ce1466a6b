/** The shape of the rulebook: rules in plain Dutch and English, in numbered sections. */
import type { Confidence, SourceKey, Text } from './sources.js';

export interface RuleEntry {
  readonly id: string;
  readonly confidence: Confidence;
  readonly sources: readonly SourceKey[];
  readonly text: Text;
}

export interface Section {
  /** The number by which comments and documents name it: "rulebook 3.2". */
  readonly number: string;
  readonly title: Text;
  readonly rules: readonly RuleEntry[];
}

/** One rule: the same sentence or two in Dutch and in English. */
export function entry(
  id: string,
  confidence: Confidence,
  sources: readonly SourceKey[],
  nl: string,
  en: string,
): RuleEntry {
  return { id, confidence, sources, text: { nl, en } };
}

export function section(number: string, nl: string, en: string, rules: readonly RuleEntry[]): Section {
  return { number, title: { nl, en }, rules };
}
