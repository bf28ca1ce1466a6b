/** `manifest.json` of a delivery: what the sender says is in it, checked against what is. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { MANIFEST, type DeliveredFile, type DeliveryContent } from './deliveries.js';
import { refusal } from './refusal.js';
import type { Numbered } from './sequence.js';
import { shownValue } from './shown.js';

/** Larger than any manifest of ten files. */
const MAX_BYTES = 256 * 1024;
/** Longest name of a source. */
const MAX_SOURCE = 100;

export type DeliveryMode = 'delta' | 'full';

export interface Manifest extends Numbered {
  readonly mode: DeliveryMode;
  /** Rows of each file as the sender counted them: a file that is not in here was not counted. */
  readonly rows: ReadonlyMap<string, number>;
}

interface ListedFile {
  readonly name: string;
  readonly rows: number | undefined;
  readonly sha256: string | undefined;
}

/**
 * Reads and checks the manifest of a delivery, undefined when there is none. Row counts are only returned: they can be
 * checked when the files are read. Throws a `Failure` (exit code 3) when anything does not agree.
 */
export async function readManifest(delivery: string, content: DeliveryContent): Promise<Manifest | undefined> {
  const file = content.files.find(({ name }) => name === MANIFEST);
  if (file === undefined) return undefined;
  const refuse = (problem: string) => refusal(delivery, MANIFEST, problem);
  const json = await readObject(file, refuse);
  if (json['delivery'] !== delivery) throw refuse(`it is of delivery ${shownJson(json['delivery'])}`);
  const mode = json['mode'] ?? 'delta';
  if (mode !== 'delta' && mode !== 'full') throw refuse(`mode ${shownJson(mode)} is neither "delta" nor "full"`);
  const source = sourceOf(json['source']);
  const sequence = json['sequence'] ?? undefined;
  if (sequence !== undefined && !isCount(sequence))
    throw refuse(`sequence ${shownJson(sequence)} is not a whole number`);
  if (!Array.isArray(json['files'])) throw refuse('"files" is not a list');
  const listed = json['files'].map((entry) => readListedFile(entry, refuse));
  compare(listed, content, refuse);
  const counted = listed.filter((entry) => entry.rows !== undefined);
  return { mode, source, sequence, rows: new Map(counted.map((entry) => [entry.name, entry.rows!])) };
}

/** Whoever counts; anything but a short name counts for nobody, as senders put other things there. */
function sourceOf(value: unknown): string {
  return typeof value === 'string' && value.length <= MAX_SOURCE ? value : '';
}

/** A whole number from zero. */
function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

type Refuse = (problem: string) => Error;

async function readObject(file: DeliveredFile, refuse: Refuse): Promise<Record<string, unknown>> {
  const bytes = await readAtMost(file.path, MAX_BYTES + 1);
  if (bytes.length > MAX_BYTES) throw refuse(`it is larger than ${MAX_BYTES / 1024} KiB`);
  if (!isUtf8(bytes)) throw refuse('it is not UTF-8');
  const json = parsed(bytes.toString('utf8').replace(/^\ufeff/, ''));
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw refuse('it is not a JSON object');
  return json as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readAtMost(path: string, limit: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    const buffer = Buffer.alloc(limit);
    const { bytesRead } = await handle.read(buffer, 0, limit, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function readListedFile(entry: unknown, refuse: Refuse): ListedFile {
  const { name, rows, sha256 } = (entry ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') throw refuse('an entry of "files" has no name');
  const shown = shownJson(name);
  if (/[/\\]/.test(name) || name === '.' || name === '..') throw refuse(`${shown} is not a file of this folder`);
  if (rows !== undefined && !isCount(rows)) {
    throw refuse(`rows of ${shown} is not a number of rows`);
  }
  if (sha256 !== undefined && !(typeof sha256 === 'string' && /^[0-9a-f]{64}$/i.test(sha256))) {
    throw refuse(`sha256 of ${shown} is not a digest of 64 hexadecimal digits`);
  }
  return { name, rows, sha256: sha256 };
}

function compare(listed: readonly ListedFile[], content: DeliveryContent, refuse: Refuse): void {
  const present = new Map(content.files.map((file) => [file.name, file]));
  const names = new Set<string>();
  for (const { name, sha256 } of listed) {
    const shown = shownJson(name);
    if (names.has(name)) throw refuse(`${shown} is listed twice`);
    names.add(name);
    const file = present.get(name);
    if (file === undefined) throw refuse(`${shown} is listed but is not in the delivery`);
    if (sha256 !== undefined && sha256.toLowerCase() !== file.sha256) {
      throw refuse(`${shown} is not the file that was sent: its sha256 is ${file.sha256}`);
    }
  }
  for (const name of present.keys()) {
    if (name !== MANIFEST && !names.has(name)) throw refuse(`${shownJson(name)} is in the delivery but is not listed`);
  }
}

function shownJson(value: unknown): string {
  return shownValue(JSON.stringify(value) ?? 'nothing', false);
}
