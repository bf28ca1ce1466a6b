/**
 * Every key of the law: one table that drives validation, the parameter sheets and the documentation. The values in
 * law stand in `amounts/`, with date and source.
 */
import { allowanceKeys } from './keys/allowances.js';
import type { LawKey } from './keys/law-key.js';
import type { LedgerMap, Read } from './keys/kinds.js';
import { outflowKeys } from './keys/outflow.js';
import { paymentKeys } from './keys/payments.js';
import { settlementKeys } from './keys/settlement.js';

export type { LedgerMap, LedgerPosting } from './keys/kinds.js';

export const LAW_KEYS = { ...paymentKeys, ...outflowKeys, ...allowanceKeys, ...settlementKeys };

export type LawKeyName = keyof typeof LAW_KEYS;

type ValueOf<K extends LawKeyName> = (typeof LAW_KEYS)[K] extends LawKey<infer T> ? T : never;

/** Keys that have no value in law: they are only there when the configuration gives them. */
type KeyWithoutDefault = 'amount.M1' | 'amount.M2' | 'amount.ORD' | 'amount.INC' | 'ledger.map';

/** The value of every key, read and checked. */
export type LawValues = {
  readonly [K in LawKeyName]: ValueOf<K> | (K extends KeyWithoutDefault ? undefined : never);
};

/** The keys that the configuration gives, read and checked. */
export type LawOverrides = { readonly [K in LawKeyName]?: ValueOf<K> };

export const LAW_KEY_NAMES = Object.keys(LAW_KEYS) as LawKeyName[];

/** Whether a text is a key of the law. */
export function isLawKey(key: string): key is LawKeyName {
  return Object.hasOwn(LAW_KEYS, key);
}

/** What is known of a key, without the type of its value. */
export function lawKeyOf(key: LawKeyName): LawKey<unknown> {
  return LAW_KEYS[key];
}

/** Reads the JSON value of a key. */
export function readLawKey(key: LawKeyName, json: unknown): Read<unknown> {
  return lawKeyOf(key).kind.read(json);
}

/** The posting of each component in the ledger of an OCMW, empty when the configuration gives none. */
export const NO_LEDGER_MAP: LedgerMap = {};
