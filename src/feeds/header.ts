/** The header of a file: exactly the columns of its contract, in any order. */
import type { RecordContract } from './contracts.js';

/** Place in the file of each column of the contract, or what is wrong with the header. */
export function readHeader(contract: RecordContract, header: readonly string[]): number[] | string {
  const places = new Map<string, number>();
  const doubled = new Set<string>();
  header.forEach((name, index) => (places.has(name) ? doubled.add(name) : places.set(name, index)));
  const names = contract.columns.map((column) => column.name);
  const missing = names.filter((name) => !places.has(name));
  const unknown = [...places.keys()].filter((name) => !names.includes(name));
  const faults = [
    sentence(missing, 'missing'),
    sentence(unknown, `unknown (expected: ${names.join(', ')})`),
    sentence([...doubled], 'there twice'),
  ].filter((fault) => fault !== '');
  return faults.length > 0 ? faults.join('; ') : names.map((name) => places.get(name)!);
}

function sentence(names: readonly string[], what: string): string {
  if (names.length === 0) return '';
  const quoted = names.slice(0, 10).map((name) => JSON.stringify(name.slice(0, 60)));
  const more = names.length > 10 ? ` and ${names.length - 10} more` : '';
  return names.length === 1 ? `column ${quoted[0]!} is ${what}` : `columns ${quoted.join(', ')}${more} are ${what}`;
}
