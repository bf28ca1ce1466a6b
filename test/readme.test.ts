/** The README says what the program says. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jobs } from '../jobs/index.js';
import { referenceTables, withReferenceTables } from '../src/inspect/reference.js';

const text = readFileSync('README.md', 'utf8');

describe('the README', () => {
  it('has a place for every reference table', () => {
    for (const name of Object.keys(referenceTables())) {
      expect(text).toContain(`<!-- begin ${name} -->`);
      expect(text).toContain(`<!-- end ${name} -->`);
    }
  });

  it('holds the reference tables as the program prints them (npm run readme)', () => {
    expect(withReferenceTables(text)).toBe(text);
    expect(text).toContain('| R-EFF-1 |');
    expect(text).toContain('| `a60.late_policy` |');
  });

  it('shows only commands that exist', () => {
    const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;
    const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1]!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const run = [...text.matchAll(/twe run ([a-z-]+)/g)].map((match) => match[1]!);
    expect(run.filter((name) => !jobs.some((job) => job.name === name))).toEqual([]);
  });
});
