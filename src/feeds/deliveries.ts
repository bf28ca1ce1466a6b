/** Which deliveries lie in the feed folder, in which order, and what is in them. */
import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDay } from '../calendar.js';
import { EXIT, Failure } from '../errors.js';
import { contractOf } from './contracts.js';
import { readPieces } from './pieces.js';
import { refusal } from './refusal.js';
import { UnreadableFile } from './unreadable.js';

/** A folder in the feed source whose name is a delivery date. */
export interface DeliveryFolder {
  /** `2024-04-16`, or `2024-04-16.2` for a second one that day. */
  readonly name: string;
  /** `YYYY-MM-DD` of the name. */
  readonly date: string;
  readonly path: string;
}

export interface FeedListing {
  /** In the order in which they are taken: by date, then by number (without a number first). */
  readonly deliveries: readonly DeliveryFolder[];
  /** Entries that are no delivery; hidden ones are passed over. */
  readonly strangers: readonly string[];
}

/** A plain file of a delivery. */
export interface DeliveredFile {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What lies in a delivery folder. */
export interface DeliveryContent {
  readonly files: readonly DeliveredFile[];
  /** Entries that are no plain file: folders, symbolic links, pipes. */
  readonly others: readonly string[];
  /**
   * sha256 over the sorted names and contents of what the contract, or the mapping, knows: a stray file makes no other
   * delivery.
   */
  readonly digest: string;
  /** The same over everything: another mapping makes no other delivery. */
  readonly wholeDigest: string;
}

/** Name of the file that says what a delivery should hold. */
export const MANIFEST = 'manifest.json';

const DIGEST_PIECE_BYTES = 1024 * 1024;
const NAME = /^(\d{4}-\d{2}-\d{2})(?:\.([1-9]\d{0,5}))?$/;

/** Lists a feed folder. Throws a `Failure` (exit code 2) when the folder is missing or cannot be read. */
export async function listDeliveries(feedsDir: string): Promise<FeedListing> {
  const deliveries: (DeliveryFolder & { readonly number: number })[] = [];
  const strangers: string[] = [];
  for (const entry of await entriesOf(feedsDir)) {
    const match = NAME.exec(entry.name);
    const day = match && parseDay(match[1]!);
    if (match && day !== undefined && entry.isDirectory()) {
      const path = join(feedsDir, entry.name);
      deliveries.push({ name: entry.name, date: match[1]!, number: Number(match[2] ?? 0), path });
    } else if (!entry.name.startsWith('.')) {
      strangers.push(entry.name);
    }
  }
  deliveries.sort((a, b) => (a.date === b.date ? a.number - b.number : a.date < b.date ? -1 : 1));
  return { deliveries: deliveries.map(({ name, date, path }) => ({ name, date, path })), strangers: strangers.sort() };
}

/** Date of the first delivery, `YYYY-MM-DD`; undefined when there is none. Throws like `listDeliveries`. */
export async function firstDeliveryDate(feedsDir: string): Promise<string | undefined> {
  return (await listDeliveries(feedsDir)).deliveries[0]?.date;
}

/** Date of the last delivery, `YYYY-MM-DD`; undefined when there is none. Throws like `listDeliveries`. */
export async function lastDeliveryDate(feedsDir: string): Promise<string | undefined> {
  return (await listDeliveries(feedsDir)).deliveries.at(-1)?.date;
}

/**
 * Reads every file of a delivery once, for its digest. Hidden files do not count. Throws a `Failure` (exit code 3) when
 * something cannot be read.
 * @param isKnown whether a name means something in a delivery; by default by the contract alone
 */
export async function readContent(
  delivery: DeliveryFolder,
  isKnown: (name: string) => boolean = isOfContract,
): Promise<DeliveryContent> {
  const files: DeliveredFile[] = [];
  const others: string[] = [];
  const digest = createHash('sha256');
  const wholeDigest = createHash('sha256');
  const entries = (await entriesOfDelivery(delivery)).filter((entry) => !entry.name.startsWith('.'));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isFile()) {
      others.push(entry.name);
      if (isKnown(entry.name)) digest.update(`other ${JSON.stringify(entry.name)}\n`);
      continue;
    }
    const path = join(delivery.path, entry.name);
    const { sha256, bytes } = await digestOf(delivery.name, entry.name, path);
    files.push({ name: entry.name, path, sha256, bytes });
    const line = `file ${JSON.stringify(entry.name)} ${sha256}\n`;
    if (isKnown(entry.name)) digest.update(line);
    wholeDigest.update(line);
  }
  return { files, others, digest: digest.digest('hex'), wholeDigest: wholeDigest.digest('hex') };
}

function isOfContract(name: string): boolean {
  return name === MANIFEST || contractOf(name) !== undefined;
}

async function digestOf(
  delivery: string,
  name: string,
  path: string,
): Promise<Pick<DeliveredFile, 'sha256' | 'bytes'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const piece of readPieces(path, DIGEST_PIECE_BYTES)) {
      hash.update(piece);
      bytes += piece.length;
    }
  } catch (error) {
    throw error instanceof UnreadableFile ? refusal(delivery, name, error.message) : error;
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function entriesOfDelivery(delivery: DeliveryFolder): Promise<Dirent[]> {
  try {
    return await readdir(delivery.path, { withFileTypes: true });
  } catch (error) {
    throw refusal(delivery.name, '', `it cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

async function entriesOf(feedsDir: string): Promise<Dirent[]> {
  try {
    return await readdir(feedsDir, { withFileTypes: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const advice = 'set feeds.source in the configuration or give --feeds DIR.';
    if (code === 'ENOENT') {
      throw new Failure(EXIT.usage, `The feed folder ${feedsDir} does not exist; ${advice}`, { cause: error });
    }
    if (code === 'ENOTDIR') {
      throw new Failure(EXIT.usage, `The feed source ${feedsDir} is a file, not a folder; ${advice}`, { cause: error });
    }
    throw new Failure(EXIT.usage, `The feed folder ${feedsDir} cannot be read (${message}); ${advice}`, {
      cause: error,
    });
  }
}
