/**
 * How the values of a feed look. A kind reads a filled field and gives the form in which it is staged (the text format
 * of COPY), or undefined when the field is not of that kind. Runs for every field of every row: no exceptions, no
 * objects.
 */
import { copyField } from '../db/copy.js';
import { isValidBelgianIban, isValidEnterpriseNumber, isValidInsz, normaliseIban } from '../identifiers.js';
import { parseEuro } from '../money.js';

export interface ColumnKind {
  /** Type of the column in the staging table. */
  readonly type: string;
  /** Stable code of the fault. */
  readonly code: string;
  /** What is said of a value that is not of this kind: `2024-02-31` + `is not a date`. */
  readonly fault: string;
  /** The value is a national number and is never shown. */
  readonly hidden?: true;
  /** Staged form of a filled field, undefined when malformed. `referenceYear` is the year of the delivery. */
  read(text: string, referenceYear: number): string | undefined;
}

const TEXT = 'text collate "C"';
const FIRST_YEAR = 1900;
const ID_LENGTH = 100;
const TEXT_LENGTH = 2_000;

/** C0 and C1 controls, DEL, and two that no XML (so no workbook) may hold. */

const CONTROL = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;
/** The same without tab and line end, which prose may hold. */

const CONTROL_IN_PROSE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\r(?!\n)/;
const TIME_AND_OFFSET = /^T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-5])(?::?[0-5]\d)?)$/;
const FRACTION_BELOW_MICROSECONDS = /(\.\d{6})\d+/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Value of two digits, NaN when they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** Whether the text begins with `YYYY-MM` of 1900 or later. */
function beginsWithMonth(text: string): boolean {
  const month = twoDigits(text, 5);
  return (
    twoDigits(text, 0) * 100 + twoDigits(text, 2) >= FIRST_YEAR &&
    text.charCodeAt(4) === 45 &&
    month >= 1 &&
    month <= 12
  );
}

/** Whether the text begins with a day of the calendar from 1900-01-01 to 9999-12-31. */
function beginsWithDay(text: string): boolean {
  if (!beginsWithMonth(text) || text.charCodeAt(7) !== 45) return false;
  const day = twoDigits(text, 8);
  if (!(day >= 1)) return false;
  if (day <= 28) return true;
  const month = twoDigits(text, 5);
  if (month !== 2) return day <= DAYS_IN_MONTH[month - 1]!;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  return day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export const identifier: ColumnKind = {
  type: TEXT,
  code: 'INVALID_TEXT',
  fault: `holds a control character or is longer than ${ID_LENGTH} characters`,
  read: (text) => (text.length > ID_LENGTH || CONTROL.test(text) ? undefined : copyField(text)),
};

/** Free text for people: may run over several lines. */
export const prose: ColumnKind = {
  type: TEXT,
  code: 'INVALID_TEXT',
  fault: `holds a control character or is longer than ${TEXT_LENGTH} characters`,
  read: (text) => (text.length > TEXT_LENGTH || CONTROL_IN_PROSE.test(text) ? undefined : copyField(text)),
};

/** Rulebook 10: 11 digits with check digits. */
export const insz: ColumnKind = {
  type: 'char(11) collate "C"',
  code: 'INVALID_INSZ',
  fault: 'the value is not a national number (INSZ, 11 digits with its check digits)',
  hidden: true,
  read: (text, referenceYear) => (isValidInsz(text, referenceYear) ? text : undefined),
};

export const enterpriseNumber: ColumnKind = {
  type: TEXT,
  code: 'INVALID_ENTERPRISE_NUMBER',
  fault: 'is not an enterprise number (10 digits with its check digits)',
  read: (text) => (isValidEnterpriseNumber(text) ? text : undefined),
};

export const nisCode: ColumnKind = {
  type: TEXT,
  code: 'INVALID_NIS_CODE',
  fault: 'is not a NIS code (5 digits)',
  read: (text) => (/^\d{5}$/.test(text) ? text : undefined),
};

/** Spaces are tolerated; stored without. */
export const iban: ColumnKind = {
  type: TEXT,
  code: 'INVALID_IBAN',
  fault: 'is not a Belgian IBAN (BE and 14 digits with their check digits)',
  read: (text) => (isValidBelgianIban(text) ? normaliseIban(text) : undefined),
};

export const date: ColumnKind = {
  type: 'date',
  code: 'INVALID_DATE',
  fault: 'is not a date',
  read: (text) => (text.length === 10 && beginsWithDay(text) ? text : undefined),
};

/** ISO 8601 with offset. The last day of the calendar is left out: with its offset it can lie beyond 9999. */
export const timestamp: ColumnKind = {
  type: 'timestamptz',
  code: 'INVALID_TIMESTAMP',
  fault: 'is not a timestamp with offset (2024-04-16T10:00:00+02:00)',
  read(text) {
    if (text.length > 40 || !beginsWithDay(text) || text.startsWith('9999-12-31')) return undefined;
    const time = text.slice(10);
    if (!TIME_AND_OFFSET.test(time)) return undefined;
    // Cut, not rounded: a rounded last microsecond would be the next day.
    return text.length > 26 ? text.replace(FRACTION_BELOW_MICROSECONDS, '$1') : text;
  },
};

/** Staged as the first day of the month. */
export const month: ColumnKind = {
  type: 'date',
  code: 'INVALID_MONTH',
  fault: 'is not a month (YYYY-MM)',
  read: (text) => (text.length === 7 && beginsWithMonth(text) ? `${text}-01` : undefined),
};

/** Staged in cents. */
export const amount: ColumnKind = {
  type: 'bigint',
  code: 'INVALID_AMOUNT',
  fault: 'is not an amount (a point and at most two decimals, 1234.56)',
  read(text) {
    const cents = parseEuro(text);
    return cents === undefined ? undefined : String(cents);
  },
};

/** A fraction of full time, 0 to 1; staged in thousandths, half up. */
export const fullTimeFraction: ColumnKind = {
  type: 'integer',
  code: 'INVALID_FTE',
  fault: 'is not a fraction of full time (0 to 1, with a point)',
  read(text) {
    const match = /^(?:0(?:\.(\d{1,9}))?|1(?:\.0{1,9})?)$/.exec(text);
    if (!match) return undefined;
    if (text.startsWith('1')) return '1000';
    const decimals = (match[1] ?? '').padEnd(4, '0');
    return String(Number(decimals.slice(0, 3)) + (decimals.charCodeAt(3) >= 53 ? 1 : 0));
  },
};

export const year: ColumnKind = {
  type: 'integer',
  code: 'INVALID_YEAR',
  fault: 'is not a year (4 digits)',
  read: (text) => (/^\d{4}$/.test(text) && Number(text) >= FIRST_YEAR ? text : undefined),
};

/** VDAB category: two digits. */
export const categoryCode: ColumnKind = {
  type: TEXT,
  code: 'INVALID_CATEGORY',
  fault: 'is not a category (2 digits)',
  read: (text) => (/^\d{2}$/.test(text) ? text : undefined),
};

export const boolean: ColumnKind = {
  type: 'boolean',
  code: 'INVALID_BOOLEAN',
  fault: 'is not true or false',
  read: (text) => (text === 'true' ? 't' : text === 'false' ? 'f' : undefined),
};

/** One of a fixed list. */
export function choice(values: readonly string[], type = TEXT): ColumnKind {
  const known = new Set(values);
  return {
    type,
    code: 'INVALID_CHOICE',
    fault: `is none of ${values.join(', ')}`,
    read: (text) => (known.has(text) ? text : undefined),
  };
}
