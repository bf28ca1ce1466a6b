/**
 * How values of a feed are shown to people: short, on one line, and without a national number, also when it is
 * mistyped or stands in the wrong column.
 */
import { maskInszIn } from '../identifiers.js';
import type { RecordContract } from './contracts.js';

const MASK = '[INSZ]';
const UNREAD = '...';
const SHOWN_VALUE = 60;
const SHOWN_ROW = 2_000;
/**
 * In a row whose fields are shifted a national number can stand anywhere, and cut off: nine digits in a row, with at
 * most one blank or punctuation mark between two, are taken for one.
 */
const LONG_NUMBER = /\d(?:[ ./-]?\d){8,}/g;

const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** A value for a sentence. `shifted`: the row has the wrong number of fields. */
export function shownValue(text: string, shifted: boolean): string {
  const masked = maskedText(text, shifted).replaceAll(UNPRINTABLE, '\u{fffd}');
  return masked.length > SHOWN_VALUE ? `${masked.slice(0, SHOWN_VALUE)}...` : masked;
}

/**
 * A row as it came, as CSV, cut at 2,000 characters. The columns of national numbers are masked whatever they hold; of what
 * a source sends besides (names, addresses) nothing is kept.
 * `positions`: place of each column of the contract in the file; `width`: fields of its header.
 */
export function shownRow(
  contract: RecordContract,
  positions: readonly number[],
  fields: readonly string[],
  width = positions.length,
): string {
  const shifted = fields.length !== width;
  const hidden = new Set<number>();
  contract.columns.forEach((column, index) => {
    if (column.kind.hidden) hidden.add(positions[index]!);
  });
  const read = new Set(positions);
  const cells = fields.map((field, index) => {
    if (field === '' || (!shifted && !read.has(index))) return field === '' ? '' : UNREAD;
    return quoted(hidden.has(index) ? MASK : maskedText(field, shifted));
  });
  const row = cells.join(',');
  return row.length > SHOWN_ROW ? `${row.slice(0, SHOWN_ROW)}...` : row;
}

function maskedText(text: string, shifted: boolean): string {
  const masked = maskInszIn(text);
  return shifted ? masked.replaceAll(LONG_NUMBER, MASK) : masked;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
