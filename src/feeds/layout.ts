/** Where the columns of the contract stand in a file: found once from its header, with or without a mapping. */
import { day } from '../calendar.js';
import { momentOf } from '../clock.js';
import type { RecordContract } from './contracts.js';
import { doubledNames, missingNames, readHeader } from './header.js';
import * as kind from './kinds.js';
import { OF_DELIVERY, translatedContract, type FileMapping } from './mapping.js';

export interface Layout {
  /** Its columns read the values as they stand in the file. */
  readonly contract: RecordContract;
  /** Name of the file for messages. */
  readonly file: string;
  /** Place of each column of the contract in a row with the added values. */
  readonly positions: readonly number[];
  /** Name of each column of the contract in the file. */
  readonly names: readonly string[];
  /** Fields of the header. */
  readonly headerWidth: number;
  /** Put behind the fields of every row: values that the file does not hold. */
  readonly added: readonly string[];
  /** The day of the delivery stands for the moment of registration: a row that says nothing new is no new version. */
  readonly isRegisteredByDelivery: boolean;
}

/** The layout of a file of the contract, or what is wrong with its header. */
export function plainLayout(contract: RecordContract, header: readonly string[]): Layout | string {
  const positions = readHeader(contract, header);
  if (typeof positions === 'string') return positions;
  return {
    contract,
    file: contract.file,
    positions,
    names: contract.columns.map(({ name }) => name),
    headerWidth: positions.length,
    added: [],
    isRegisteredByDelivery: false,
  };
}

/**
 * The layout of a file of a source, or what is wrong with its header. Columns that the mapping does not name may stand
 * under the name of the contract; optional ones that are nowhere stay empty. Other columns of the source are not read.
 * @param date `YYYY-MM-DD` of the delivery
 */
export function mappedLayout(
  mapping: FileMapping,
  file: string,
  header: readonly string[],
  date: string,
): Layout | string {
  const places = new Map(header.map((name, index) => [name, index]));
  const added: string[] = [];
  const missing: string[] = [];
  const read: string[] = [];
  const names: string[] = [];
  const positions = mapping.contract.columns.map((column) => {
    const name = mapping.columns.get(column.name) ?? column.name;
    const constant = mapping.constants.get(column.name);
    names.push(constant === undefined ? name : column.name);
    const place = places.get(name);
    if (constant === undefined && place !== undefined) {
      read.push(name);
      return place;
    }
    if (constant === undefined && (column.required || mapping.columns.has(column.name))) missing.push(name);
    added.push(constant === OF_DELIVERY ? valueOfDelivery(column.kind, date) : (constant ?? ''));
    return header.length + added.length - 1;
  });
  const doubled = read.filter((name) => header.indexOf(name) !== header.lastIndexOf(name));
  const faults = [missingNames(missing), doubledNames(doubled)].filter((fault) => fault !== '');
  if (faults.length > 0) return faults.join('; ');
  return {
    contract: translatedContract(mapping),
    file,
    positions,
    names,
    headerWidth: header.length,
    added,
    isRegisteredByDelivery: mapping.constants.get('registered_at') === OF_DELIVERY,
  };
}

/** A row with the values that the file does not hold; one that is too short stays so, for its fields are shifted. */
export function completed(layout: Layout, record: string[]): readonly string[] {
  if (layout.added.length > 0 && record.length >= layout.headerWidth) record.push(...layout.added);
  return record;
}

/** The fields of a completed row as they came. */
export function asItCame({ added, headerWidth }: Layout, record: readonly string[]): readonly string[] {
  return record.length >= headerWidth + added.length ? record.slice(0, record.length - added.length) : record;
}

function valueOfDelivery(columnKind: kind.ColumnKind, date: string): string {
  // Noon whatever the time is: the same delivery must read the same on any night.
  return columnKind === kind.timestamp ? momentOf(day(date), new Date(0)) : date;
}
