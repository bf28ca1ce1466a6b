/**
 * How a source writes dates, moments and numbers, turned into the form of the contract. A format is compiled once; a text
 * that is not in it gives undefined. Days that do not exist are left to the kinds of the contract.
 */
import { DateTime, IANAZone } from 'luxon';

/** A value of the source in the form of the contract, undefined when it is not in the format. */
export type Translator = (text: string) => string | undefined;

/** A translator, or what is wrong with the format. */
export type Compiled = { readonly translate: Translator } | { readonly problem: string };

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'offset';

const TOKENS: Readonly<Record<string, readonly [part: Part, pattern: string]>> = {
  YYYY: ['year', '(\\d{4})'],
  MM: ['month', '(\\d{2})'],
  M: ['month', '(\\d{1,2})'],
  DD: ['day', '(\\d{2})'],
  D: ['day', '(\\d{1,2})'],
  HH: ['hour', '(\\d{2})'],
  H: ['hour', '(\\d{1,2})'],
  mm: ['minute', '(\\d{2})'],
  ss: ['second', '(\\d{2})'],
  SSS: ['fraction', '(\\d{1,6})'],
  Z: ['offset', '(Z|[+-]\\d{2}:?\\d{2})'],
};
const TOKEN = /YYYY|MM|M|DD|D|HH|H|mm|ss|SSS|Z|[^]/g;
/** Offsets that are remembered, by hour; a file has few. */
const MOST_OFFSETS = 20_000;

interface Pattern {
  readonly pattern: RegExp;
  /** What each group holds. */
  readonly parts: readonly Part[];
}

function compile(format: string, needed: readonly Part[], allowed: readonly Part[]): Pattern | string {
  const parts: Part[] = [];
  let pattern = '';
  for (const [token] of format.matchAll(TOKEN)) {
    const known = Object.hasOwn(TOKENS, token) ? TOKENS[token] : undefined;
    if (known === undefined) {
      if (/[A-SU-Za-z\d]/.test(token)) return `${JSON.stringify(token)} means nothing in it`;
      pattern += token.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
      continue;
    }
    const [part, group] = known;
    if (parts.includes(part)) return `the ${part} stands in it twice`;
    if (!allowed.includes(part)) return `it has no place for the ${part}`;
    parts.push(part);
    pattern += group;
  }
  const missing = needed.find((part) => !parts.includes(part));
  return missing === undefined ? { pattern: new RegExp(`^${pattern}$`), parts } : `the ${missing} is missing in it`;
}

function read({ pattern, parts }: Pattern, text: string): Partial<Record<Part, string>> | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const found: Partial<Record<Part, string>> = {};
  parts.forEach((part, index) => (found[part] = match[index + 1]!));
  return found;
}

const two = (text: string | undefined) => (text ?? '0').padStart(2, '0');

/** `DD/MM/YYYY` and the like to `YYYY-MM-DD`. */
export function dateFormat(format: string): Compiled {
  const compiled = compile(format, ['year', 'month', 'day'], ['year', 'month', 'day']);
  if (typeof compiled === 'string') return { problem: compiled };
  return {
    translate: (text) => {
      const found = read(compiled, text);
      return found && `${found.year}-${two(found.month)}-${two(found.day)}`;
    },
  };
}

/** `MM/YYYY` and the like to `YYYY-MM`. */
export function monthFormat(format: string): Compiled {
  const compiled = compile(format, ['year', 'month'], ['year', 'month']);
  if (typeof compiled === 'string') return { problem: compiled };
  return {
    translate: (text) => {
      const found = read(compiled, text);
      return found && `${found.year}-${two(found.month)}`;
    },
  };
}

/**
 * `DD/MM/YYYY HH:mm:ss` and the like to ISO 8601. Without an offset (`Z`) the clock is that of the zone; an hour that
 * comes twice in autumn is taken the first time. Without a time it is the beginning of the day.
 */
export function timestampFormat(format: string, zone: string): Compiled {
  const parts: Part[] = ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'offset'];
  const compiled = compile(format, ['year', 'month', 'day'], parts);
  if (typeof compiled === 'string') return { problem: compiled };
  const offsets = new Map<string, string | undefined>();
  const offsetOf = (hour: string): string | undefined => {
    if (!offsets.has(hour)) {
      if (offsets.size > MOST_OFFSETS) offsets.clear();
      const moment = DateTime.fromISO(`${hour}:00:00`, { zone });
      offsets.set(hour, moment.isValid ? moment.toFormat('ZZ') : undefined);
    }
    return offsets.get(hour);
  };
  return {
    translate: (text) => {
      const found = read(compiled, text);
      if (found === undefined) return undefined;
      const hour = `${found.year}-${two(found.month)}-${two(found.day)}T${two(found.hour)}`;
      const offset = found.offset ?? offsetOf(hour);
      const fraction = found.fraction === undefined ? '' : `.${found.fraction}`;
      return offset && `${hour}:${two(found.minute)}:${two(found.second)}${fraction}${offset}`;
    },
  };
}

/** Whether a text names a time zone, like `Europe/Brussels`. */
export function isTimeZone(text: string): boolean {
  return IANAZone.isValidZone(text);
}

/** `1.234,56` and the like to `1234.56`. `thousands`: '' when the source groups no digits; then a group is no number. */
export function numberFormat(decimal: '.' | ',', thousands: '' | '.' | ',' | ' ' | "'"): Translator {
  const escaped = (character: string) => character.replace('.', '\\.');
  const grouped = thousands === '' ? '' : `|\\d{1,3}(?:${escaped(thousands)}\\d{3})+`;
  const pattern = new RegExp(`^-?(?:\\d+${grouped})(?:${escaped(decimal)}\\d+)?$`);
  return (text) => {
    if (!pattern.test(text)) return undefined;
    const bare = thousands === '' ? text : text.replaceAll(thousands, '');
    return decimal === '.' ? bare : bare.replace(decimal, '.');
  };
}
