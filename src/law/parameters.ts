/** The law in force as a table for people: the parameter sheets, `explain` and the documentation print from it. */
import { formatDay } from '../calendar.js';
import { formatEuro, type Cents } from '../money.js';
import { resultAmounts } from './amounts/result.js';
import type { StatutoryValue } from './amounts/statutory.js';
import type { DatedValue } from './dated.js';
import { EVER, isObject } from './keys/kinds.js';
import { LAW_KEY_NAMES, lawKeyOf, type LawKeyName, type LawOverrides, type LawValues } from './keys.js';
import { lawValues } from './resolve.js';
import { sourceText, type Confidence, type SourceKey, type Text } from './rulebook/sources.js';

export interface ParameterValue {
  /** `YYYY-MM-DD`; undefined when it holds for all dates. */
  readonly from: string | undefined;
  /** As it would stand in the configuration; amounts with two decimals. */
  readonly value: string;
  /** Of an amount. */
  readonly cents: Cents | undefined;
}

export interface ParameterRow {
  readonly key: LawKeyName;
  /** In order of date; empty when there is no value (`amount.ORD` that was not given). */
  readonly values: readonly ParameterValue[];
  readonly source: Text;
  /** CONFIG: given by the configuration. */
  readonly confidence: Confidence | 'CONFIG';
  /** Day on which the sources were last looked at; undefined for a value of the configuration. */
  readonly checkedOn: string | undefined;
  readonly overridden: boolean;
  readonly ruleIds: readonly string[];
  readonly description: Text;
}

const CONFIGURED: Text = { nl: 'opgegeven in de configuratie', en: 'given in the configuration' };

/** Every key of the law with its value in force and where that comes from. */
export function parameterTable(overrides: LawOverrides = {}): readonly ParameterRow[] {
  const values = lawValues(overrides);
  return LAW_KEY_NAMES.map((key) => parameterRow(key, values, key in overrides));
}

function parameterRow(key: LawKeyName, values: LawValues, overridden: boolean): ParameterRow {
  const { rules, description } = lawKeyOf(key);
  const about = { key, ruleIds: rules, description, overridden };
  if (overridden) {
    const shownValues = configuredValues(key, values);
    return { ...about, values: shownValues, source: CONFIGURED, confidence: 'CONFIG', checkedOn: undefined };
  }
  const statutory = statutoryOf(key, values['result.scheme']);
  const last = statutory.at(-1);
  const confidence = last?.confidence ?? 'NF';
  return {
    ...about,
    values: statutory.map(({ from, value }) => statutoryValue(key, from, value)),
    source: sourceText(sourcesOf(statutory), confidence),
    confidence,
    checkedOn: last?.checkedOn,
  };
}

/** The values in law; those of M1 and M2 are what the scheme gives them. */
function statutoryOf(key: LawKeyName, scheme: LawValues['result.scheme']): readonly StatutoryValue[] {
  const { lower, higher } = resultAmounts;
  if (key !== 'amount.M1' && key !== 'amount.M2') return lawKeyOf(key).statutory;
  if (scheme === 'TRACK') {
    if (key === 'amount.M1') return [];
    return lower.map((value, index) => ({ ...value, value: `${value.value} / ${higher[index]?.value ?? ''}` }));
  }
  return (scheme === 'M1_300_M2_600') === (key === 'amount.M1') ? lower : higher;
}

function sourcesOf(statutory: readonly StatutoryValue[]): readonly SourceKey[] {
  return [...new Set(statutory.flatMap(({ sources }) => sources))];
}

function statutoryValue(key: LawKeyName, from: string, value: unknown): ParameterValue {
  if (key.startsWith('amount.') && typeof value === 'number') return amountValue(from, Math.round(value * 100));
  return { from, value: asText(value), cents: undefined };
}

function configuredValues(key: LawKeyName, values: LawValues): readonly ParameterValue[] {
  const value: unknown = values[key];
  if (key.startsWith('amount.')) {
    return (value as readonly DatedValue[]).map(({ from, cents }) =>
      amountValue(from === EVER ? undefined : formatDay(from), cents),
    );
  }
  return [{ from: undefined, value: configuredText(key, values), cents: undefined }];
}

/** A checked value back in the form of the configuration. */
function configuredText(key: LawKeyName, values: LawValues): string {
  const value: unknown = values[key];
  if (key === 'c3.valid_from') return formatDay(values[key]);
  if (key === 'pos.min_fte') return String(values[key] / 1000);
  if (key === 'clawback.threshold') return formatEuro(values[key]);
  if (key === 'year.cutoff') {
    const { month, day } = values[key];
    return `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  }
  return value === undefined ? 'none' : asText(value);
}

function amountValue(from: string | undefined, cents: Cents): ParameterValue {
  return { from, value: formatEuro(cents), cents };
}

function asText(value: unknown): string {
  return isObject(value) ? JSON.stringify(value) : String(value);
}
