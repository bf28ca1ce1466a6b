/**
 * The kinds of value that a key of the configuration can have: how a JSON value is read, and what to tell when it is
 * wrong. Shared by the law keys and by the other keys of the program.
 */
import { day, parseDay, type Day } from '../../calendar.js';
import { parseEuro, type Cents } from '../../money.js';
import { COMPONENTS, type Component } from '../codes.js';
import type { DatedValue } from '../dated.js';

/** A value that was read, or what is wrong with it. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

export interface ValueKind<T> {
  /** What to write, as it stands in messages and in the documentation. */
  readonly allowed: string;
  read(json: unknown): Read<T>;
}

/** A plain amount holds for all dates: its first day lies before every record. */
export const EVER: Day = day('0001-01-01');

/** A limit on everything: one million euro for one person, month and component is a mistake. */
const MAX_AMOUNT: Cents = 100_000_000;

const good = <T>(value: T): Read<T> => ({ ok: true, value });
const bad = (problem: string): { ok: false; problem: string } => ({ ok: false, problem });

/** A JSON value as it stands in a message, cut short. */
export function shown(json: unknown): string {
  const text = JSON.stringify(json) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The value is no such thing as `allowed` asks for. */
const wrong = (json: unknown) => bad(`${shown(json)} is not allowed`);

export const boolean: ValueKind<boolean> = {
  allowed: 'true or false',
  read: (json) => (typeof json === 'boolean' ? good(json) : wrong(json)),
};

/** One of some words. */
export function choice<const T extends readonly string[]>(...values: T): ValueKind<T[number]> {
  return {
    allowed: `one of ${values.map((value) => `"${value}"`).join(', ')}`,
    read: (json) => {
      const found = values.find((value) => value === json);
      return found === undefined ? wrong(json) : good(found);
    },
  };
}

/** A key that has one value for now; it exists so that the choice is visible. */
export function only<const T extends string>(value: T): ValueKind<T> {
  return {
    allowed: `"${value}" (no other value yet)`,
    read: (json) => (json === value ? good(value) : bad(`${shown(json)} is not supported`)),
  };
}

export function integer(min: number, max: number): ValueKind<number> {
  return {
    allowed: `a whole number from ${min} to ${max}`,
    read: (json) =>
      typeof json === 'number' && Number.isInteger(json) && json >= min && json <= max ? good(json) : wrong(json),
  };
}

/** A whole number, or "none" (also null) for no limit. */
export function integerOrNone(min: number, max: number): ValueKind<number | undefined> {
  const number = integer(min, max);
  return {
    allowed: `${number.allowed}, or "none"`,
    read: (json) => (json === 'none' || json === null ? good(undefined) : number.read(json)),
  };
}

/** A part of one, in thousandths: 0.5 is 500. */
export const permille: ValueKind<number> = {
  allowed: 'a number from 0 to 1 with at most three decimals',
  read: (json) =>
    typeof json === 'number' && /^(0|1|0\.\d{1,3})$/.test(String(json)) ? good(Math.round(json * 1000)) : wrong(json),
};

/** A number from 0 to 1 as it is. */
export const ratio: ValueKind<number> = {
  allowed: 'a number from 0 to 1',
  read: (json) => (typeof json === 'number' && json >= 0 && json <= 1 ? good(json) : wrong(json)),
};

/** A positive decision, a negative one, or left to a person. */
export const manualOrBoolean: ValueKind<boolean | 'MANUAL'> = {
  allowed: '"MANUAL", true or false',
  read: (json) => (typeof json === 'boolean' || json === 'MANUAL' ? good(json) : wrong(json)),
};

export const date: ValueKind<Day> = {
  allowed: 'a date "YYYY-MM-DD"',
  read: (json) => {
    const parsed = typeof json === 'string' ? parseDay(json) : undefined;
    return parsed === undefined ? wrong(json) : good(parsed);
  },
};

/** A day of every year. 29 February is not one. */
export const monthDay: ValueKind<{ readonly month: number; readonly day: number }> = {
  allowed: 'a day of every year "MM-DD"',
  read: (json) => {
    // 2001 is a common year: 02-29 does not exist in it.
    if (typeof json !== 'string' || !/^\d{2}-\d{2}$/.test(json) || parseDay(`2001-${json}`) === undefined) {
      return wrong(json);
    }
    return good({ month: Number(json.slice(0, 2)), day: Number(json.slice(3)) });
  },
};

/** Euro as a JSON number, to cents. Exact: the digits are read, the binary fraction never takes part. */
export const euro: ValueKind<Cents> = {
  allowed: 'euro as a number from 0 to 1000000 with at most two decimals',
  read: (json) => {
    const cents = typeof json === 'number' ? parseEuro(String(json)) : undefined;
    return cents === undefined || cents < 0 || cents > MAX_AMOUNT ? wrong(json) : good(cents);
  },
};

/** A plain number, or a dated list `[{"from": "2017-01-01", "value": 250}]`. Read in order of date. */
export const amount: ValueKind<readonly DatedValue[]> = {
  allowed: `${euro.allowed}, or a dated list [{"from": "2017-01-01", "value": 250}, ...]`,
  read: (json) => {
    if (!Array.isArray(json)) {
      const plain = euro.read(json);
      return plain.ok ? good([{ from: EVER, cents: plain.value }]) : plain;
    }
    return readDatedList(json);
  },
};

function readDatedList(list: readonly unknown[]): Read<readonly DatedValue[]> {
  if (list.length === 0) return bad('the dated list is empty');
  const values: DatedValue[] = [];
  for (const [index, item] of list.entries()) {
    const value = readDatedValue(item);
    if (!value.ok) return bad(`item ${index + 1} of the dated list: ${value.problem}`);
    values.push(value.value);
  }
  values.sort((a, b) => a.from - b.from);
  const doubled = values.some((value, index) => value.from === values[index - 1]?.from);
  return doubled ? bad('the dated list has the same date twice') : good(values);
}

function readDatedValue(item: unknown): Read<DatedValue> {
  if (!isObject(item) || Object.keys(item).sort().join() !== 'from,value') {
    return bad(`${shown(item)} is not {"from": date, "value": euro}`);
  }
  const from = date.read(item['from']);
  if (!from.ok) return from;
  const value = euro.read(item['value']);
  return value.ok ? good({ from: from.value, cents: value.value }) : value;
}

/** Where a component is booked in the ledger of an OCMW. */
export interface LedgerPosting {
  readonly account: string;
  readonly field: string;
  readonly sector: string;
}
export type LedgerMap = Readonly<Partial<Record<Component, LedgerPosting>>>;

export const ledgerMap: ValueKind<LedgerMap> = {
  allowed:
    'an object that gives components an account, field and sector: {"EFF": {"account": "...", "field": "...", "sector": "..."}}',
  read: (json) => {
    if (!isObject(json)) return wrong(json);
    const map: Partial<Record<Component, LedgerPosting>> = {};
    for (const [name, posting] of Object.entries(json)) {
      const component = COMPONENTS.find((known) => known === name);
      if (component === undefined) return bad(`${shown(name)} is not one of the components ${COMPONENTS.join(', ')}`);
      const read = readPosting(posting);
      if (!read.ok) return bad(`component ${component}: ${read.problem}`);
      map[component] = read.value;
    }
    return good(map);
  },
};

function readPosting(json: unknown): Read<LedgerPosting> {
  if (!isObject(json) || Object.keys(json).sort().join() !== 'account,field,sector') {
    return bad(`${shown(json)} is not {"account": text, "field": text, "sector": text}`);
  }
  const { account, field, sector } = json;
  if (typeof account !== 'string' || typeof field !== 'string' || typeof sector !== 'string') {
    return bad('account, field and sector must be texts');
  }
  return account.trim() === '' ? bad('the account is empty') : good({ account, field, sector });
}

/** A text that is not empty. */
export const text: ValueKind<string> = {
  allowed: 'a text that is not empty',
  read: (json) => (typeof json === 'string' && json.trim() !== '' ? good(json) : wrong(json)),
};

/** Names of people, each once. */
export const names: ValueKind<readonly string[]> = {
  allowed: 'a list of different names',
  read: (json) => {
    if (!Array.isArray(json)) return wrong(json);
    const list = json.map((name: unknown) => (typeof name === 'string' ? name.trim() : ''));
    if (list.includes('')) return bad('a name in the list is empty or is not a text');
    return new Set(list).size === list.length ? good(list) : bad('a name stands in the list twice');
  },
};

/** Whether a JSON value is an object with keys. */
export function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
