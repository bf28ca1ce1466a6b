/** How numbers, amounts and dates are written for people, in Belgian Dutch or English; the same on every computer. */
import { monthOf, parseDay, yearOf, type Month } from '../../calendar.js';
import type { Cents } from '../../money.js';
import type { Lang } from '../workbook/look.js';
import { MONTH_TEXT } from '../workbook/texts.js';
import { TEXT, WEEKDAYS, LONG_MONTHS } from './texts.js';

export interface Format {
  readonly lang: Lang;
  readonly count: (value: number) => string;
  /** `1.234,56`. */
  readonly euro: (cents: Cents) => string;
  /** `€ 1.235`, rounded to the euro: for axes and running text, never in a table. */
  readonly roundEuro: (cents: Cents) => string;
  /** `28,8 %` of a share between 0 and 1. */
  readonly percent: (share: number) => string;
  /** `16/04/2024` of `2024-04-16`. */
  readonly date: (date: string) => string;
  /** `dinsdag 16 april 2024`. */
  readonly longDate: (date: string) => string;
  /** `apr 2024`. */
  readonly month: (month: Month) => string;
  /** `2024 K2` of year * 4 + 1. */
  readonly quarter: (quarter: number) => string;
}

const SEPARATORS = { nl: { thousands: '.', decimal: ',' }, en: { thousands: ',', decimal: '.' } } as const;
const MINUS = '\u2212';
const DAYS_IN_WEEK = 7;
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 4;

export function formatFor(lang: Lang): Format {
  const { thousands, decimal } = SEPARATORS[lang];
  const grouped = (digits: number) => String(digits).replaceAll(/\B(?=(\d{3})+$)/g, thousands);
  const signed = (value: number, text: string) => (value < 0 ? `${MINUS}${text}` : text);
  const count = (value: number) => signed(value, grouped(Math.abs(value)));
  return {
    lang,
    count,
    euro: (cents) => {
      const size = Math.abs(cents);
      return signed(cents, `${grouped(Math.trunc(size / 100))}${decimal}${String(size % 100).padStart(2, '0')}`);
    },
    roundEuro: (cents) => signed(Math.round(cents / 100), `€ ${grouped(Math.abs(Math.round(cents / 100)))}`),
    percent: (share) => {
      const permille = Math.round(share * 1000);
      const unit = lang === 'nl' ? '\u00a0%' : '%';
      return signed(permille, `${Math.trunc(Math.abs(permille) / 10)}${decimal}${Math.abs(permille) % 10}${unit}`);
    },
    date: (date) => date.split('-').reverse().join('/'),
    longDate: (date) => longDate(date, lang),
    month: (month) => `${MONTH_TEXT[month % 12]![lang]} ${yearOf(month)}`,
    quarter: (quarter) => `${Math.trunc(quarter / 4)} ${TEXT.quarterLetter[lang]}${(quarter % 4) + 1}`,
  };
}

function longDate(date: string, lang: Lang): string {
  const day = parseDay(date)!;
  const weekday = WEEKDAYS[(((day + FIRST_WEEKDAY) % DAYS_IN_WEEK) + DAYS_IN_WEEK) % DAYS_IN_WEEK]![lang];
  const month = LONG_MONTHS[monthOf(day) % 12]![lang];
  return `${weekday} ${Number(date.slice(8))} ${month} ${date.slice(0, 4)}`;
}
