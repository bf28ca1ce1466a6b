/**
 * Reads a folder of deliveries the naive way: all of it, in memory, in order of name. What comes out: every accepted
 * version of every record, and the rows that are set aside (contract section 3).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILES, firstColumn, formFaults, type Fault, type Row } from './columns.js';
import { brusselsDay, isDay, parseTimestamp, type Day } from './days.js';

/** One accepted row: a version of a record. */
export interface Version {
  readonly file: string;
  readonly id: string;
  readonly row: Row;
  /** Microseconds since 1970; 0 for ocmw.csv, which has no registration. */
  readonly registeredAt: number;
  readonly registeredOn: Day;
  /** Day on which it counts as delivered: for a row that waited, the delivery that brought what it referred to. */
  readonly countedOn: Day;
  /** Place of the delivery in the order of names. */
  readonly delivery: number;
  readonly line: number;
  readonly withdrawn: boolean;
}

/** A row that is set aside. */
export interface Reject {
  readonly delivery: string;
  readonly file: string;
  readonly line: number;
  readonly column: string;
}

export interface Feeds {
  readonly versions: readonly Version[];
  readonly rejects: readonly Reject[];
  /** Day of the first delivery; undefined when there is none. */
  readonly firstDelivery: Day | undefined;
}

interface IncomingRow {
  readonly file: string;
  readonly id: string;
  readonly row: Row;
  readonly line: number;
  readonly deliveryName: string;
  readonly delivery: number;
  readonly faults: Fault[];
}

/** State while the deliveries are read one after another. */
interface Intake {
  readonly versions: Version[];
  readonly knownOcmws: Set<string>;
  readonly knownWeos: Set<string>;
  setAside: IncomingRow[];
}

/** Reads all deliveries dated up to `date`. Throws when a file is no proper file (the program refuses it, exit 3). */
export function readFeeds(feedsDir: string, date: Day): Feeds {
  const intake: Intake = { versions: [], knownOcmws: new Set(), knownWeos: new Set(), setAside: [] };
  const names = readdirSync(feedsDir).filter(isDeliveryName).sort(compareNames);
  const due = names.filter((name) => name.slice(0, 10) <= date);
  const digests = new Set<string>();
  due.forEach((name, index) => {
    const digest = digestOf(join(feedsDir, name));
    // the same content again is a no-op
    if (!digests.has(digest)) takeIn(intake, name, readDelivery(feedsDir, name, index));
    digests.add(digest);
  });
  const rejects = intake.setAside.map((row) => {
    const { deliveryName: delivery, file, line } = row;
    return { delivery, file, line, column: firstColumn(file, faultsNow(intake, row)) };
  });
  return { versions: intake.versions, rejects, firstDelivery: due[0]?.slice(0, 10) };
}

function isDeliveryName(name: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(\.\d+)?$/.test(name) && isDay(name.slice(0, 10));
}

function compareNames(a: string, b: string): number {
  const [dayA, dayB] = [a.slice(0, 10), b.slice(0, 10)];
  if (dayA !== dayB) return dayA < dayB ? -1 : 1;
  return Number(a.slice(11) || '1') - Number(b.slice(11) || '1');
}

function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

function readDelivery(feedsDir: string, name: string, index: number): IncomingRow[] {
  const rows: IncomingRow[] = [];
  const present = readdirSync(join(feedsDir, name));
  for (const file of Object.keys(FILES)) {
    if (!present.includes(file)) continue;
    for (const { line, row } of readRows(file, readFileSync(join(feedsDir, name, file), 'utf8'))) {
      const id = FILES[file]!.id.map((column) => row[column]!).join('/');
      rows.push({ file, id, row, line, deliveryName: name, delivery: index, faults: formFaults(file, row) });
    }
  }
  return rows;
}

function readRows(file: string, text: string): { line: number; row: Row }[] {
  const [header, ...records] = parseCsv(text.replace(/^\uFEFF/, ''));
  const names = header?.cells ?? [];
  const expected = FILES[file]!.columns.map((column) => column.name);
  if ([...names].sort().join() !== [...expected].sort().join()) throw new Error(`${file}: wrong header`);
  return records.map(({ line, cells }) => {
    if (cells.length !== names.length) throw new Error(`${file} line ${line}: ${cells.length} cells`);
    return { line, row: Object.fromEntries(names.map((name, i) => [name, cells[i]!])) };
  });
}

/** RFC 4180, character by character; `line` is where the record starts. */
function parseCsv(text: string): { line: number; cells: string[] }[] {
  const records: { line: number; cells: string[] }[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const record = { line, cells: [] as string[] };
    for (let more = true; more;) {
      let cell = '';
      if (text[at] === '"') {
        for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
          if (at >= text.length) throw new Error('a quote is never closed');
          if (text[at] === '"') at++;
          if (text[at] === '\n') line++;
          cell += text[at];
        }
        at++;
      } else {
        while (at < text.length && !',\r\n'.includes(text[at]!)) cell += text[at++];
      }
      record.cells.push(cell);
      more = text[at] === ',';
      if (more) at++;
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    line++;
    records.push(record);
  }
  return records;
}

/** One delivery: what can be accepted is, rows that waited come back, the rest is set aside. */
function takeIn(intake: Intake, name: string, incoming: IncomingRow[]): void {
  const accepted: IncomingRow[] = [];
  // Files in the order of what refers to what: OCMW, then WEO, then the rest. The same delivery counts as known.
  for (const file of Object.keys(FILES)) {
    const candidates = [...intake.setAside, ...incoming].filter(
      (row) => row.file === file && row.faults.every((fault) => fault.kind === 'REFERENCE'),
    );
    for (let progress = true; progress;) {
      const ready = candidates.filter((row) => !accepted.includes(row) && referencesAreKnown(intake, row, candidates));
      progress = ready.length > 0;
      for (const row of ready) {
        accepted.push(row);
        if (file === 'ocmw.csv') intake.knownOcmws.add(row.row.ocmw_id!);
        if (file === 'weo.csv') intake.knownWeos.add(row.id);
      }
    }
  }
  for (const row of incoming) addReferenceFaults(intake, row);
  const brings = (good: IncomingRow, bad: IncomingRow): boolean =>
    good === bad || (good.file === bad.file && good.id === bad.id && good.delivery > bad.delivery);
  const stillAside = intake.setAside.filter((bad) => !accepted.some((good) => brings(good, bad)));
  intake.setAside = [...stillAside, ...incoming.filter((row) => !accepted.includes(row))];
  for (const row of accepted) intake.versions.push(toVersion(row, name.slice(0, 10)));
}

function unknownReferences(intake: Intake, { file, row }: IncomingRow): string[] {
  const rules = FILES[file]!;
  const ocmws = rules.ocmwColumns.filter((column) => row[column] !== '' && !intake.knownOcmws.has(row[column]!));
  const weos = rules.weoColumns.filter((column) => row[column] !== '' && !intake.knownWeos.has(row[column]!));
  return [...ocmws, ...weos];
}

function referencesAreKnown(intake: Intake, incoming: IncomingRow, sameFile: IncomingRow[]): boolean {
  if (incoming.file !== 'ocmw.csv') return unknownReferences(intake, incoming).length === 0;
  // Two OCMWs of one delivery may name each other.
  const successor = incoming.row.successor_id!;
  return successor === '' || intake.knownOcmws.has(successor) || sameFile.some((o) => o.row.ocmw_id === successor);
}

function addReferenceFaults(intake: Intake, incoming: IncomingRow): void {
  for (const column of unknownReferences(intake, incoming)) {
    if (!incoming.faults.some((fault) => fault.column === column)) incoming.faults.push({ column, kind: 'REFERENCE' });
  }
}

/** Of a row that only waits: what it still waits for (reading O-20). */
function faultsNow(intake: Intake, row: IncomingRow): readonly Fault[] {
  if (row.faults.some((fault) => fault.kind === 'FORM')) return row.faults;
  return unknownReferences(intake, row).map((column) => ({ column, kind: 'REFERENCE' }));
}

function toVersion({ file, id, row, line, delivery }: IncomingRow, countedOn: Day): Version {
  const registeredAt = row.registered_at === undefined ? 0 : parseTimestamp(row.registered_at)!;
  const registeredOn = row.registered_at === undefined ? '0000-01-01' : brusselsDay(registeredAt);
  const withdrawn = row.withdrawn === 'true';
  return { file, id, row, registeredAt, registeredOn, countedOn, delivery, line, withdrawn };
}

/** Order of versions of one record: registration, delivery, line. */
export function inVersionOrder(a: Version, b: Version): number {
  return a.registeredAt - b.registeredAt || a.delivery - b.delivery || a.line - b.line;
}
