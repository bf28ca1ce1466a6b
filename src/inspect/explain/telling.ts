/** Sentences of an explanation in Dutch and English, with dates, months and amounts as each of them writes them. */
import { formatDay, formatMonth, OPEN_END, type Day, type Month } from '../../calendar.js';
import { formatFor } from '../../exports/page/format.js';
import type { Text } from '../../law/rulebook/sources.js';
import { formatEuro, type Cents } from '../../money.js';

/** First and last day, `OPEN_END` while it is open. */
export interface Span {
  readonly start: Day;
  readonly end: Day;
}

/** One of the two languages. */
export interface Tongue {
  readonly lang: 'nl' | 'en';
  /** The words in this language. */
  readonly t: (en: string, nl: string) => string;
  readonly date: (day: Day) => string;
  readonly month: (month: Month) => string;
  readonly euro: (cents: Cents) => string;
  /** `2024-01-01 to 2024-12-31`, `2024-01-01, still open`. */
  readonly span: (span: Span) => string;
}

const EN: Tongue = {
  lang: 'en',
  t: (en) => en,
  date: formatDay,
  month: formatMonth,
  euro: formatEuro,
  span: ({ start, end }) =>
    end >= OPEN_END ? `${formatDay(start)}, still open` : `${formatDay(start)} to ${formatDay(end)}`,
};

const dutch = formatFor('nl');
const dutchDate = (day: Day): string => dutch.date(formatDay(day));

const NL: Tongue = {
  lang: 'nl',
  t: (_, nl) => nl,
  date: dutchDate,
  month: dutch.month,
  euro: dutch.euro,
  span: ({ start, end }) =>
    end >= OPEN_END ? `${dutchDate(start)}, loopt nog` : `${dutchDate(start)} tot ${dutchDate(end)}`,
};

/** A sentence in both languages. */
export function told(tell: (tongue: Tongue) => string): Text {
  return { nl: tell(NL), en: tell(EN) };
}

/** Several pieces in a row. */
export function joined(pieces: readonly Text[], between = ''): Text {
  return { nl: pieces.map(({ nl }) => nl).join(between), en: pieces.map(({ en }) => en).join(between) };
}
