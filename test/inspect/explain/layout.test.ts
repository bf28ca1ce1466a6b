import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Page } from '../../../src/inspect/explain/text/layout.js';

const wide = new Page(100);

describe('lines for the terminal', () => {
  it('stay within the page and lose no word', () => {
    const word = fc.string({ minLength: 1, maxLength: 130 }).filter((text) => !/\s/.test(text));
    const column = fc.option(fc.nat({ max: 60 }), { nil: undefined });
    fc.assert(
      fc.property(
        word,
        fc.array(word, { maxLength: 40 }),
        fc.integer({ min: 1, max: 300 }),
        column,
        (head, words, columns, at) => {
          const page = new Page(columns);
          const lines = page.under(head, words.join(' '), at);
          expect(lines.every((line) => line.length <= page.width)).toBe(true);
          expect(lines.join('').replaceAll(' ', '')).toBe(`${head}${words.join('')}`);
        },
      ),
    );
  });

  it.each([
    [40, 72],
    [72, 72],
    [80, 80],
    [100, 100],
    [220, 100],
  ])('a terminal of %d columns gets a page of %d', (columns, width) => {
    expect(new Page(columns).width).toBe(width);
  });

  it('put further lines under the first word', () => {
    expect(wide.under('  rule  ', 'a '.repeat(60).trim())).toEqual([
      `  rule  ${'a '.repeat(46).trim()}`,
      `        ${'a '.repeat(14).trim()}`,
    ]);
  });

  it('a head that is longer than its column pushes nothing: it gets a line of its own', () => {
    expect(wide.under('X1', 'is known', 6)).toEqual(['X1    is known']);
    expect(wide.under('X1234567', 'is known', 6)).toEqual(['X1234567', '      is known']);
  });

  it('put amounts at the right edge', () => {
    expect(wide.withAmount('Due by VDAB', 495_000)).toBe(`Due by VDAB${' '.repeat(82)}4950.00`);
    expect(new Page(72).withAmount('Due by VDAB', 495_000)).toHaveLength(72);
  });
});
