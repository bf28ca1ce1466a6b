/** Fetches one delivery whole, or leaves it for a later night: what is too large, badly named or still growing. */
import { readFile } from 'node:fs/promises';
import type { SourceLimits } from '../config/sources.js';
import { labelOf, type Connection, type RemoteEntry } from './connection.js';
import { fetchFile } from './download.js';
import { DeliveryFault } from './fault.js';
import type { FetchedFile, FetchedVersion, Inbox } from './inbox.js';
import { isSafeFileName, isUnfinishedName, shownName } from './names.js';
import type { Part } from './part.js';
import type { Visit } from './visit.js';

/** Says that its sender is done. */
const MANIFEST = 'manifest.json';
/** The contract knows ten files and a manifest. */
const MAX_FILES = 100;
const MAX_MANIFEST_BYTES = 1024 * 1024;

/** A delivery that is whole and has not got its name yet. */
export interface WholeDelivery {
  readonly part: Part;
  readonly version: FetchedVersion;
}

/**
 * Fetches a delivery that the inbox does not hold, or one that the source has sent again since; `Inbox.keep` gives it its
 * name. Undefined when the inbox has this very version. Throws a `SourceFault` or a `DeliveryFault`.
 */
export async function fetchDelivery(
  visit: Visit,
  delivery: string,
  inbox: Inbox,
  nowMs: number,
): Promise<WholeDelivery | undefined> {
  const source = labelOf(visit.source);
  const entries = await look(visit, (connection) => connection.listFiles(delivery));
  if (inbox.has(delivery) && isSame(entries, await inbox.lastFetched(delivery))) return undefined;
  refuseEntries(entries, visit.source);
  const isYoung = hasYoungFile(entries, visit.source, nowMs);
  if (isYoung && !entries.some(({ name }) => name === MANIFEST)) {
    throw growing(`a file changed less than ${visit.source.settleSeconds} seconds ago and there is no ${MANIFEST}`);
  }
  const part = await inbox.part(delivery, source);
  const files: FetchedFile[] = [];
  for (const entry of entries) files.push(await fetchFile(visit, delivery, entry, part));
  const again = await look(visit, (connection) => connection.lookAgain(delivery, entries));
  if (!isSame(again, { source, files })) throw growing('it changed while it was being fetched');
  if (isYoung && !(await isAsManifestSays(part, files)))
    throw growing(`it does not hold yet what its ${MANIFEST} names`);
  return { part, version: { source, files } };
}

type Look = (connection: Connection) => Promise<readonly RemoteEntry[] | undefined>;

/** The entries that count, in order of name; hidden ones do not. */
async function look(visit: Visit, list: Look): Promise<readonly RemoteEntry[]> {
  const entries = await visit.attempt(list);
  if (entries === undefined) throw growing('it is no longer there');
  return entries
    .filter(({ name }) => !/^\.[A-Za-z0-9_]/.test(name))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function refuseEntries(entries: readonly RemoteEntry[], limits: SourceLimits): void {
  if (entries.length === 0) throw growing('it holds no file yet');
  if (entries.length > MAX_FILES) throw tooLarge(`it holds ${entries.length} files, more than ${MAX_FILES}`);
  const seen = new Set<string>();
  for (const { name, isFile, sizeBytes } of entries) {
    if (!isSafeFileName(name)) throw badName(`${shownName(name)} is no name that a file of a delivery may have`);
    if (!isFile) throw badName(`${shownName(name)} is a folder, a link or a device, not a plain file`);
    if (seen.has(name.toLowerCase())) throw badName(`${shownName(name)} stands in it twice`);
    seen.add(name.toLowerCase());
    if (isUnfinishedName(name)) throw growing(`${shownName(name)} is still being written`);
    if (sizeBytes > limits.maxFileBytes) {
      throw tooLarge(`${shownName(name)} has ${sizeBytes} bytes, more than ${limits.maxFileBytes} (max_file_bytes)`);
    }
  }
  const bytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (bytes > limits.maxDeliveryBytes) {
    throw tooLarge(`it has ${bytes} bytes, more than ${limits.maxDeliveryBytes} (max_delivery_bytes)`);
  }
}

/** A time far in the future is a wrong clock, not a young file. */
function hasYoungFile(entries: readonly RemoteEntry[], { settleSeconds }: SourceLimits, nowMs: number): boolean {
  return entries.some(
    ({ modifiedMs }) => modifiedMs !== undefined && Math.abs(nowMs - modifiedMs) < settleSeconds * 1000,
  );
}

function isSame(entries: readonly RemoteEntry[], version: FetchedVersion | undefined): boolean {
  if (version?.files.length !== entries.length) return false;
  return entries.every(({ name, sizeBytes, modifiedMs, sha256 }) =>
    version.files.some(
      (file) =>
        file.name === name &&
        file.sizeBytes === sizeBytes &&
        file.modifiedMs === (modifiedMs ?? null) &&
        (sha256 === undefined || file.sha256 === sha256),
    ),
  );
}

/** Whether every file that the manifest names was fetched with its digest. A manifest that cannot be read says nothing. */
async function isAsManifestSays(part: Part, fetched: readonly FetchedFile[]): Promise<boolean> {
  if (fetched.some(({ name, sizeBytes }) => name === MANIFEST && sizeBytes > MAX_MANIFEST_BYTES)) return false;
  const named = namedFiles(await readFile(part.pathOf(MANIFEST), 'utf8'));
  return (
    named !== undefined &&
    named.every(({ name, sha256 }) =>
      fetched.some((file) => file.name === name && (sha256 === undefined || file.sha256 === sha256)),
    )
  );
}

function namedFiles(text: string): { name: unknown; sha256: unknown }[] | undefined {
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    if (!Array.isArray(files)) return undefined;
    return files.map((file: unknown) => file as { name: unknown; sha256: unknown });
  } catch {
    return undefined;
  }
}

function growing(message: string): DeliveryFault {
  return new DeliveryFault('DELIVERY_GROWING', message);
}

function tooLarge(message: string): DeliveryFault {
  return new DeliveryFault('DELIVERY_TOO_LARGE', message);
}

function badName(message: string): DeliveryFault {
  return new DeliveryFault('DELIVERY_NAMES_REFUSED', message);
}
