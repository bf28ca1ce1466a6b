/** What a line of an account says of itself: structured communication, beneficiary, component, month. */
import type { Month } from '../../../calendar.js';
import { COMPONENTS, type Component } from '../../../law/codes.js';
import type { Booking, Expected } from '../model.js';

export interface Clues {
  /** A structured communication that is known, 12 digits. */
  readonly reference: string | undefined;
  readonly weoId: string | undefined;
  /** It names a Nova Prima reference or speaks of an allowance. */
  readonly isAllowance: boolean;
  readonly component: Component | undefined;
  readonly month: Month | undefined;
}

/** WEO of each Nova Prima reference. */
export type NovaPrima = ReadonlyMap<string, string>;

const REFERENCE = /(?<!\d)(\d{3})[/ ]?(\d{4})[/ ]?(\d{5})(?!\d)/g;
const BETWEEN_WORDS = /[\s,;:()|]+/;
const YEAR_MONTH = /(?<!\d)(20\d\d)[-/](0[1-9]|1[0-2])(?!\d)/;
const MONTH_YEAR = /(?<!\d)(0?[1-9]|1[0-2])[-/](20\d\d)(?!\d)/;
const MONTH_NAMES = [
  ...['januari', 'februari', 'maart', 'april', 'mei', 'juni'],
  ...['juli', 'augustus', 'september', 'oktober', 'november', 'december'],
];
const NAMED_MONTH = new RegExp(`\\b(${MONTH_NAMES.join('|')})\\s+(20\\d\\d)\\b`, 'i');
const INCREASED = /\bverhoogde\b/i;
const ALLOWANCE = /\btoelagen?\b|\bstaatstoelagen?\b/i;

/** Only the digits of a structured communication: the form in which references are compared. */
export function digitsOf(reference: string): string {
  return reference.replaceAll(/\D/g, '');
}

/** Reads clues against everything that is expected. */
export class ClueReader {
  private readonly references: ReadonlySet<string>;
  private readonly weoIds: ReadonlyMap<string, string>;
  private readonly novaPrima: ReadonlyMap<string, string>;

  constructor(expected: readonly Expected[], novaPrima: NovaPrima) {
    this.references = new Set(expected.map(({ reference }) => digitsOf(reference)).filter((digits) => digits !== ''));
    this.weoIds = new Map(
      expected.flatMap(({ parts }) => parts.map(({ weoId }) => [weoId.toLowerCase(), weoId] as const)),
    );
    this.novaPrima = new Map([...novaPrima].map(([reference, weoId]) => [reference.toLowerCase(), weoId]));
  }

  read(booking: Booking): Clues {
    const { reference, text } = booking;
    const words = [reference.trim(), ...`${reference} ${text}`.split(BETWEEN_WORDS)].filter((word) => word !== '');
    const named = words.find((word) => this.novaPrima.has(word.toLowerCase()));
    const weo = words.find((word) => this.weoIds.has(word.toLowerCase()));
    // Numbers in what names a beneficiary are no months.
    const rest = words.slice(1).filter((word) => word !== named && word !== weo);
    const component = componentIn(rest);
    return {
      reference: this.referenceIn(booking),
      weoId: this.novaPrima.get(named?.toLowerCase() ?? '') ?? this.weoIds.get(weo?.toLowerCase() ?? ''),
      isAllowance: named !== undefined || component === 'ORD' || component === 'INC' || ALLOWANCE.test(text),
      component,
      month: monthIn(rest.join(' ')),
    };
  }

  private referenceIn({ reference, text }: Booking): string | undefined {
    const bare = reference.trim();
    // A spreadsheet drops the zeros in front of a number.
    if (/^\d{9,12}$/.test(bare) && this.references.has(bare.padStart(12, '0'))) return bare.padStart(12, '0');
    for (const match of `${reference} ${text}`.matchAll(REFERENCE)) {
      const digits = match.slice(1).join('');
      if (this.references.has(digits)) return digits;
    }
    return undefined;
  }
}

function componentIn(words: readonly string[]): Component | undefined {
  const named = COMPONENTS.find((component) => words.includes(component));
  return named ?? (words.some((word) => INCREASED.test(word)) ? 'INC' : undefined);
}

function monthIn(text: string): Month | undefined {
  const first = YEAR_MONTH.exec(text);
  if (first !== null) return Number(first[1]) * 12 + Number(first[2]) - 1;
  const second = MONTH_YEAR.exec(text);
  if (second !== null) return Number(second[2]) * 12 + Number(second[1]) - 1;
  const named = NAMED_MONTH.exec(text);
  return named === null ? undefined : Number(named[2]) * 12 + MONTH_NAMES.indexOf(named[1]!.toLowerCase());
}
