import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, day, formatDay } from '../../src/calendar.js';
import { CONTRACTS, PAYMENT_COMPONENTS, contractOf } from '../../src/feeds/contracts.js';
import { readHeader } from '../../src/feeds/header.js';
import * as kind from '../../src/feeds/kinds.js';
import { RowChecker } from '../../src/feeds/rows.js';
import { shownRow, shownValue } from '../../src/feeds/shown.js';
import { COMPONENTS } from '../../src/law/codes.js';
import { HAACHT, PERSON, header, insz } from './support.js';

/** Code and column of the first fault of a row given as CSV without quotes. */
function fault(file: string, row: string): string {
  const contract = contractOf(file)!;
  const positions = contract.columns.map((_, index) => index);
  const { fault } = new RowChecker(contract, positions, 2024).check(row.split(','));
  return fault === undefined ? 'accepted' : `${contract.columns[fault.at]?.name ?? ''} ${fault.code}: ${fault.text}`;
}

const weo = (start: string, end: string, rest = ',,2024-01-01T10:00:00+01:00,') =>
  fault('weo.csv', `W1,${HAACHT},${PERSON},${start},${end},${rest}`);
const employment = (weoId: string, employmentKind: string) =>
  fault('employment.csv', `E1,${PERSON},${weoId},,${employmentKind},,2024-02-01,,,,,,2024-01-01T10:00:00+01:00,`);

describe('values', () => {
  const read = (columnKind: kind.ColumnKind, text: string) => columnKind.read(text, 2024);

  it('takes days of the calendar from 1900 to 9999 and nothing else', () => {
    for (const good of ['1900-01-01', '2024-02-29', '2000-02-29', '9999-12-31'])
      expect(read(kind.date, good)).toBe(good);
    for (const bad of [
      '1899-12-31',
      '2023-02-29',
      '1900-02-29',
      '2024-02-31',
      '2024-13-01',
      '2024-00-10',
      '2024-01-00',
    ]) {
      expect(read(kind.date, bad)).toBeUndefined();
    }
    for (const bad of [
      '2024-1-01',
      '01/02/2024',
      '2024-01-01 ',
      ' 2024-01-01',
      '20240101',
      '2024-01-1x',
      '٢٠٢٤-01-01',
    ]) {
      expect(read(kind.date, bad)).toBeUndefined();
    }
  });

  it('agrees with the calendar on every day (any day of 8,000 years)', () => {
    fc.assert(
      fc.property(fc.integer({ min: day('1900-01-01'), max: day('9999-12-31') }), (value) => {
        expect(read(kind.date, formatDay(value))).toBe(formatDay(value));
        const beyond = `${formatDay(addMonths(value, 0)).slice(0, 8)}32`;
        expect(read(kind.date, beyond)).toBeUndefined();
      }),
    );
  });

  it('takes timestamps with an offset only', () => {
    for (const good of ['2024-04-16T10:00:00+02:00', '2024-04-16T10:00Z', '2024-04-16T23:59:59.123456-0500']) {
      expect(read(kind.timestamp, good)).toBe(good);
    }
    expect(read(kind.timestamp, '2024-04-16T23:59:59.999999999Z')).toBe('2024-04-16T23:59:59.999999Z');
    for (const bad of ['2024-04-16', '2024-04-16T10:00:00', '2024-04-16 10:00:00+02:00', '2024-04-16T24:00:00Z']) {
      expect(read(kind.timestamp, bad)).toBeUndefined();
    }
    for (const bad of [
      '2024-02-30T10:00:00Z',
      '2024-04-16T10:60:00Z',
      '2024-04-16T10:00:00+20:00',
      '9999-12-31T23:00:00Z',
    ]) {
      expect(read(kind.timestamp, bad)).toBeUndefined();
    }
  });

  it('stages amounts in cents and fractions in thousandths, half up', () => {
    expect(['1234.56', '-1234.5', '0', '007'].map((text) => read(kind.amount, text))).toEqual([
      '123456',
      '-123450',
      '0',
      '700',
    ]);
    for (const bad of ['1234,56', '1.234', '1 234.00', '+1', '1e3', '.5', '5.', '', '€5']) {
      expect(read(kind.amount, bad)).toBeUndefined();
    }
    const fractions = ['0', '1', '0.5', '1.00', '0.3335', '0.33349', '0.9995'];
    expect(fractions.map((text) => read(kind.fullTimeFraction, text))).toEqual([
      '0',
      '1000',
      '500',
      '1000',
      '334',
      '333',
      '1000',
    ]);
    for (const bad of ['1.01', '-0.5', '0,5', '50%', '2', '.5'])
      expect(read(kind.fullTimeFraction, bad)).toBeUndefined();
  });

  it('takes ids of up to 100 characters without control characters', () => {
    expect(read(kind.identifier, 'WEO/2024 №1')).toBe('WEO/2024 №1');
    expect(read(kind.identifier, 'a\\b')).toBe('a\\\\b');
    expect(read(kind.identifier, 'x'.repeat(101))).toBeUndefined();
    for (const bad of ['a\tb', 'a\nb', 'a\u0007b', 'a\u0085b']) expect(read(kind.identifier, bad)).toBeUndefined();
    expect(read(kind.prose, 'two\nlines\r\nand a\ttab')).toBe('two\\nlines\\r\\nand a\\ttab');
    expect(read(kind.prose, 'a lone \r')).toBeUndefined();
  });

  it('tries the birth year 20YY only when it is not after the year of the delivery', () => {
    // 2017-07-30, sample of rulebook 10.
    expect(kind.insz.read('17073003384', 2024)).toBe('17073003384');
    expect(kind.insz.read('17073003384', 2016)).toBeUndefined();
  });

  it('knows the same components as the law', () => {
    expect(PAYMENT_COMPONENTS).toEqual(COMPONENTS);
  });
});

describe('rows', () => {
  it('accepts a good row, an open end and a WEO of one day', () => {
    expect(weo('2024-01-10', '2024-12-31')).toBe('accepted');
    expect(weo('2024-01-10', '')).toBe('accepted');
    expect(weo('2024-01-10', '2024-01-10')).toBe('accepted');
  });

  it('names the first wrong column in the order of the contract', () => {
    expect(weo('', 'x')).toBe('start_date MISSING_VALUE: the value is missing');
    expect(weo('2024-02-31', 'x')).toBe('start_date INVALID_DATE: 2024-02-31 is not a date');
    expect(weo('2024-01-10', '2024-01-09', 'GONE,,x,')).toBe(
      'end_date END_BEFORE_START: 2024-01-09 lies before the start_date 2024-01-10',
    );
    expect(weo('2024-01-10', '', 'GONE,,x,')).toContain('end_reason INVALID_CHOICE: GONE is none of COMPLETED, ');
    expect(weo('2024-01-10', '', ',yes,,')).toBe('extended_for_rights INVALID_BOOLEAN: yes is not true or false');
    expect(weo('2024-01-10', '', ',,2024-01-01T10:00:00,')).toContain('registered_at INVALID_TIMESTAMP');
    expect(weo('2024-01-10', '', ',,2024-01-01T10:00:00Z,1')).toContain('withdrawn INVALID_BOOLEAN');
  });

  it('wants a WEO for ART60 and for no other kind', () => {
    expect(employment('W1', 'ART60')).toBe('accepted');
    expect(employment('', 'REGULAR')).toBe('accepted');
    expect(employment('', 'ART60')).toBe('weo_id WEO_MISSING: an ART60 employment must name its WEO');
    expect(employment('W1', 'REGULAR')).toBe('weo_id WEO_NOT_ALLOWED: an employment of kind REGULAR has no WEO');
    expect(employment('W1', 'HOBBY')).toContain('kind INVALID_CHOICE');
  });

  it('names the first missing column of a row that is too short, unless an earlier one is wrong', () => {
    expect(fault('weo.csv', `W1,${HAACHT},${PERSON}`)).toBe(
      'start_date WRONG_FIELD_COUNT: the row has 3 fields, the header 9',
    );
    expect(fault('weo.csv', `W1,${HAACHT},${PERSON},2024-01-10,,,,2024-01-01T10:00:00Z`)).toContain(
      'withdrawn WRONG_FIELD_COUNT',
    );
    expect(fault('weo.csv', `W1,123`)).toBe(
      'ocmw_id INVALID_ENTERPRISE_NUMBER: 123 is not an enterprise number (10 digits with its check digits)',
    );
  });

  it('names no column of a row that is too long', () => {
    expect(weo('2024-01-10', '', ',,2024-01-01T10:00:00Z,,extra')).toBe(
      ' WRONG_FIELD_COUNT: the row has 10 fields, the header 9',
    );
  });

  it('never shows a national number, not even a wrong one', () => {
    const wrong = '85073003329';
    expect(fault('weo.csv', `W1,${HAACHT},${wrong},,,,,,`)).toBe(
      'insz INVALID_INSZ: the value is not a national number (INSZ, 11 digits with its check digits)',
    );
    expect(fault('weo.csv', `W1,${PERSON},x,,,,,,`)).toContain('ocmw_id INVALID_ENTERPRISE_NUMBER: [INSZ] is not');
  });
});

describe('what is shown of a row', () => {
  const contract = contractOf('weo.csv')!;
  const positions = contract.columns.map((_, index) => index);

  it('is the row as it came, with the columns of national numbers masked whatever they hold', () => {
    const fields = ['W"1', HAACHT, '8507', '2024-01-10', '', '', '', 'x,y', ''];
    expect(shownRow(contract, positions, fields)).toBe(`"W""1",${HAACHT},[INSZ],2024-01-10,,,,"x,y",`);
  });

  it('masks numbers cut off or in the wrong place when the fields are shifted', () => {
    expect(shownRow(contract, positions, ['W1', '850730033', '2024-01-10'])).toBe('W1,[INSZ],[INSZ]');
    expect(shownRow(contract, positions, ['850730033', '', '', '2024-01-10'])).toBe('[INSZ],,,2024-01-10');
  });

  it('cuts what is long and makes control characters visible', () => {
    expect(shownValue('a\nb', false)).toBe('a\u{fffd}b');
    expect(shownValue('x'.repeat(100), false)).toBe(`${'x'.repeat(60)}...`);
    expect(shownRow(contract, positions, ['x'.repeat(5000)])).toHaveLength(2003);
  });

  it('holds no national number, wherever it stands (any text around it, with or without punctuation)', () => {
    const number = fc.integer({ min: 600101001, max: 991231997 }).map((first9) => insz(String(first9)));
    const written = number.chain((digits) =>
      fc.constantFrom(
        digits,
        `${digits.slice(0, 2)}.${digits.slice(2, 4)}.${digits.slice(4, 6)}-${digits.slice(6, 9)}.${digits.slice(9)}`,
      ),
    );
    const around = fc.stringMatching(/^[a-zA-Z ;:]*$/);
    fc.assert(
      fc.property(around, written, around, fc.nat(8), (before, value, after, at) => {
        const fields = Array.from({ length: 9 }, (_, index) => (index === at ? before + value + after : 'x'));
        const shown = shownRow(contract, positions, fields) + shownValue(before + value + after, false);
        expect(shown.replaceAll(/\D/g, '')).not.toContain(value.replaceAll(/\D/g, ''));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('headers', () => {
  const contract = contractOf('wage.csv')!;

  it('may stand in any order', () => {
    const names = header('wage').split(',').reverse();
    expect(readHeader(contract, names)).toEqual([5, 4, 3, 2, 1, 0]);
  });

  it('are refused when a column is missing, unknown or doubled, all of it in one sentence', () => {
    expect(readHeader(contract, ['wage_id', 'employment_id', 'month', 'gross_wage_cost', 'registered_at'])).toBe(
      'column "withdrawn" is missing',
    );
    expect(readHeader(contract, [...header('wage').split(','), '__proto__', 'month'])).toBe(
      'column "__proto__" is unknown (expected: wage_id, employment_id, month, gross_wage_cost, registered_at, withdrawn); ' +
        'column "month" is there twice',
    );
    expect(readHeader(contract, ['Wage_Id'])).toContain('columns "wage_id", "employment_id"');
  });

  it('are those of the contract for all ten files', () => {
    expect(CONTRACTS.map(({ file }) => file).sort()).toEqual([
      'budget.csv',
      'category.csv',
      'decision.csv',
      'employment.csv',
      'evaluation.csv',
      'ocmw.csv',
      'payment.csv',
      'replacement.csv',
      'wage.csv',
      'weo.csv',
    ]);
    expect(header('employment')).toBe(
      'employment_id,insz,weo_id,employer_id,kind,dimona_type,start_date,end_date,fte,social_economy,nova_prima_ref,' +
        'increased_requested,registered_at,withdrawn',
    );
  });
});
