/** What another law changes, parameter by parameter. Pure. */
import type { LawKeyName, LawOverrides } from '../../law/keys.js';
import { settlementKeys } from '../../law/keys/settlement.js';
import { parameterTable, type ParameterRow } from '../../law/parameters.js';
import type { Text } from '../../law/rulebook/sources.js';

/** A parameter with its present and its other value; both rows are about the same key. */
export interface ChangedParameter {
  readonly present: ParameterRow;
  readonly other: ParameterRow;
}

/** Parameters whose value differs, in the order of the rulebook. The key of a scheme brings the amounts it decides. */
export function changedParameters(present: LawOverrides, other: LawOverrides): readonly ChangedParameter[] {
  const others = parameterTable(other);
  return parameterTable(present)
    .map((row, index) => ({ present: row, other: others[index]! }))
    .filter((each) => asText(each.present) !== asText(each.other))
    .map((each) => ({ ...each, other: each.other.overridden ? { ...each.other, source: FROM_FILE } : each.other }));
}

/** What differs from the configuration and is no value in law can only come from the file. */
const FROM_FILE: Text = {
  nl: 'opgegeven in het bestand met de andere wet',
  en: 'given in the file with the other law',
};

/** A policy holds for all dates: only amounts are compared with the date from which they hold. */
function asText({ key, values }: ParameterRow): string {
  const isAmount = key.startsWith('amount.');
  return JSON.stringify(values.map(({ from, value }) => (isAmount ? [from, value] : value)));
}

/** `250.00 (from 2017-01-01), 260.00 (from 2026-01-01)`, a policy as it is; empty when there is no value. */
export function valuesText({ key, values }: ParameterRow, from: string): string {
  const isDated = key.startsWith('amount.');
  return values
    .map((each) => (isDated && each.from !== undefined ? `${each.value} (${from} ${each.from})` : each.value))
    .join(', ');
}

/**
 * Keys that say when and how is paid or claimed, not how much: no simulation shows them. Day and cut-off of a run do
 * matter where a category must be right at the cut-off of its quarter (`category.policy = FORFEIT`).
 */
export function isWithoutEffect(key: LawKeyName, forfeits: boolean): boolean {
  if (forfeits && (key === 'run.day' || key === 'run.cutoff')) return false;
  return Object.hasOwn(settlementKeys, key);
}
