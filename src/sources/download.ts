/** Fetches one file into the unfinished delivery: goes on where it stopped, and takes no more than was announced. */
import type { Readable } from 'node:stream';
import type { Connection, RemoteEntry } from './connection.js';
import { codeOf, DeliveryFault, SourceFault } from './fault.js';
import { writing, type FetchedFile } from './inbox.js';
import type { Part } from './part.js';
import { withTimeout } from './stall.js';
import type { Visit } from './visit.js';

/** A digest that does not match may come from a half of another time: then the whole file is fetched once more. */
const ROUNDS = 2;

/**
 * Fetches a file. Throws a `SourceFault` when the source fails, a `DeliveryFault` when the file is no longer the one that was
 * listed or its digest is another.
 */
export async function fetchFile(visit: Visit, delivery: string, entry: RemoteEntry, part: Part): Promise<FetchedFile> {
  for (let round = 1; ; round++) {
    await visit.attempt((connection) => transfer(visit, connection, delivery, entry, part));
    const sha256 = await writing(part.folder, () => part.sha256Of(entry.name));
    if (entry.sha256 === undefined || entry.sha256 === sha256) {
      return { name: entry.name, sizeBytes: entry.sizeBytes, modifiedMs: entry.modifiedMs ?? null, sha256 };
    }
    await part.forget(entry.name);
    if (round === ROUNDS) {
      throw new DeliveryFault(
        'DELIVERY_DAMAGED',
        `${entry.name} has the digest ${sha256}, the source announced ${entry.sha256}; correct it at the source`,
      );
    }
  }
}

async function transfer(
  visit: Visit,
  connection: Connection,
  delivery: string,
  entry: RemoteEntry,
  part: Part,
): Promise<void> {
  const { name, sizeBytes } = entry;
  const present = await writing(part.folder, () => part.bytesOf(entry));
  if (present === sizeBytes && sizeBytes > 0) return;
  const remote = await connection.read(delivery, name, present);
  if (remote === undefined) throw growing(`${name} is no longer there`);
  if (remote.totalBytes !== undefined && remote.totalBytes !== sizeBytes) {
    remote.stream.destroy();
    throw growing(`${name} has ${remote.totalBytes} bytes now, ${sizeBytes} a moment ago`);
  }
  if (remote.fromByte > present) throw new SourceFault('UNREADABLE', 'it skips a part of the file that was asked for');
  await writing(part.folder, () =>
    part.write(name, remote.fromByte, piecesOf(remote.stream, visit), (size) => {
      if (size > sizeBytes) throw growing(`${name} is longer than the ${sizeBytes} bytes that were announced`);
    }),
  );
  const written = await writing(part.folder, () => part.bytesOf(entry));
  if (written < sizeBytes) throw new SourceFault('UNREACHABLE', `${name} ended after ${written} of ${sizeBytes} bytes`);
}

async function* piecesOf(stream: Readable, visit: Visit): AsyncGenerator<Buffer> {
  try {
    for await (const piece of withTimeout(stream, visit.source.timeoutSeconds)) {
      visit.refuseOverrun();
      yield piece;
    }
  } catch (error) {
    throw error instanceof SourceFault ? error : cutOff(error);
  }
}

function cutOff(error: unknown): SourceFault {
  const code = codeOf(error);
  return new SourceFault('UNREACHABLE', `the connection was cut${code === 'unknown' ? '' : ` (${code})`}`);
}

function growing(message: string): DeliveryFault {
  return new DeliveryFault('DELIVERY_GROWING', message);
}
