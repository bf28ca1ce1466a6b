/** Reads a workbook back with exceljs, as plain values: formulas by their stored result. */
import { readFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { FIRST_ROW, HEADER_ROW } from '../../src/exports/workbook/sheet.js';

export type Plain = string | number | Date | boolean | null;

export interface ReadSheet {
  readonly name: string;
  /** Rows under the header, each by head of column. */
  readonly rows: readonly Readonly<Record<string, Plain>>[];
  readonly worksheet: ExcelJS.Worksheet;
}

/** Sheets by name. */
export async function readWorkbook(path: string): Promise<Map<string, ReadSheet>> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return new Map(workbook.worksheets.map((worksheet) => [worksheet.name, readSheet(worksheet)]));
}

function readSheet(worksheet: ExcelJS.Worksheet): ReadSheet {
  const heads = (worksheet.getRow(HEADER_ROW).values as Plain[]).slice(1).map(String);
  const rows: Record<string, Plain>[] = [];
  for (let number = FIRST_ROW; number <= worksheet.rowCount; number++) {
    const row = worksheet.getRow(number);
    rows.push(Object.fromEntries(heads.map((head, i) => [head, plain(row.getCell(i + 1).value)])));
  }
  return { name: worksheet.name, rows, worksheet };
}

export function plain(value: ExcelJS.CellValue): Plain {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object' && 'formula' in value) return (value.result as Plain | undefined) ?? null;
  return value as Plain;
}

/** Sum of a column in cents. */
export function centsOf(sheet: ReadSheet, head: string): number {
  return sheet.rows.reduce((sum, row) => sum + Math.round(Number(row[head] ?? 0) * 100), 0);
}

/** Every cell of a workbook that holds a formula, by sheet and address, with its result. */
export async function formulaResults(path: string): Promise<Map<string, Plain>> {
  const results = new Map<string, Plain>();
  for (const { name, worksheet } of (await readWorkbook(path)).values()) {
    worksheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.formula) results.set(`${name}!${cell.address}`, plain(cell.value));
      }),
    );
  }
  return results;
}

/** The parts of a workbook as text, by name in the zip. */
export async function xmlParts(path: string): Promise<Map<string, string>> {
  const parts = unzipSync(await readFile(path));
  return new Map(Object.entries(parts).map(([name, bytes]) => [name, strFromU8(bytes)]));
}
