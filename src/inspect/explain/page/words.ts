/** How the page writes months, amounts, runs of months and the fields of a record. */
import { parseDay, parseMonth } from '../../../calendar.js';
import { formatFor } from '../../../exports/page/format.js';
import { EVIDENCE_TEXT, OUTCOME_TEXT } from '../../../exports/workbook/texts.js';
import type { Cents } from '../../../money.js';
import type { ExplainedVersion } from '../explanation.js';
import { FIELD } from './texts.js';

const dutch = formatFor('nl');

export const { date, longDate } = dutch;

/** `€ 1.234,56`, on one line. */
export const euro = (cents: Cents): string => `€\u00a0${dutch.euro(cents)}`;

/** With its sign: `+ € 250,00`. */
export const signedEuro = (cents: Cents): string => `${cents < 0 ? '\u2212' : '+'}\u00a0${euro(Math.abs(cents))}`;

/** `mrt 2024` of `2024-03`. */
export const month = (text: string): string => dutch.month(parseMonth(text)!);

/** `mrt 2024` or `mrt 2024 tot dec 2024`. */
export const months = (first: string, last: string): string =>
  first === last ? month(first) : `${month(first)} tot ${month(last)}`;

export const outcome = (code: string): string => OUTCOME_TEXT[code]?.nl ?? code;
export const restsOn = (code: string): string => EVIDENCE_TEXT[code]?.nl ?? code;

/** The filled columns of a version: `begin 15/01/2024, einde 31/12/2024`. */
export function fieldsInWords({ fields }: ExplainedVersion): string {
  return Object.entries(fields)
    .map(([name, value]) => `${FIELD[name] ?? name} ${valueInWords(name, value)}`)
    .join(', ');
}

function valueInWords(name: string, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'ja' : 'nee';
  if (name.endsWith('cents')) return euro(Number(value));
  if (name === 'outcome') return outcome(String(value));
  const text = String(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseDay(text) !== undefined ? date(text) : text;
}
