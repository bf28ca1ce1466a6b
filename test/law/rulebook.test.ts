import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/law/codes.js';
import { isLawKey, LAW_KEY_NAMES, lawKeyOf } from '../../src/law/keys.js';
import {
  ALL_RULES,
  CONFIDENCE,
  GLOSSARY,
  OPEN_QUESTIONS,
  rule,
  RULEBOOK,
  SOURCES,
  type Text,
} from '../../src/law/rulebook/rulebook.js';

const IDS = ALL_RULES.map(({ id }) => id);

/** The numbered rules that people know, and how many there are of each. */
const FAMILIES: Record<string, number> = {
  'R-IN': 7,
  'R-LC': 12,
  'R-TR': 5,
  'R-M': 1,
  'R-EFF': 7,
  'R-C': 10,
  'R-C3': 6,
  'R-A': 5,
  'R-I': 8,
  'R-RES': 8,
  'R-P': 8,
  'R-Y': 6,
  'R-F': 10,
  'R-D': 4,
  'R-PAY': 5,
  'R-LATE': 1,
  'R-PEND': 1,
  'R-CAT': 1,
  'R-INC': 5,
  'R-MEAS': 18,
  'R-MON': 3,
  'R-INSP': 4,
  'R-ID': 9,
  'R-MV': 8,
  'R-K': 29,
};

describe('the rulebook', () => {
  it('has every rule of every family once, numbered from 1', () => {
    const expected = Object.entries(FAMILIES).flatMap(([family, count]) =>
      Array.from({ length: count }, (_, index) => `${family}-${index + 1}`),
    );
    expect([...IDS].sort()).toEqual([...expected, 'E-A60-BEFORE-WEO', 'E-WEO-OVERLAP'].sort());
  });

  it('has every section once', () => {
    const numbers = RULEBOOK.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it.each(IDS)('%s stands in two languages, with source and confidence', (id) => {
    const found = rule(id);
    expectBoth(found.text);
    expectBoth(found.source);
    expect(found.text.nl).not.toBe(found.text.en);
    expect(CONFIDENCE[found.confidence]).toBeDefined();
    for (const source of found.sources) expect(SOURCES[source]).toBeDefined();
    // Only our own choices and what was not found may stand without a source.
    if (found.sources.length === 0) expect(['INF', 'NF']).toContain(found.confidence);
  });

  it('knows every rule that may stand in the ledger', () => {
    for (const id of RULES) expect(rule(id).id).toBe(id);
  });

  it.each(LAW_KEY_NAMES)('the key %s names rules that exist', (key) => {
    expect(lawKeyOf(key).rules.length).toBeGreaterThan(0);
    for (const id of lawKeyOf(key).rules) expect(rule(id).keys).toContain(key);
    expectBoth(lawKeyOf(key).description);
  });

  it('refuses an id that is none', () => {
    expect(() => rule('R-X-1')).toThrow('the rulebook has no rule R-X-1');
  });

  it('asks VDAB finance twelve questions about keys that exist', () => {
    expect(OPEN_QUESTIONS.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    for (const { text, keys } of OPEN_QUESTIONS) {
      expectBoth(text);
      expect(keys.filter((key) => !isLawKey(key))).toEqual([]);
    }
  });

  it('has a glossary in order, each Dutch term once', () => {
    const terms = GLOSSARY.map(({ nl }) => nl);
    expect(terms).toEqual([...new Set(terms)].sort((a, b) => a.localeCompare(b, 'nl')));
    GLOSSARY.forEach(expectBoth);
  });

  it('points to public pages of authorities and to no file', () => {
    for (const { title, url } of Object.values<{ title: Text; url?: string }>(SOURCES)) {
      expectBoth(title);
      if (url !== undefined) expect(url).toMatch(/^https?:\/\/[a-z]/);
    }
    const everything = JSON.stringify([RULEBOOK, SOURCES, OPEN_QUESTIONS, GLOSSARY]);
    expect(everything).not.toMatch(/\.md\b|\.\.\/|shared\//);
  });
});

function expectBoth({ nl, en }: Text): void {
  expect(nl.trim()).not.toBe('');
  expect(en.trim()).not.toBe('');
}
