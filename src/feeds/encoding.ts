/** Refuses what is no UTF-8 text before a parser sees it: NUL and broken bytes pass through csv-parse unnoticed. */
import { isUtf8 } from 'node:buffer';

/** Encodings that a mapping may name; the contract knows UTF-8 only. */
export const ENCODINGS = ['utf-8', 'latin1', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** The bytes of a file on their way to the parser, which reads UTF-8. */
export interface TextSource {
  /** What is wrong with the next piece, or nothing. */
  fault(piece: Buffer): string | undefined;
  /** What is wrong with the end of the file, or nothing. */
  faultAtEnd(): string | undefined;
  /** The same piece as UTF-8. */
  utf8(piece: Buffer): Buffer;
}

/** Text of which every byte is a character. All bytes mean something, so only what is surely something else is refused. */
export class SingleByteText implements TextSource {
  private isFirst = true;
  private readonly decoder = new TextDecoder('windows-1252');

  constructor(private readonly encoding: Exclude<Encoding, 'utf-8'>) {}

  fault(piece: Buffer): string | undefined {
    const foreign = this.isFirst ? (foreignFormat(piece) ?? this.markOfUtf8(piece)) : undefined;
    this.isFirst = false;
    if (foreign !== undefined) return foreign;
    return piece.includes(0) ? 'holds a NUL byte' : undefined;
  }

  faultAtEnd(): undefined {
    return undefined;
  }

  utf8(piece: Buffer): Buffer {
    // For the decoder of the web both names mean windows-1252; here latin1 has no characters where that has some.
    return Buffer.from(this.encoding === 'latin1' ? piece.toString('latin1') : this.decoder.decode(piece), 'utf8');
  }

  private markOfUtf8(piece: Buffer): string | undefined {
    const begins = piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf;
    return begins ? `is UTF-8 (it begins with its mark), not ${this.encoding} as feeds.mapping says` : undefined;
  }
}

/** Feeds the bytes of a file through; says what is wrong with them, or nothing. */
export class TextGuard implements TextSource {
  /** Begin of a character that goes on in the next piece. */
  private rest: Buffer = Buffer.alloc(0);
  private offset = 0;
  private line = 1;

  /** Undefined when the piece is UTF-8 text, else what is wrong with it and where. */
  fault(piece: Buffer): string | undefined {
    if (this.offset === 0) {
      const foreign = foreignFormat(piece);
      if (foreign !== undefined) return foreign;
    }
    const nul = piece.indexOf(0);
    if (nul !== -1) return `holds a NUL byte (byte ${this.offset + nul + 1}, line ${this.lineAt(piece, nul)})`;
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    const whole = bytes.length - openCharacterLength(bytes);
    const text = bytes.subarray(0, whole);
    if (!isUtf8(text)) return this.brokenByte(text);
    // A copy: the piece belongs to the stream.
    this.rest = Buffer.from(bytes.subarray(whole));
    this.line = this.lineAt(piece, piece.length);
    this.offset += piece.length;
    return undefined;
  }

  /** To be called at the end of the file: a character may have been cut off. */
  faultAtEnd(): string | undefined {
    return this.rest.length === 0 ? undefined : notUtf8(this.offset - this.rest.length, this.line);
  }

  utf8(piece: Buffer): Buffer {
    return piece;
  }

  private brokenByte(text: Buffer): string {
    const first = firstBrokenByte(text);
    return notUtf8(this.offset - this.rest.length + first, this.lineAt(text, first));
  }

  private lineAt(piece: Buffer, end: number): number {
    let line = this.line;
    for (let at = piece.indexOf(10); at !== -1 && at < end; at = piece.indexOf(10, at + 1)) line++;
    return line;
  }
}

function notUtf8(index: number, line: number): string {
  return `is not UTF-8 (byte ${index + 1}, line ${line})`;
}

/** Files that are not text at all and are better named than by their first broken byte. */
function foreignFormat(piece: Buffer): string | undefined {
  const [first, second] = piece;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'is UTF-16, not UTF-8';
  if (first === 0x1f && second === 0x8b) return 'is a gzip file, not text';
  if (first === 0x50 && second === 0x4b) return 'is a zip file, not text';
  return undefined;
}

/** Length of a character that begins but does not end in these bytes. */
function openCharacterLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/** Index of the byte after the longest part that is UTF-8. Only called for bytes that are not. */
function firstBrokenByte(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const end = middle - openCharacterLength(bytes.subarray(0, middle));
    if (isUtf8(bytes.subarray(0, end))) good = middle;
    else bad = middle;
  }
  return bad - 1 - openCharacterLength(bytes.subarray(0, bad - 1));
}
