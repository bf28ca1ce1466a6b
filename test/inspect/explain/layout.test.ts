import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { under, WIDTH, withAmount } from '../../../src/inspect/explain/text/layout.js';

describe('lines for the terminal', () => {
  it('stay within 100 columns and lose no word', () => {
    const word = fc.string({ minLength: 1, maxLength: 130 }).filter((text) => !/\s/.test(text));
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 40 }), (head, words) => {
        const lines = under(head.slice(0, 90), words.join(' '));
        expect(lines.every((line) => line.length <= WIDTH)).toBe(true);
        expect(lines.join('').replaceAll(' ', '')).toBe(`${head.slice(0, 90)}${words.join('')}`);
      }),
    );
  });

  it('put further lines under the first word', () => {
    expect(under('  rule  ', 'a '.repeat(60).trim())).toEqual([
      `  rule  ${'a '.repeat(46).trim()}`,
      `        ${'a '.repeat(14).trim()}`,
    ]);
  });

  it('put amounts at the right edge', () => {
    expect(withAmount('Total due', 495_000)).toBe(`Total due${' '.repeat(84)}4950.00`);
  });
});
