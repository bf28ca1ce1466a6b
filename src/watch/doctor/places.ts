/** Folders and files that a run writes: whether it may, and whether there is room. */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '../../config.js';
import { EXIT } from '../../errors.js';
import { codeOf } from '../../sources/fault.js';
import { failing, fine, warning, type Diagnosis } from './diagnosis.js';

const MEBIBYTE = 1024 ** 2;
/** Less than one night of documents and write-ahead log of a large history. */
const FAIL_BELOW_BYTES = 500 * MEBIBYTE;
const WARN_BELOW_BYTES = 5 * 1024 * MEBIBYTE;
/** Files that can still be made. */
const WARN_BELOW_FILES = 50_000;

export interface Place {
  /** The key or variable that names it. */
  readonly key: string;
  readonly folder: string;
}

/** Every folder that this configuration lets the program write. */
export function placesOf(settings: Settings, feedsSource: string | undefined): Place[] {
  const { out, home, log, metricsFile } = settings;
  return [
    { key: 'out', folder: out },
    { key: 'TWE_HOME', folder: home },
    ...(feedsSource === undefined ? [] : [{ key: 'feeds.inbox', folder: feedsSource }]),
    ...(log.file === undefined ? [] : [{ key: 'log.file', folder: dirname(log.file) }]),
    ...(metricsFile === undefined ? [] : [{ key: 'metrics.file', folder: dirname(metricsFile) }]),
  ];
}

/** Whether a place may be written and has room. The folder of metrics is not made by the program: it must be there. */
export function lookAtPlace({ key, folder }: Place): Diagnosis {
  const present = nearestPresent(folder);
  try {
    if (!statSync(present).isDirectory())
      return failing(key, `${present} is a file, not a folder`, `Name another folder in ${key}.`);
    accessSync(present, constants.W_OK | constants.X_OK);
  } catch (error) {
    const what = `${present} may not be written (${codeOf(error)})`;
    return failing(
      key,
      what,
      `Give the user of the program the right to write there, or name another folder in ${key}.`,
    );
  }
  if (key === 'metrics.file' && present !== folder) {
    return failing(
      key,
      `${folder} does not exist`,
      'Make the folder that the node exporter reads, or correct metrics.file.',
    );
  }
  return lookAtRoom(key, present, folder);
}

function lookAtRoom(key: string, present: string, folder: string): Diagnosis {
  const { bavail, bsize, ffree, files } = statfsSync(present);
  const free = bavail * bsize;
  const found = `${folder}: ${shownBytes(free)} free`;
  const toDo = 'Free some space, or name a folder on another disk.';
  if (free < FAIL_BELOW_BYTES) return failing(key, found, toDo, EXIT.unexpected);
  if (free < WARN_BELOW_BYTES) return warning(key, found, toDo);
  if (files > 0 && ffree < WARN_BELOW_FILES)
    return warning(key, `${found}, but only ${ffree} files more can be made`, toDo);
  return fine(key, found);
}

function nearestPresent(folder: string): string {
  let present = folder;
  while (!existsSync(present) && dirname(present) !== present) present = dirname(present);
  return present;
}

function shownBytes(bytes: number): string {
  const gibibytes = bytes / 1024 / MEBIBYTE;
  return gibibytes >= 1 ? `${gibibytes.toFixed(1)} GiB` : `${Math.floor(bytes / MEBIBYTE)} MiB`;
}
