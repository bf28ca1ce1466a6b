/** A zip that only opens with a password: AES-256, for 7-Zip, WinZip and the like. Names of files are not secret. */
import { readFile, writeFile } from 'node:fs/promises';
import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { firstDayOf, monthOf, type Day } from '../../calendar.js';
import { passwordFault } from './passwords.js';

// Whoever writes many archives has worker threads of its own.
configure({ useWebWorkers: false });

export interface ZippedFile {
  /** In the archive. */
  readonly name: string;
  /** Where it lies now. */
  readonly path: string;
}

const AES_256 = 3;

/**
 * Writes an archive with the files in the order given. Encryption aside (each archive has its own salt), the same files
 * give the same bytes. A temporary name, fsync and rename are up to the caller. No message ever holds the password.
 * @param modifiedOn what the archive says of all its files
 */
export async function writeProtectedZip(
  path: string,
  files: readonly ZippedFile[],
  password: string,
  modifiedOn: Day,
): Promise<void> {
  const fault = passwordFault(password);
  if (fault !== undefined) throw new Error(`the password of an archive ${fault}`);
  const archive = new ZipWriter(new Uint8ArrayWriter(), {
    password,
    encryptionStrength: AES_256,
    lastModDate: localMidnight(modifiedOn),
    // Only the time of DOS, which knows no time zone.
    extendedTimestamp: false,
    // Sizes stand in front of each file: some programs read no archive that gives them afterwards.
    dataDescriptor: false,
    bufferedWrite: true,
  });
  for (const file of files) {
    await archive.add(file.name, new Uint8ArrayReader(await readFile(file.path)));
  }
  await writeFile(path, await archive.close());
}

/** The library writes local hours: midnight here is midnight in the archive, wherever here is. */
function localMidnight(day: Day): Date {
  const month = monthOf(day);
  return new Date(Math.floor(month / 12), month % 12, day - firstDayOf(month) + 1);
}
