/** Reading rows in the text format of COPY. */
import { copyOutLines } from '../db/copy.js';
import type { Session } from '../db/database.js';

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', v: '\v' };

/** A text field of COPY back to what it was. */
export function unescapeCopy(field: string): string {
  return field.includes('\\') ? field.replace(/\\(.)/gs, (_, c: string) => ESCAPES[c] ?? c) : field;
}

/** The rows of a query without nulls, as texts, one at a time: for long lists of which few values are numbers. */
export async function* readTextRows(session: Session, select: string): AsyncGenerator<string[], void, void> {
  for await (const piece of copyOutLines(session, select)) {
    for (const line of piece.toString('utf8').split('\n')) {
      if (line !== '') yield line.split('\t').map(unescapeCopy);
    }
  }
}
