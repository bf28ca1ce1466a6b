/** Lines that fit the page, so that nobody scrolls sideways. */
import { formatEuro, type Cents } from '../../../money.js';

/** Narrower, the columns leave no room for words; wider, lines are tiring to read. */
const NARROWEST = 72;
export const WIDEST = 100;
/** Left for text behind the longest head. */
const ROOM = 24;

export class Page {
  /** Columns. */
  readonly width: number;

  constructor(columns: number) {
    this.width = Math.min(WIDEST, Math.max(NARROWEST, columns));
  }

  /**
   * Text behind a head, its further lines under its first one. A word that is too long is cut.
   * @param column where the text begins; a head that reaches further gets a line of its own. Default: behind the head
   */
  under(head: string, text: string, column: number = head.length): string[] {
    const indent = Math.min(column, this.width - ROOM);
    const margin = ' '.repeat(indent);
    const [first = '', ...rest] = wrapped(text, this.width - indent);
    const top =
      head.length > indent ? [...pieces(head, this.width), `${margin}${first}`] : [`${head.padEnd(indent)}${first}`];
    return [...top, ...rest.map((line) => `${margin}${line}`)].map((line) => line.trimEnd());
  }

  /** Text at the left, an amount at the right edge. */
  withAmount(text: string, cents: Cents): string {
    const amount = formatEuro(cents);
    return `${text.slice(0, this.width - amount.length - 1).padEnd(this.width - amount.length)}${amount}`;
  }
}

function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, room))) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function pieces(word: string, room: number): string[] {
  const found: string[] = [];
  for (let at = 0; at < word.length || at === 0; at += room) found.push(word.slice(at, at + room));
  return found;
}

/** `2024-03` or `2024-03 to 2024-12`. */
export function period(first: string, last: string): string {
  return first === last ? first : `${first} to ${last}`;
}

/** `+250.00`, `-45.00`. */
export function signed(cents: Cents): string {
  return `${cents < 0 ? '' : '+'}${formatEuro(cents)}`;
}
