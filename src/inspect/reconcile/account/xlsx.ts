/** An account as a workbook. Rows above the header (a title, a period) are passed over. */
import { Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import ExcelJS, { type CellValue, type Worksheet } from 'exceljs';
import { ACCOUNT_CONTRACT, type AccountMapping } from '../../../config/account-mapping.js';
import { Failure } from '../../../errors.js';
import type { Booking } from '../model.js';
import { MOST_LINES, refused, type AccountFaults } from './account.js';
import { tooLong } from './csv.js';
import { AccountRows, type Cell } from './rows.js';

/** What the parts of a workbook may be together when they are unpacked, in bytes: all of it stands in memory. */
const MOST_UNPACKED = 200 * 1024 * 1024;
/** Rows in which the header is looked for. */
const MOST_ROWS_ABOVE = 50;
const ADVICE = 'Save it as .xlsx without a password, or as CSV.';

/** Lines of the sheet of `reconcile.account`, else of the first; faults of rows go to `faults`. Throws a Failure (exit 3). */
export async function readWorkbookAccount(
  path: string,
  bytes: Buffer,
  mapping: AccountMapping,
  faults: AccountFaults,
): Promise<Booking[]> {
  const sheet = await sheetOf(path, bytes, mapping);
  const header = headerOf(sheet, mapping);
  if (header === undefined) throw refused(path, 'is empty', 'Export the account again, with its header.');
  const names = cellsOf(sheet, header, sheet.columnCount).map((cell) => textOf(cell).trim());
  while (names.at(-1) === '') names.pop();
  const rows = new AccountRows(mapping, names, header, faults);
  const bookings: Booking[] = [];
  if (sheet.rowCount - header > MOST_LINES) throw tooLong(path);
  for (let line = header + 1; line <= sheet.rowCount; line++) {
    const cells = cellsOf(sheet, line, names.length);
    if (cells.every((cell) => textOf(cell) === '')) continue;
    const booking = rows.read(line, cells);
    if (booking !== undefined) bookings.push(booking);
  }
  return bookings;
}

async function sheetOf(path: string, bytes: Buffer, { sheet }: AccountMapping): Promise<Worksheet> {
  const workbook = new ExcelJS.Workbook();
  try {
    await refuseBombs(path, bytes);
    // exceljs has types of an older Node for what it reads
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refused(path, 'is no workbook that can be read', ADVICE, error);
  }
  const found = sheet === undefined ? workbook.worksheets[0] : workbook.getWorksheet(sheet);
  if (found !== undefined) return found;
  const names = workbook.worksheets.map(({ name }) => `"${name}"`).join(', ');
  const what = sheet === undefined ? 'has no sheet' : `has no sheet "${sheet}" (it has ${names})`;
  throw refused(path, what, 'Name the sheet in reconcile.account (sheet).');
}

/** A small file can unpack to more than any memory holds. */
async function refuseBombs(path: string, bytes: Uint8Array): Promise<void> {
  const zip = new ZipReader(new Uint8ArrayReader(bytes));
  const entries = await zip.getEntries();
  await zip.close();
  const unpacked = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (unpacked <= MOST_UNPACKED) return;
  throw refused(
    path,
    'is too large when it is unpacked',
    'Export one year and only the accounts on which TWE is booked.',
  );
}

/** The first row with every name that the mapping asks for, else the first that is filled. */
function headerOf(sheet: Worksheet, { file }: AccountMapping): number | undefined {
  const wanted = ACCOUNT_CONTRACT.columns
    .filter(({ name, required }) => (required || file.columns.has(name)) && !file.constants.has(name))
    .map(({ name }) => file.columns.get(name) ?? name);
  let first: number | undefined;
  for (let line = 1; line <= Math.min(sheet.rowCount, MOST_ROWS_ABOVE); line++) {
    const names = cellsOf(sheet, line, sheet.columnCount).map((cell) => textOf(cell).trim());
    if (wanted.every((name) => names.includes(name))) return line;
    if (first === undefined && names.some((name) => name !== '')) first = line;
  }
  return first;
}

function cellsOf(sheet: Worksheet, line: number, width: number): Cell[] {
  const row = sheet.getRow(line);
  return Array.from({ length: width }, (_, index) => cellOf(row.getCell(index + 1).value));
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.value;
}

function cellOf(value: CellValue): Cell {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    // A moment within a day is still that day; what is no date at all stays a fault.
    return Number.isNaN(value.getTime()) ? '?' : { value: value.toISOString().slice(0, 10) };
  }
  if (typeof value === 'number') return { value: numberText(value) };
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return typeof value.text === 'string' ? value.text : cellText(value.text);
  if ('error' in value) return value.error;
  return cellOf((value as { readonly result?: CellValue }).result);
}

function cellText(value: CellValue): string {
  return textOf(cellOf(value));
}

/** What stands in the cell: 0.1 + 0.2 is shown, and meant, as 0.3. */
function numberText(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toPrecision(15)));
}
