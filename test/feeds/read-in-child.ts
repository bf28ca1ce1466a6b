/**
 * Reads one file as a night does (its digest first, then its records) in a process of its own, and prints as JSON why it
 * was refused, how long the reader took, and the most memory that the process ever held.
 */
import { basename, dirname } from 'node:path';
import { readCsv } from '../../src/feeds/csv.js';
import { readContent } from '../../src/feeds/deliveries.js';
import { UnreadableFile } from '../../src/feeds/unreadable.js';

export interface ReadInChild {
  /** `line: sentence`, undefined when the file was read to its end. */
  readonly refused: string | undefined;
  /** Milliseconds of the reader alone; the digest of a large file takes as long as the disk needs. */
  readonly readMs: number;
  readonly peakMegabytes: number;
}

async function read(path: string): Promise<ReadInChild> {
  const { files } = await readContent({ name: '2024-01-01', date: '2024-01-01', path: dirname(path) }, () => true);
  const file = files.find(({ name }) => name === basename(path))!;
  const begin = performance.now();
  let refused: string | undefined;
  try {
    for await (const batch of readCsv(file.path, file.sha256)) void batch;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    refused = `${error.line ?? ''}: ${error.message}`;
  }
  const readMs = performance.now() - begin;
  return { refused, readMs, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

process.stdout.write(JSON.stringify(await read(process.argv[2]!)));
