/** A bank statement in the form of ISO 20022 camt.053: its booked entries, each with what its details say. */
import { convert } from 'xmlbuilder2';
import { parseDay } from '../../../calendar.js';
import { shownValue } from '../../../feeds/shown.js';
import { parseEuro, type Cents } from '../../../money.js';
import type { Booking } from '../model.js';
import { refused, type AccountFaults } from './account.js';

/** What the reader of XML makes of an element: text, or an object of its children and attributes. */
type Node = string | { readonly [name: string]: Node | readonly Node[] };

const ADVICE = 'Export the statement again as camt.053, or the account as CSV or .xlsx.';

/** Whether a file begins as XML; nothing else of XML is read but camt.053. */
export function looksLikeXml(begin: string): boolean {
  return /^\s*<(\?xml|[\w:]*Document)/.test(begin.replace(/^\uFEFF/, ''));
}

/**
 * Entries of a statement, numbered from 1; faults go to `faults`. Throws a Failure (exit 3) for what is no whole camt.053:
 * the reader of XML forgives what is cut off, so end and number of entries are looked at here.
 */
export function readStatement(path: string, bytes: Buffer, faults: AccountFaults): Booking[] {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (!/urn:iso:std:iso:20022:tech:xsd:camt\.053\./.test(text)) throw refused(path, 'is XML and no camt.053', ADVICE);
  if (text.includes('<!DOCTYPE')) throw refused(path, 'holds a document type, which no bank writes', ADVICE);
  if (!/<\/(\w+:)?Document>\s*$/.test(text))
    throw refused(path, 'is cut off: it does not end with its document', ADVICE);
  const statements = all(rootOf(path, text), 'Document', 'BkToCstmrStmt', 'Stmt');
  const bookings: Booking[] = [];
  let number = 0;
  for (const statement of statements) {
    const entries = all(statement, 'Ntry');
    const counted = textOf(statement, 'TxsSummry', 'TtlNtries', 'NbOfNtries');
    if (counted !== '' && Number(counted) !== entries.length) {
      throw refused(
        path,
        `holds ${entries.length} entries and says that there are ${shownValue(counted, false)}`,
        ADVICE,
      );
    }
    for (const entry of entries) bookings.push(...bookingsOf(entry, (number += 1), faults));
  }
  return bookings;
}

function rootOf(path: string, text: string): Node {
  try {
    return convert(text, { format: 'object' }) as unknown as Node;
  } catch (error) {
    throw refused(path, 'is no XML that can be read', ADVICE, error);
  }
}

/** One entry, or the payments that were put together in it when each says its amount and they add up. */
function bookingsOf(entry: Node, line: number, faults: AccountFaults): Booking[] {
  const status = textOf(entry, 'Sts', 'Cd') || textOf(entry, 'Sts');
  if (status !== '' && status !== 'BOOK') return [];
  const date = (textOf(entry, 'BookgDt', 'Dt') || textOf(entry, 'BookgDt', 'DtTm')).slice(0, 10);
  const bookedOn = parseDay(date);
  const cents = signed(entry, entry);
  if (bookedOn === undefined) faults.add(`entry ${line}, BookgDt`, `${shownValue(date, false)} is not a date`);
  if (cents === undefined) faults.add(`entry ${line}, Amt`, 'is not an amount in euro with CRDT or DBIT');
  if (bookedOn === undefined || cents === undefined) return [];
  const details = all(entry, 'NtryDtls', 'TxDtls');
  const booking = (amount: Cents, about: readonly Node[]): Booking => ({
    ...{ line, bookedOn, account: undefined, field: undefined, cents: amount },
    reference: about.flatMap((each) => textsOf(each, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref')).join(' '),
    text: [...about.flatMap((each) => textsOf(each, 'RmtInf', 'Ustrd')), textOf(entry, 'AddtlNtryInf')]
      .join(' ')
      .trim(),
  });
  const amounts = details.map((each) => signed(each, entry));
  const isSplit = details.length > 1 && amounts.reduce<Cents>((sum, each) => sum + (each ?? NaN), 0) === cents;
  return isSplit ? details.map((each, index) => booking(amounts[index]!, [each])) : [booking(cents, details)];
}

/** Amount of an entry or of a payment in it; a payment without a direction has that of its entry. */
function signed(node: Node, entry: Node): Cents | undefined {
  const amounts = [...all(node, 'Amt'), ...all(node, 'AmtDtls', 'TxAmt', 'Amt')];
  const [amount] = amounts;
  const direction = textOf(node, 'CdtDbtInd') || textOf(entry, 'CdtDbtInd');
  if (amount === undefined || typeof amount === 'string' || amount['@Ccy'] !== 'EUR') return undefined;
  const cents = parseEuro(contentOf(amount));
  if (cents === undefined || (direction !== 'CRDT' && direction !== 'DBIT')) return undefined;
  return direction === 'CRDT' || cents === 0 ? cents : -cents;
}

/** All elements at the end of a path, whatever prefix the bank gives to names. */
function all(node: Node, ...path: readonly string[]): Node[] {
  const [name, ...rest] = path;
  if (name === undefined) return [node];
  if (typeof node === 'string') return [];
  return Object.entries(node)
    .filter(([key]) => key === name || key.endsWith(`:${name}`))
    .flatMap(([, value]) => (Array.isArray(value) ? (value as readonly Node[]) : [value as Node]))
    .flatMap((child) => all(child, ...rest));
}

function textsOf(node: Node, ...path: readonly string[]): string[] {
  return all(node, ...path).map(contentOf);
}

function textOf(node: Node, ...path: readonly string[]): string {
  return textsOf(node, ...path)[0] ?? '';
}

function contentOf(node: Node): string {
  const content = typeof node === 'string' ? node : node['#'];
  return typeof content === 'string' ? decoded(content).replaceAll(UNPRINTABLE, ' ').trim() : '';
}

const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]+/g;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** The reader of XML leaves references to characters as they stand. */
function decoded(content: string): string {
  return content.replaceAll(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(lt|gt|quot|apos|amp));/gi, (_, decimal, hex, name) => {
    if (name !== undefined) return NAMED[String(name).toLowerCase()]!;
    return String.fromCodePoint(decimal === undefined ? parseInt(String(hex), 16) : Number(decimal));
  });
}
