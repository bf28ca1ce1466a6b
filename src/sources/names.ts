/** Names that come from outside: which ones may become names in the inbox, and how they are shown to people. */
import { parseDay } from '../calendar.js';
import { maskInszIn } from '../identifiers.js';

const DELIVERY = /^(\d{4}-\d{2}-\d{2})(?:\.([1-9]\d{0,5}))?$/;
/** No slash, backslash, colon, leading dot or blank at an end: one plain name on every file system. */
const FILE = /^[A-Za-z0-9_](?:[A-Za-z0-9._ -]{0,126}[A-Za-z0-9_-])?$/;
const UNFINISHED = /\.(part|filepart|tmp)$/i;
const LONGEST_SHOWN = 60;

/** Date `YYYY-MM-DD` of a name of a delivery; undefined when it is none. */
export function dateOfDelivery(name: string): string | undefined {
  const date = DELIVERY.exec(name)?.[1];
  return date !== undefined && parseDay(date) !== undefined ? date : undefined;
}

/** By date, then by number, without a number first: the order in which deliveries are taken in. */
export function inOrder(names: Iterable<string>): string[] {
  const key = (name: string) => [name.slice(0, 10), Number(DELIVERY.exec(name)?.[2] ?? 0)] as const;
  return [...names].sort((left, right) => {
    const [leftDate, leftNumber] = key(left);
    const [rightDate, rightNumber] = key(right);
    return leftDate === rightDate ? leftNumber - rightNumber : leftDate < rightDate ? -1 : 1;
  });
}

/** Whether a name may become that of a file in the inbox: not `..`, not absolute, nothing hidden. */
export function isSafeFileName(name: string): boolean {
  return FILE.test(name);
}

/** Whether the name says that somebody is still writing the file. */
export function isUnfinishedName(name: string): boolean {
  return UNFINISHED.test(name);
}

/** A name for a sentence: quoted, cut short, nothing unprintable, no national number. */
export function shownName(name: string): string {
  const quoted = JSON.stringify(maskInszIn(name)).replaceAll(/[\u007f-\u009f\u2028\u2029]/g, '\u{fffd}');
  return quoted.length > LONGEST_SHOWN ? `${quoted.slice(0, LONGEST_SHOWN)}..."` : quoted;
}
