/** The amounts of a finished workbook and the content of an archive, read again from disk: what is sent must be what was meant. */
import { readFile } from 'node:fs/promises';
import { BlobReader, TextWriter, Uint8ArrayWriter, ZipReader, type FileEntry } from '@zip.js/zip.js';
import type { Cents } from '../../money.js';
import { FIRST_ROW } from '../workbook/sheet.js';

/** A sheet as it stands in the file. */
export interface ReadSheet {
  readonly name: string;
  /** Numbers of a column (letters) from the first row of data on, as they stand in the file. */
  numbers(column: string): number[];
}

/** Sum of an amount column in cents. */
export function centsOf(sheet: ReadSheet, column: string): Cents {
  return sheet.numbers(column).reduce((sum, euro) => sum + Math.round(euro * 100), 0);
}

/** Sheets of a workbook that this program wrote, in their order. Throws when the file is no such workbook or lacks one. */
export async function readSheets(path: string, names: readonly string[]): Promise<ReadSheet[]> {
  const entries = await openArchive(path);
  const text = async (name: string): Promise<string> => {
    const entry = entries.find(({ filename }) => filename === name);
    if (entry === undefined) throw new Error(`${path} holds no ${name}`);
    return entry.getData(new TextWriter());
  };
  const book = await text('xl/workbook.xml');
  const sheets: ReadSheet[] = [];
  for (const [, id, name] of book.matchAll(/<sheet sheetId="(\d+)" name="([^"]*)"/g)) {
    if (names.includes(name!)) sheets.push(sheetOf(name!, await text(`xl/worksheets/sheet${id}.xml`)));
  }
  if (sheets.length !== names.length) throw new Error(`${path} lacks one of the sheets ${names.join(', ')}`);
  return sheets;
}

/** A cell up to the end of its value; a cell without a value ends at once. */
const CELL = /<c r="([A-Z]+)(\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs;

function sheetOf(name: string, xml: string): ReadSheet {
  const numbers = new Map<string, number[]>();
  for (const [, column, row, attributes, content = ''] of xml.matchAll(CELL)) {
    const value = /<v>([^<]*)<\/v>/.exec(content)?.[1];
    if (value === undefined || attributes!.includes(' t="') || Number(row) < FIRST_ROW) continue;
    const ofColumn = numbers.get(column!);
    if (ofColumn) ofColumn.push(Number(value));
    else numbers.set(column!, [Number(value)]);
  }
  return { name, numbers: (column) => numbers.get(column) ?? [] };
}

/** Throws when an archive does not open with its password or holds anything else than these files, byte for byte. */
export async function refuseWrongArchive(
  path: string,
  files: readonly { readonly name: string; readonly path: string }[],
  password: string,
): Promise<void> {
  const entries = await openArchive(path);
  const found = entries.map(({ filename }) => filename).join(', ');
  const wanted = files.map(({ name }) => name).join(', ');
  if (found !== wanted) throw new Error(`${path} holds [${found}] instead of [${wanted}]`);
  for (const [index, file] of files.entries()) {
    const entry = entries[index]!;
    if (!entry.encrypted) throw new Error(`${file.name} in ${path} is not encrypted`);
    const content = await entry.getData(new Uint8ArrayWriter(), { password });
    if (Buffer.compare(content, await readFile(file.path)) !== 0) {
      throw new Error(`${file.name} in ${path} is not the file that was put in`);
    }
  }
}

async function openArchive(path: string): Promise<FileEntry[]> {
  const archive = new ZipReader(new BlobReader(new Blob([await readFile(path)])), { useWebWorkers: false });
  return (await archive.getEntries()).filter((entry): entry is FileEntry => !entry.directory);
}
