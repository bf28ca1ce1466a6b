/** Amounts, dates and numbers as people write them in Belgian Dutch or English. */
import { formatDay, type Day, type Month } from '../../../calendar.js';
import type { Cents } from '../../../money.js';
import type { Lang } from '../../workbook/look.js';
import type { BatchJob, NotePayee } from '../note.js';
import { JOB_TEXT, MONTH_NAMES } from './texts.js';

const NO_BREAK = '\u00a0';
const SEPARATORS = { nl: { thousands: '.', decimals: ',' }, en: { thousands: ',', decimals: '.' } } as const;

/** `1.234,56`; negative with a minus. */
export function euro(cents: Cents, lang: Lang): string {
  const { thousands, decimals } = SEPARATORS[lang];
  const absolute = Math.abs(cents);
  const whole = String(Math.trunc(absolute / 100)).replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${cents < 0 ? '-' : ''}${whole}${decimals}${String(absolute % 100).padStart(2, '0')}`;
}

/** `€ 1.234,56` that is never broken over two lines. */
export function euroSign(cents: Cents, lang: Lang): string {
  return `€${NO_BREAK}${euro(cents, lang)}`;
}

/** A number of months, trajectories. */
export function count(value: number, lang: Lang): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, SEPARATORS[lang].thousands);
}

/** `15 april 2024`. */
export function longDate(value: Day, lang: Lang): string {
  const [year, month, day] = formatDay(value).split('-').map(Number);
  return [day, MONTH_NAMES[lang][month! - 1], year].join(NO_BREAK);
}

/** `apr 2024`. */
export function shortMonth(month: Month, lang: Lang): string {
  const name = MONTH_NAMES[lang][month % 12]!;
  // March is 'mrt' in Dutch, as in the workbooks.
  const short = name === 'maart' ? 'mrt' : name.slice(0, 3);
  return `${short}${NO_BREAK}${Math.floor(month / 12)}`;
}

/** `jan 2024 – mrt 2024`, or one month. */
export function monthSpan(first: Month, last: Month, lang: Lang): string {
  return first === last ? shortMonth(first, lang) : `${shortMonth(first, lang)} – ${shortMonth(last, lang)}`;
}

/** `1ste kwartaal 2024` of `2024-Q1`, `2024` of a year. */
export function periodInWords(period: string, lang: Lang): string {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (!quarter) return period;
  const [, year, number] = quarter;
  const ordinal =
    lang === 'nl' ? (number === '1' ? '1ste' : `${number}de`) : ['1st', '2nd', '3rd', '4th'][Number(number) - 1];
  return `${ordinal} ${lang === 'nl' ? 'kwartaal' : 'quarter'} ${year}`;
}

/** `kwartaalbetaling 1ste kwartaal 2024`. */
export function occasion({ job, period }: { readonly job: BatchJob; readonly period: string }, lang: Lang): string {
  return `${JOB_TEXT[job][lang].toLowerCase()} ${periodInWords(period, lang)}`;
}

/** `BE32 1234 5678 9002`. */
export function iban(value: string): string {
  return value.replace(/(.{4})(?=.)/g, `$1${NO_BREAK}`);
}

/** `0212.214.125`; anything else as it is. */
export function enterpriseNumber(value: string): string {
  return value.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1.$2.$3');
}

/** Its name, or its number when none is known. */
export function nameOf({ name, ocmwId }: NotePayee): string {
  return name === '' ? enterpriseNumber(ocmwId) : name;
}

/** With a capital at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
