/** The header of a file: exactly the columns of its contract, in any order. */
import type { RecordContract } from './contracts.js';
import { shownValue } from './shown.js';

/** Place in the file of each column of the contract, or what is wrong with the header. */
export function readHeader(contract: RecordContract, header: readonly string[]): number[] | string {
  const places = new Map<string, number>();
  const doubled = new Set<string>();
  header.forEach((name, index) => (places.has(name) ? doubled.add(name) : places.set(name, index)));
  const names = contract.columns.map((column) => column.name);
  const missing = names.filter((name) => !places.has(name));
  const unknown = [...places.keys()].filter((name) => !names.includes(name));
  const faults = [
    missingNames(missing),
    sentence(unknown, `unknown (expected: ${names.join(', ')})`),
    doubledNames([...doubled]),
  ].filter((fault) => fault !== '');
  return faults.length > 0 ? faults.join('; ') : names.map((name) => places.get(name)!);
}

/** What is said of columns that are not there, '' for none. */
export function missingNames(names: readonly string[]): string {
  return sentence(names, 'missing');
}

/** What is said of columns that are there twice, '' for none. */
export function doubledNames(names: readonly string[]): string {
  return sentence(names, 'there twice');
}

function sentence(names: readonly string[], what: string): string {
  if (names.length === 0) return '';
  // A file without a header: what should be names are the values of a row, national numbers among them.
  const quoted = names.slice(0, 10).map((name) => JSON.stringify(shownValue(name, true)));
  const more = names.length > 10 ? ` and ${names.length - 10} more` : '';
  return names.length === 1 ? `column ${quoted[0]!} is ${what}` : `columns ${quoted.join(', ')}${more} are ${what}`;
}
