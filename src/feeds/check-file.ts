/** A dry check of one file: how it would be read, without a database. What it refers to is not looked up. */
import { CONTRACTS, type ColumnContract, type RecordContract } from './contracts.js';
import { readCsv } from './csv.js';
import { asItCame, completed, mappedLayout, plainLayout, type Layout } from './layout.js';
import { translate, type FileMapping } from './mapping.js';
import { RowChecker, rowMessage, SEND_AGAIN } from './rows.js';
import { shownRow, shownValue } from './shown.js';
import { UnreadableFile } from './unreadable.js';

export interface FileToCheck {
  readonly path: string;
  /** Name for messages. */
  readonly name: string;
  readonly contract: RecordContract;
  readonly mapping: FileMapping | undefined;
  /** `YYYY-MM-DD` of the delivery that it would be in. */
  readonly date: string;
}

/** Where a column of the contract comes from. */
export interface CheckedColumn {
  readonly column: string;
  readonly required: boolean;
  /** Name in the file; undefined when it is not there. */
  readonly source: string | undefined;
  /** What stands for it when it is not there, '' when it stays empty; undefined when it is missing. */
  readonly constant: string | undefined;
}

export interface CheckedFault {
  readonly line: number;
  /** Column of the contract, '' when the row as a whole is wrong. */
  readonly column: string;
  readonly code: string;
  readonly message: string;
  /** The row as it came, INSZ masked. */
  readonly raw: string;
}

export interface FileCheck {
  readonly file: string;
  readonly readAs: string;
  readonly mapped: boolean;
  readonly columns: readonly CheckedColumn[];
  /** Columns of the file that are not read. */
  readonly unread: readonly string[];
  /** The first rows by column of the contract, INSZ masked; a value that cannot be read stands as it came. */
  readonly firstRows: readonly { readonly line: number; readonly values: Readonly<Record<string, string>> }[];
  readonly rows: number;
  readonly good: number;
  readonly bad: number;
  /** The first rows that would be set aside. */
  readonly faults: readonly CheckedFault[];
  /** How many rows each fault has, commonest first. */
  readonly faultCounts: readonly { readonly column: string; readonly code: string; readonly rows: number }[];
  /** Why the file as a whole, and so its delivery, would be refused; undefined when it would not. */
  readonly refused: string | undefined;
}

const FIRST_ROWS = 5;
const FIRST_FAULTS = 10;
const MASK = '[INSZ]';

/** Reads the whole file as a night would. Never throws for what is wrong with the file. */
export async function checkFile(file: FileToCheck): Promise<FileCheck> {
  const check = new Check(file);
  try {
    for await (const { records, lines } of readCsv(file.path, undefined, file.mapping?.form)) {
      for (let index = 0; index < records.length; index++) check.take(records[index]!, lines[index]!);
    }
    check.end();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    check.refused = error.line === undefined ? error.message : `line ${error.line}: ${error.message}`;
  }
  return check.result();
}

/** The files of the contract, as they may be named. */
export function contractFiles(): string[] {
  return CONTRACTS.map(({ file }) => file);
}

class Check {
  refused: string | undefined;
  private header: readonly string[] | undefined;
  private layout: Layout | undefined;
  private checker: RowChecker | undefined;
  private rows = 0;
  private bad = 0;
  private readonly firstRows: { line: number; values: Record<string, string> }[] = [];
  private readonly faults: CheckedFault[] = [];
  private readonly counts = new Map<string, { column: string; code: string; rows: number }>();

  constructor(private readonly file: FileToCheck) {}

  take(record: string[], line: number): void {
    if (this.layout === undefined || this.checker === undefined) return this.takeHeader(record, line);
    const fields = completed(this.layout, record);
    this.rows++;
    if (this.firstRows.length < FIRST_ROWS) this.firstRows.push({ line, values: this.valuesOf(this.layout, fields) });
    const { fault } = this.checker.check(fields);
    if (fault === undefined) return;
    this.bad++;
    const column = this.layout.contract.columns[fault.at]?.name ?? '';
    const key = `${column} ${fault.code}`;
    const count = this.counts.get(key) ?? { column, code: fault.code, rows: 0 };
    count.rows++;
    this.counts.set(key, count);
    if (this.faults.length >= FIRST_FAULTS) return;
    const { contract, positions, headerWidth, names } = this.layout;
    const message = rowMessage(this.file.name, line, names[fault.at] ?? '', fault.text, SEND_AGAIN);
    const raw = shownRow(contract, positions, asItCame(this.layout, fields), headerWidth);
    this.faults.push({ line, column, code: fault.code, message, raw });
  }

  end(): void {
    if (this.layout === undefined) {
      throw new UnreadableFile(undefined, 'the file is empty; at least a header is expected');
    }
  }

  result(): FileCheck {
    const { file, rows, bad, firstRows, faults, refused } = this;
    return {
      file: file.name,
      readAs: file.contract.file,
      mapped: file.mapping !== undefined,
      columns: this.columns(),
      unread: this.unread(),
      firstRows,
      rows,
      good: rows - bad,
      bad,
      faults,
      faultCounts: [...this.counts.values()].sort((a, b) => b.rows - a.rows),
      refused,
    };
  }

  private takeHeader(header: string[], line: number): void {
    const { contract, mapping, name, date } = this.file;
    this.header = header;
    const layout = mapping === undefined ? plainLayout(contract, header) : mappedLayout(mapping, name, header, date);
    if (typeof layout === 'string') throw new UnreadableFile(line, layout);
    this.layout = layout;
    this.checker = new RowChecker(
      layout.contract,
      layout.positions,
      Number(date.slice(0, 4)),
      layout.headerWidth,
      layout.added.length,
    );
  }

  private valuesOf(layout: Layout, fields: readonly string[]): Record<string, string> {
    const shifted = fields.length !== layout.headerWidth + layout.added.length;
    const { contract, mapping, date } = this.file;
    const year = Number(date.slice(0, 4));
    return Object.fromEntries(
      contract.columns.map((column, index) => {
        const text = fields[layout.positions[index]!] ?? '';
        if (text === '' || column.kind.hidden) return [column.name, text === '' ? '' : MASK];
        return [column.name, shownValue(asRead(column, mapping, text, year) ?? text, shifted)];
      }),
    );
  }

  private columns(): CheckedColumn[] {
    const { contract, mapping } = this.file;
    return contract.columns.map(({ name, required }) => {
      const constant = mapping?.constants.get(name);
      if (constant !== undefined) return { column: name, required, source: undefined, constant };
      const source = mapping?.columns.get(name) ?? name;
      if (this.header?.includes(source)) return { column: name, required, source, constant: undefined };
      const mayBeAbsent = mapping !== undefined && !required && !mapping.columns.has(name);
      return { column: name, required, source: undefined, constant: mayBeAbsent ? '' : undefined };
    });
  }

  private unread(): string[] {
    const read = new Set(this.columns().map(({ source }) => source));
    return [...new Set(this.header ?? [])].filter((name) => !read.has(name)).map((name) => shownValue(name, false));
  }
}

/**
 * In the form of the contract; values that the file does not hold are in that form already. Undefined when it cannot be
 * read: then it is shown as it came.
 */
function asRead(
  column: ColumnContract,
  mapping: FileMapping | undefined,
  text: string,
  referenceYear: number,
): string | undefined {
  const isOwn = mapping === undefined || mapping.constants.has(column.name);
  const value = isOwn ? text : translate(column, mapping, text);
  return value === undefined || value === '' || column.kind.read(value, referenceYear) !== undefined
    ? value
    : undefined;
}
