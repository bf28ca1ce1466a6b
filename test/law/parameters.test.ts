import { describe, expect, it } from 'vitest';
import { CHECKED_ON } from '../../src/law/amounts/statutory.js';
import { LAW_KEY_NAMES, type LawKeyName } from '../../src/law/keys.js';
import { parameterTable } from '../../src/law/parameters.js';
import { readLawOverrides } from '../../src/law/resolve.js';
import { LAW_KEY_CASES } from './law-key-cases.js';

describe('the parameter table', () => {
  it('has a row for every key, with its source and rules in words', () => {
    const rows = parameterTable();
    expect(rows.map((row) => row.key)).toEqual(LAW_KEY_NAMES);
    for (const row of rows) expect([row.key, row.overridden, row.ruleIds.length > 0]).toEqual([row.key, false, true]);
    expect(row('amount.EFF')).toMatchObject({
      values: [{ from: '2017-01-01', value: '250.00', cents: 25_000 }],
      confidence: 'OFF',
      checkedOn: CHECKED_ON,
    });
    expect(row('amount.ORD')).toMatchObject({ values: [], source: { nl: 'niet gevonden' }, confidence: 'NF' });
  });

  it('shows what the scheme gives the measurements', () => {
    const amounts = (scheme: string) =>
      ['amount.M1', 'amount.M2'].map((key) => row(key, { 'result.scheme': scheme }).values[0]?.value);
    expect(amounts('M1_300_M2_600')).toEqual(['300.00', '600.00']);
    expect(amounts('M1_600_M2_300')).toEqual(['600.00', '300.00']);
    expect(amounts('TRACK')).toEqual([undefined, '300 / 600']);
  });

  it.each(LAW_KEY_NAMES)('shows an override of %s as it was written', (key) => {
    for (const value of LAW_KEY_CASES[key].right) {
      const { values, overridden, confidence } = row(key, { [key]: value });
      expect([overridden, confidence]).toEqual([true, 'CONFIG']);
      expect(values.map((one) => one.value)).toEqual(writtenForms(key, value));
    }
  });
});

function row(key: string, overrides: unknown = {}) {
  return parameterTable(readLawOverrides(overrides).overrides).find((one) => one.key === key)!;
}

function writtenForms(key: LawKeyName, value: unknown): string[] {
  const inEuro = (number: unknown) => Number(number).toFixed(2);
  if (Array.isArray(value)) return value.map((item: { value: number }) => inEuro(item.value));
  if (key.startsWith('amount.') || key === 'clawback.threshold') return [inEuro(value)];
  if (value === null) return ['none'];
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}
