/**
 * A source that does not write the form of the contract: its column names, separators, formats and codes, as the
 * configuration (`feeds.mapping`) says them. Values are translated where a row is checked, so that everything after it,
 * and every file that needs no mapping, goes the same way as ever.
 */
import type { ColumnContract, RecordContract } from './contracts.js';
import type { CsvForm } from './csv.js';
import type { Translator } from './formats.js';
import * as kind from './kinds.js';
import type { ColumnKind } from './kinds.js';

/** The constant that stands for the day of the delivery: noon in Brussels where a moment is asked. */
export const OF_DELIVERY = 'delivery';

/** How a source writes one file of the contract. */
export interface FileMapping {
  readonly contract: RecordContract;
  /** Pattern of the names of its files, `*` and `?` as everywhere; undefined for the name of the contract. */
  readonly pattern: string | undefined;
  readonly form: CsvForm;
  /** Name in the source of columns of the contract. */
  readonly columns: ReadonlyMap<string, string>;
  /** Values of columns of the contract that are not in the source, in the form of the contract. */
  readonly constants: ReadonlyMap<string, string>;
  /** By column of the contract: what its codes mean, '' for an empty field. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly formats: Formats;
}

/** How values are written; undefined: as the contract does. */
export interface Formats {
  readonly date: Format | undefined;
  readonly timestamp: Format | undefined;
  readonly month: Format | undefined;
  readonly number: Format | undefined;
}

export interface Format {
  /** As it is shown to people: `DD/MM/YYYY`. */
  readonly shown: string;
  readonly translate: Translator;
}

/** By file of the contract: `weo.csv`. */
export type FeedMapping = ReadonlyMap<string, FileMapping>;

export const NO_MAPPING: FeedMapping = new Map();

/** Whether a file of this name is one that the mapping reads. */
export function isFileOf({ pattern, contract }: FileMapping, name: string): boolean {
  return pattern === undefined ? name === contract.file : regexOf(pattern).test(name);
}

const patterns = new Map<string, RegExp>();

function regexOf(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const regex = new RegExp(`^${source}$`, 's');
  patterns.set(pattern, regex);
  return regex;
}

/** The contract with columns that read what the source writes. */
export function translatedContract(mapping: FileMapping): RecordContract {
  const columns = mapping.contract.columns.map((column) =>
    mapping.constants.has(column.name) ? column : { ...column, kind: translatedKind(column, mapping) },
  );
  return { ...mapping.contract, columns };
}

/** A filled value of the source in the form of the contract, '' when its code means empty; undefined when it cannot be. */
export function translate(column: ColumnContract, mapping: FileMapping, text: string): string | undefined {
  const code = mapping.values.get(column.name)?.get(text);
  if (code !== undefined) return code;
  const format = formatOf(column.kind, mapping.formats);
  return format === undefined ? text : format.translate(text);
}

function translatedKind(column: ColumnContract, mapping: FileMapping): ColumnKind {
  const format = formatOf(column.kind, mapping.formats);
  const hasCodes = mapping.values.has(column.name);
  if (format === undefined && !hasCodes) return column.kind;
  const fault = format === undefined ? column.kind.fault : `${NOUN.get(column.kind)!} (${format.shown})`;
  return {
    ...column.kind,
    fault: hasCodes ? `${fault}, nor a code of feeds.mapping` : fault,
    read(text, referenceYear) {
      const translated = translate(column, mapping, text);
      if (translated === '') return column.whenEmpty;
      return translated === undefined ? undefined : column.kind.read(translated, referenceYear);
    },
  };
}

const NOUN = new Map<ColumnKind, string>([
  [kind.date, 'is not a date'],
  [kind.timestamp, 'is not a timestamp'],
  [kind.month, 'is not a month'],
  [kind.amount, 'is not an amount with at most two decimals'],
  [kind.fullTimeFraction, 'is not a fraction of full time from 0 to 1'],
]);

function formatOf(columnKind: ColumnKind, formats: Formats): Format | undefined {
  switch (columnKind) {
    case kind.date:
      return formats.date;
    case kind.timestamp:
      return formats.timestamp;
    case kind.month:
      return formats.month;
    case kind.amount:
    case kind.fullTimeFraction:
      return formats.number;
    default:
      return undefined;
  }
}
