/** What was written, read again from the disk before it gets a final name: complete, whole and without a formula that failed. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import { Reader, ZipReader, type Entry } from '@zip.js/zip.js';
import { EXIT, Failure } from '../errors.js';
import { formatEuro } from '../money.js';
import { CsvCount } from './csv.js';
import type { StagedFile } from './publish.js';
import { TEXT } from './workbook/texts.js';

/** How other kinds of files begin and end. */
const ENDS: Readonly<Record<string, readonly [begin: string, end: string]>> = {
  '.pdf': ['%PDF-', '%%EOF'],
  '.html': ['<!doctype html>', '</html>'],
  '.xml': ['<?xml', '</Document>'],
};
const LONGEST_END = 32;

/**
 * Reads a file that was written and returns its sha256. Throws a Failure (exit 4) when it does not hold what the writer
 * counted, when a workbook cannot be unpacked, holds a formula with an error or a check that went wrong, or when a file
 * has no end.
 */
export async function readBack(path: string, file: StagedFile): Promise<string> {
  const kind = extname(file.name).toLowerCase();
  if (kind === '.xlsx') await refuseBadWorkbook(path, file);
  const hash = createHash('sha256');
  const count = kind === '.csv' ? new CsvCount(file.amountColumn) : undefined;
  let begin = '';
  let end = '';
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    count?.add(piece);
    if (begin === '') begin = piece.toString('latin1', 0, LONGEST_END);
    end = (end + piece.subarray(-LONGEST_END).toString('latin1')).slice(-LONGEST_END);
  }
  if (count !== undefined) refuseOtherCounts(file, count);
  const ends = ENDS[kind];
  if (
    ends !== undefined &&
    !(begin.toLowerCase().startsWith(ends[0].toLowerCase()) && end.trimEnd().endsWith(ends[1]))
  ) {
    throw unlike(file, 'it is cut off');
  }
  return hash.digest('hex');
}

function refuseOtherCounts(file: StagedFile, count: CsvCount): void {
  if (count.rows !== file.rows) throw unlike(file, `it holds ${count.rows} rows, ${file.rows} were written`);
  if (file.amountColumn !== undefined && count.totalCents !== file.totalCents) {
    const [read, written] = [count.totalCents, file.totalCents].map(formatEuro);
    throw unlike(file, `it adds up to ${read!} euro, ${written!} were written`);
  }
}

const WRONG_VERDICTS = [TEXT.wrong.nl, TEXT.wrong.en].map((verdict) => `<v>${verdict}</v>`);
const ERROR_CELL = ' t="e"';
const ROW = '<row ';
/** Longer than any token, and than the row of a check that is to be named. */
const OVERLAP = 4096;

async function refuseBadWorkbook(path: string, file: StagedFile): Promise<void> {
  const handle = await open(path, 'r');
  let rows = 0;
  try {
    const zip = new ZipReader(new FileOfZip(handle));
    for (const entry of await entriesOf(zip, file)) {
      if (!/^xl\/worksheets\/[^/]+\.xml$/.test(entry.filename)) continue;
      const sheet = await scan(entry, file);
      if (sheet.errors > 0) throw unlike(file, `${sheet.errors} of its cells show an error`);
      if (sheet.wrong.length > 0) throw unlike(file, `a check does not hold (${sheet.wrong.join('; ')})`);
      rows += sheet.rows;
    }
    await zip.close();
  } finally {
    await handle.close();
  }
  if (rows < file.rows) throw unlike(file, `it holds ${rows} rows, ${file.rows} were written`);
}

async function entriesOf(zip: ZipReader<unknown>, file: StagedFile): Promise<Entry[]> {
  try {
    return await zip.getEntries();
  } catch (error) {
    throw unlike(file, 'it cannot be unpacked', error);
  }
}

/** What is counted in a sheet. */
class SheetCounts {
  rows = 0;
  errors = 0;
  /** Texts of the rows of checks that do not hold. */
  readonly wrong: string[] = [];
  private rest = '';

  /** What may be the begin of a token is looked at with the next piece, and no token twice. */
  add(piece: string): void {
    const text = this.rest + piece;
    const until = Math.max(0, text.length - OVERLAP);
    this.count(text, until);
    this.rest = text.slice(until);
  }

  end(): this {
    this.count(this.rest, this.rest.length);
    return this;
  }

  private count(text: string, until: number): void {
    this.rows += placesOf(text, ROW, until).length;
    this.errors += placesOf(text, ERROR_CELL, until).length;
    for (const verdict of WRONG_VERDICTS) {
      for (const at of placesOf(text, verdict, until))
        this.wrong.push(textsIn(text.slice(text.lastIndexOf(ROW, at), at)));
    }
  }
}

function textsIn(xml: string): string {
  return [...xml.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>|<v>([^<]*)<\/v>/g)]
    .map(([, text, value]) => text ?? value)
    .join(' ');
}

/** Counts in a sheet; its checksum is compared on the way. */
async function scan(entry: Entry, file: StagedFile): Promise<SheetCounts> {
  const found = new SheetCounts();
  if (entry.directory) return found;
  const sink = new WritableStream<Uint8Array>({
    write(piece) {
      found.add(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1'));
    },
  });
  try {
    await entry.getData(sink, { checkSignature: true, useWebWorkers: false });
  } catch (error) {
    throw unlike(file, 'it cannot be unpacked', error);
  }
  return found.end();
}

/** Where a token begins before a place. */
function placesOf(text: string, token: string, until: number): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(token); at !== -1 && at < until; at = text.indexOf(token, at + 1)) places.push(at);
  return places;
}

function unlike({ name }: StagedFile, what: string, cause?: unknown): Failure {
  return new Failure(
    EXIT.check,
    `${name} was read again after it was written: ${what}. Nothing was published. Look whether the disk is in order and ` +
      'run again; if it stays, call whoever maintains the program.',
    { cause },
  );
}

/** A file on disk as zip.js reads one: piece by piece, never as a whole. */
class FileOfZip extends Reader<FileHandle> {
  constructor(private readonly handle: FileHandle) {
    super(handle);
  }

  override async init(): Promise<void> {
    await super.init?.();
    this.size = (await this.handle.stat()).size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.min(length, this.size - index));
    await this.handle.read(bytes, 0, bytes.length, index);
    return bytes;
  }
}
