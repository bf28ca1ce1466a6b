/** Lines of at most 100 columns, so that nobody scrolls sideways. */
import { formatEuro, type Cents } from '../../../money.js';

export const WIDTH = 100;

/** Text behind a head, its further lines under its first one. A word that is too long is cut. */
export function under(head: string, text: string): string[] {
  const indent = Math.min(head.length, WIDTH / 2);
  const room = WIDTH - indent;
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
  lines.push(line);
  const [first = '', ...rest] = lines;
  const top = head.length > indent ? [head, `${' '.repeat(indent)}${first}`] : [`${head}${first}`];
  return [...top, ...rest.map((each) => `${' '.repeat(indent)}${each}`)].map((each) => each.trimEnd());
}

function pieces(word: string, room: number): string[] {
  const found: string[] = [];
  for (let at = 0; at < word.length || at === 0; at += room) found.push(word.slice(at, at + room));
  return found;
}

/** Text at the left, an amount at the right edge. */
export function withAmount(text: string, cents: Cents): string {
  const amount = formatEuro(cents);
  return `${text.slice(0, WIDTH - amount.length - 1).padEnd(WIDTH - amount.length)}${amount}`;
}

/** `2024-03` or `2024-03 to 2024-12`. */
export function period(first: string, last: string): string {
  return first === last ? first : `${first} to ${last}`;
}

/** `+250.00`, `-45.00`. */
export function signed(cents: Cents): string {
  return `${cents < 0 ? '' : '+'}${formatEuro(cents)}`;
}
