import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isValidBelgianIban,
  isValidEnterpriseNumber,
  isValidInsz,
  isValidStructuredCommunication,
  maskInszIn,
  normaliseIban,
  normaliseStructuredCommunication,
  structuredCommunication,
} from '../src/identifiers.js';

const THIS_YEAR = 2026;
const bare = (written: string) => written.replaceAll(/[ .-]/g, '');
const RUNS = { numRuns: 2000 };

describe('identifier table (section J)', () => {
  it.each([
    ['85.07.30-033.28', true, 'remainder of 850730033'],
    ['17.07.30-033.84', true, 'born 2017, prefix 2'],
    ['76.04.08-123.97', true, 'remainder 0 gives 97'],
    ['98.47.28-997.65', true, 'BIS, sex known'],
    ['01.49.07-001.85', true, 'BIS, born 2001'],
    ['123.456.789.01', false, 'check fails'],
  ])('national number %s: %s (%s)', (written, valid) => {
    expect(isValidInsz(bare(written), THIS_YEAR)).toBe(valid);
  });

  it.each([
    ['0212.214.917', true],
    ['0212.214.971', false],
  ])('enterprise number %s: %s', (written, valid) => {
    expect(isValidEnterpriseNumber(bare(written))).toBe(valid);
  });

  it.each([
    ['BE32 1234 5678 9002', true],
    ['BE41 0918 1173 5141', false],
  ])('IBAN %s: %s', (written, valid) => {
    expect(isValidBelgianIban(written)).toBe(valid);
  });

  it.each(['+++010/8068/17183+++', '+++000/0000/09797+++', '010/8068/17183', '***010/8068/17183***'])(
    'structured communication %s is valid',
    (written) => expect(isValidStructuredCommunication(written)).toBe(true),
  );
});

describe('national number', () => {
  it('does not try the year 2000 while it lies in the future', () => {
    expect(isValidInsz('17073003384', 2016)).toBe(false);
    expect(isValidInsz('17073003384', 2017)).toBe(true);
  });

  it.each([
    [12, true],
    [13, false],
    [19, false],
    [20, true],
    [32, true],
    [33, false],
    [39, false],
    [40, true],
    [52, true],
    [53, false],
  ])('month %i occurs: %s', (month, occurs) => {
    expect(isValidInsz(withCheck(`85${String(month)}30033`), THIS_YEAR)).toBe(occurs);
  });

  it('accepts an unknown month and day, and refuses day 32', () => {
    expect(isValidInsz(withCheck('850000033'), THIS_YEAR)).toBe(true);
    expect(isValidInsz(withCheck('850731033'), THIS_YEAR)).toBe(true);
    expect(isValidInsz(withCheck('850732033'), THIS_YEAR)).toBe(false);
  });

  it('reads eleven bare digits and nothing else', () => {
    for (const text of ['85.07.30-033.28', '8507300332', '850730033281', ' 85073003328', '8507300332a', '']) {
      expect(isValidInsz(text, THIS_YEAR)).toBe(false);
    }
  });

  it('notices every single wrong digit within a century', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const digits = [...'85073003328'];
        digits[place] = String((Number(digits[place]) + shift) % 10);
        // Reference year 1985: only the check of 1900 is tried.
        return !isValidInsz(digits.join(''), 1985);
      }),
      RUNS,
    );
  });
});

describe('enterprise number', () => {
  it('starts with 0 or 1 and has ten digits', () => {
    expect(isValidEnterpriseNumber('2000000070')).toBe(false);
    expect(isValidEnterpriseNumber('212214917')).toBe(false);
    expect(isValidEnterpriseNumber('0212.214.917')).toBe(false);
    expect(isValidEnterpriseNumber('1000000035')).toBe(97 - (10000000 % 97) === 35);
  });

  it('writes remainder 0 as 97', () => {
    expect(isValidEnterpriseNumber('0000009797')).toBe(true);
  });
});

describe('IBAN', () => {
  it('is stored without spaces and in capitals', () => {
    expect(normaliseIban(' be32 1234 5678\u00a09002 ')).toBe('BE32123456789002');
  });

  it.each(['NL91ABNA0417164300', 'BE3212345678900', 'BE33123456789002', ''])('refuses %s', (text) => {
    expect(isValidBelgianIban(text)).toBe(false);
  });

  it('holds for every account with both checks computed, and for no other check digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (base) => {
        const digits = String(base).padStart(10, '0');
        const account = digits + String(base % 97 || 97).padStart(2, '0');
        const check = String(98n - (BigInt(`${account}111400`) % 97n)).padStart(2, '0');
        const other = String((Number(check) % 96) + 2).padStart(2, '0');
        return isValidBelgianIban(`BE${check}${account}`) && !isValidBelgianIban(`BE${other}${account}`);
      }),
      RUNS,
    );
  });
});

describe('structured communication', () => {
  it('makes the references of the netting example (X42)', () => {
    expect(structuredCommunication('2025000017')).toBe('+++202/5000/01781+++');
    expect(structuredCommunication('2025000018')).toBe('+++202/5000/01882+++');
  });

  it('refuses a base of other than ten digits', () => {
    expect(() => structuredCommunication('17')).toThrow(RangeError);
    expect(() => structuredCommunication('20250000170')).toThrow(RangeError);
  });

  it('is read back from every way of writing it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (base) => {
        const reference = structuredCommunication(String(base).padStart(10, '0'));
        const digits = reference.replaceAll(/\D/g, '');
        expect(digits).toHaveLength(12);
        for (const form of [reference, digits, reference.replaceAll('+', '*'), reference.replaceAll('/', ' / ')]) {
          expect(normaliseStructuredCommunication(form)).toBe(reference);
        }
      }),
      RUNS,
    );
  });

  it.each(['+++010/8068/17184+++', '+++010/8068/17183', '+++010/8068/17183***', 'RF18539007547034', ''])(
    'refuses %s',
    (text) => expect(isValidStructuredCommunication(text)).toBe(false),
  );
});

describe('masking', () => {
  it.each([
    ['W1,0212214917,85073003328,2024-01-05', 'W1,0212214917,[INSZ],2024-01-05'],
    ['85.07.30-033.28', '[INSZ]'],
    ['850730 033 28', '[INSZ]'],
    ['850730-033-28 and 123.456.789.01', '[INSZ] and [INSZ]'],
    ['2024-01-05 85.07.30-033.28 2024-01-06', '2024-01-05 [INSZ] 2024-01-06'],
    ['one digit too many: 850730033281', 'one digit too many: [INSZ]'],
    ['weo W85073003328x', 'weo W[INSZ]x'],
  ])('%s becomes %s', (text, masked) => expect(maskInszIn(text)).toBe(masked));

  it.each([
    'OCMW 0212.214.917 (0212214917)',
    'BE32 1234 5678 9002 and BE32123456789002',
    '+++202/5000/01781+++',
    'delivery 2024-04-16.2, registered 2024-04-16T08:30:00+02:00',
    'a'.repeat(20) + '12345678901' + 'b'.repeat(33),
    '-12345.67 euro',
  ])('leaves %s as it is', (text) => expect(maskInszIn(text)).toBe(text));

  it('leaves no eleven digits in a row, whatever stands around them', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.integer({ min: 0, max: 99_999_999_999 }),
        fc.string({ maxLength: 20 }),
        (before, number, after) => {
          const insz = String(number).padStart(11, '0');
          const masked = maskInszIn(`${before},${insz},${after}`);
          return !masked.includes(insz);
        },
      ),
      RUNS,
    );
  });
});

/** Nine digits with the check of 1900. */
function withCheck(first9: string): string {
  return first9 + String(97 - (Number(first9) % 97)).padStart(2, '0');
}
