/**
 * A second reading of bytes as CSV (RFC 4180; a line end is LF or CRLF), one character at a time and with everything in
 * memory: to count rows independently of the reader.
 */
export interface SplitFile {
  /** Rows that are not blank, with the line where they start. */
  readonly rows: readonly { readonly line: number; readonly fields: readonly string[] }[];
  /** Why the bytes are no CSV from some line on; the rows before it stand in `rows`. */
  readonly broken: 'NOT_TEXT' | 'QUOTES' | undefined;
}

/** Splits the bytes of a file. */
export function split(bytes: Buffer): SplitFile {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { rows: [], broken: 'NOT_TEXT' };
  }
  // UTF-16, zip and gzip begin with bytes that are no text, or with a letter that no header begins with.
  if (text.includes('\u0000') || text.startsWith('PK')) return { rows: [], broken: 'NOT_TEXT' };
  return splitText(text);
}

function splitText(text: string): SplitFile {
  const rows: { line: number; fields: string[] }[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const startLine = line;
    const fields: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
      if (field === undefined) return { rows, broken: 'QUOTES' };
      fields.push(field.value);
      line += field.value.split('\n').length - 1;
      at = field.end;
      if (text[at] !== ',') break;
      at += 1;
    }
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: startLine, fields });
    at += text[at] === '\r' ? 2 : 1;
    line += 1;
  }
  return { rows, broken: undefined };
}

interface Field {
  readonly value: string;
  /** Place of the comma, of the line end, or of the end of the text. */
  readonly end: number;
}

function isEnd(text: string, at: number): boolean {
  return at >= text.length || text[at] === ',' || text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n');
}

function plainField(text: string, from: number): Field | undefined {
  let at = from;
  while (!isEnd(text, at)) at += 1;
  const value = text.slice(from, at);
  return value.includes('"') ? undefined : { value, end: at };
}

function quotedField(text: string, from: number): Field | undefined {
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== '"') value += text[at]!;
    else if (text[at + 1] === '"') value += text[++at]!;
    else return isEnd(text, at + 1) ? { value, end: at + 1 } : undefined;
  }
  return undefined;
}
