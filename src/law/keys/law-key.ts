/** What is known of one key of the law: its kind, its value in law, the rules it steers, and a line for people. */
import type { StatutoryValue } from '../amounts/statutory.js';
import type { Text } from '../rulebook/sources.js';
import type { ValueKind } from './kinds.js';

export interface LawKey<T> {
  readonly kind: ValueKind<T>;
  /** Value in law, dated, with its source. Empty: there is no default. */
  readonly statutory: readonly StatutoryValue[];
  /** Rules that read this key. */
  readonly rules: readonly string[];
  readonly description: Text;
}

/** `nl` and `en`: one line each, what the key decides. */
export function lawKey<T>(
  kind: ValueKind<T>,
  statutory: readonly StatutoryValue[],
  rules: readonly string[],
  nl: string,
  en: string,
): LawKey<T> {
  return { kind, statutory, rules, description: { nl, en } };
}
