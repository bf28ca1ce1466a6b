/** The pure parts of a simulation: months, the file with the other law, which parameters change. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatMonth } from '../../src/calendar.js';
import { readLawOverrides } from '../../src/law/resolve.js';
import { changedParameters, valuesText } from '../../src/settlement/simulation/changed-parameters.js';
import { readLawFile } from '../../src/settlement/simulation/law-file.js';
import { readMonths } from '../../src/settlement/simulation/period.js';

function months(from: string, to?: string): string {
  const { first, last } = readMonths(from, to);
  return `${formatMonth(first)} ${formatMonth(last)}`;
}

describe('the months of a simulation', () => {
  it('are a month, a quarter or a year, alone or as a start and an end', () => {
    expect(months('2024-02')).toBe('2024-02 2024-02');
    expect(months('2024-Q1')).toBe('2024-01 2024-03');
    expect(months('2024')).toBe('2024-01 2024-12');
    expect(months('2023-11', '2024-Q1')).toBe('2023-11 2024-03');
    expect(months('2024-Q4', '2024-10')).toBe('2024-10 2024-10');
  });

  it('that are none, or end before they start, are refused with exit 2', () => {
    for (const text of ['2024-13', '2024-Q5', '24', '2024-1', 'Q1', '', '2024-01-01']) {
      expect(() => readMonths(text, undefined), text).toThrow(/is no month, quarter or year/);
    }
    expect(() => readMonths('2024', 'never')).toThrow('--to never is no month');
    expect(() => readMonths('2024-04', '2024-03')).toThrow('--from 2024-04 lies after --to 2024-03');
  });
});

describe('the file with the other law', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'twe-law-file-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (text: string): string => {
    const path = join(folder, 'law.json');
    writeFileSync(path, text);
    return path;
  };

  it('holds keys of the law, also behind a byte order mark', () => {
    expect(readLawFile(file('\uFEFF{"run.day": 20, "pos.student": true}'))).toEqual({
      'run.day': 20,
      'pos.student': true,
    });
    expect(readLawFile(file('{}'))).toEqual({});
  });

  it('tells all its faults together, with the keys as they stand in it', () => {
    const path = file('{"amount.EFF": -1, "amount.EF": 250, "a60.late_policy": "NEVER", "out": "x"}');
    expect(() => readLawFile(path)).toThrow(
      [
        `Wrong law in ${path}; nothing was simulated.`,
        'amount.EFF: -1 is not allowed. Write euro as a number from 0 to 1000000 with at most two decimals, or a dated list [{"from": "2017-01-01", "value": 250}, ...].',
        'amount.EF: unknown key. Did you mean amount.EFF?',
        'a60.late_policy: "NEVER" is not allowed. Write one of "FORFEIT_ALL", "PAY_FROM_START", "EFF_ONLY".',
        'out: unknown key. Remove it; the README lists the keys of the law.',
      ].join('\n'),
    );
  });

  it('that is missing, a folder, no JSON, no object or a whole configuration is refused with one sentence', () => {
    const advice = 'Correct it, or name another one with --law.';
    const missing = join(folder, 'none.json');
    expect(() => readLawFile(missing)).toThrow(`The law file ${missing} does not exist. ${advice}`);
    expect(() => readLawFile(folder)).toThrow(`The law file ${folder} cannot be read (EISDIR). ${advice}`);
    expect(() => readLawFile(file('{"run.day": 20'))).toThrow(/law\.json is not valid JSON: .*\. Correct it/);
    expect(() => readLawFile(file('[250]'))).toThrow('must hold one JSON object with keys of the law');
    expect(() => readLawFile(file('{"law": {"run.day": 20}}'))).toThrow('has its keys inside "law"');
  });
});

describe('changed parameters', () => {
  const read = (json: Record<string, unknown>) => readLawOverrides(json).overrides;
  const changes = (present: Record<string, unknown>, other: Record<string, unknown>) =>
    changedParameters(read(present), read(other)).map(
      (each) => `${each.present.key}: ${valuesText(each.present, 'from')} -> ${valuesText(each.other, 'from')}`,
    );

  it('are those whose value differs, whether it stands in law or in the configuration', () => {
    expect(changes({}, { 'a60.late_policy': 'FORFEIT_ALL', 'pos.student': false })).toEqual([]);
    expect(changes({ 'amount.ORD': 1000 }, { 'amount.ORD': 1100, 'c3.max_months': 'none' })).toEqual([
      'amount.ORD: 1000.00 -> 1100.00',
    ]);
    expect(changes({ 'pos.student': true }, { 'pos.student': false, 'amount.C2': 50 })).toEqual([
      'amount.C2: 45.00 (from 2017-01-01) -> 50.00',
      'pos.student: true -> false',
    ]);
  });

  it('name the file as the source of what it gives', () => {
    const [change] = changedParameters({}, read({ 'amount.C2': 50 }));
    expect(change!.other.source.en).toBe('given in the file with the other law');
    expect(change!.present.source.en).toContain('VDAB');
  });
});
