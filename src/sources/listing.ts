/** The listing of an HTTPS source: `[{"delivery": "2024-04-16", "files": [{"name", "size", "sha256"?, "modified"?}]}]`. */
import type { RemoteEntry } from './connection.js';
import { SourceFault } from './fault.js';

/** Files by delivery, names as they came. */
export type Listing = ReadonlyMap<string, readonly RemoteEntry[]>;

const SHAPE = '[{"delivery": "2024-04-16", "files": [{"name": "weo.csv", "size": 1234}]}]';

/** Reads a listing. Throws a `SourceFault` (UNREADABLE) that tells what is wrong with it. */
export function readListing(bytes: Buffer): Listing {
  const json = parse(bytes);
  if (!Array.isArray(json)) throw wrong('is no list');
  const listing = new Map<string, RemoteEntry[]>();
  for (const [index, item] of json.entries()) {
    const where = `item ${index + 1}`;
    const { delivery, files } = fieldsOf(item, where);
    if (typeof delivery !== 'string' || !Array.isArray(files)) throw wrong(`${where} has no delivery with files`);
    if (listing.has(delivery)) throw wrong(`${where} repeats a delivery`);
    listing.set(
      delivery,
      files.map((file: unknown, place) => readEntry(file, `${where}, file ${place + 1}`)),
    );
  }
  return listing;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw wrong('is no JSON');
  }
}

function readEntry(json: unknown, where: string): RemoteEntry {
  const { name, size, sha256, modified } = fieldsOf(json, where);
  if (typeof name !== 'string') throw wrong(`${where} has no name`);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw wrong(`${where} has no size in bytes`);
  if (sha256 !== undefined && (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256))) {
    throw wrong(`${where} has a sha256 that is not 64 hexadecimal digits`);
  }
  const modifiedMs = typeof modified === 'string' ? Date.parse(modified) : undefined;
  if (Number.isNaN(modifiedMs) || (modified !== undefined && modifiedMs === undefined)) {
    throw wrong(`${where} has a modified that is no ISO 8601 timestamp`);
  }
  return { name, isFile: true, sizeBytes: size, modifiedMs, sha256: sha256?.toLowerCase() };
}

function fieldsOf(json: unknown, where: string): Record<string, unknown> {
  if (typeof json === 'object' && json !== null) return json as Record<string, unknown>;
  throw wrong(`${where} is no object`);
}

function wrong(problem: string): SourceFault {
  return new SourceFault('UNREADABLE', `the listing ${problem}; it must look like ${SHAPE}`);
}
