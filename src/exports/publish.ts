/**
 * Publishing: the files of a run are written under a temporary sibling name, flushed to disk, read back and moved into
 * place as a whole. A folder with a final name is always complete; what a killed run left behind
 * is put right by the next one that publishes the same folder.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EXIT, Failure } from '../errors.js';
import type { ChainHead } from '../ledger/chain/seal.js';
import type { Cents } from '../money.js';
import { readBack } from './read-back.js';

/** A file that a writer has finished in the staging folder. */
export interface StagedFile {
  readonly name: string;
  /** Records without the header; in a workbook the rows of its longest detail. */
  readonly rows: number;
  /** Sum of the amounts that the file is about, 0 for a file without amounts. */
  readonly totalCents: Cents;
  /** Of a CSV: the column that adds up to it; undefined when there is none. */
  readonly amountColumn?: number | undefined;
}

export interface PublishedFile extends StagedFile {
  readonly sha256: string;
}

/** What identifies the content of a folder: written into its manifest.json. */
export interface Provenance {
  readonly runId: string;
  readonly job: string;
  /** `YYYY-MM-DD`. */
  readonly businessDate: string;
  readonly lawDigest: string;
  readonly inputDigest: string;
  /** The head over all chains that the data come from; undefined for a run of before there were chains. */
  readonly chain?: ChainHead | undefined;
}

export interface PublishedFolder {
  readonly path: string;
  /** False when the folder stood there with the same content and was left alone. */
  readonly changed: boolean;
  readonly files: readonly PublishedFile[];
}

/** What every published folder holds besides its files. */
export const MANIFEST = 'manifest.json';

/**
 * Publishes `<out>/<business date>/<job>/`: `write` fills the staging folder and says what it wrote. `keepOthers`: what
 * the folder holds besides stays in it, with the provenance that it has. Throws a Failure when the output folder cannot be used (exit 2) or the disk does not take the files (exit 1); then nothing with a
 * final name has changed.
 */
export async function publishFolder(
  out: string,
  provenance: Provenance,
  write: (folder: string) => Promise<readonly StagedFile[]>,
  { keepOthers = false } = {},
): Promise<PublishedFolder> {
  const path = join(out, provenance.businessDate, provenance.job);
  const staging = join(dirname(path), `.${provenance.job}.new`);
  const retired = join(dirname(path), `.${provenance.job}.old`);
  try {
    await recover(path, staging, retired);
    await mkdir(staging, { recursive: true });
    const written = await write(staging);
    const others = keepOthers ? await keep(path, staging, written) : NOTHING_KEPT;
    const files = await seal(staging, [...written, ...others.files], others.provenance ?? provenance);
    if (await sameContent(staging, path, files)) {
      await rm(staging, { recursive: true });
      return { path, changed: false, files };
    }
    await moveIntoPlace(staging, path, retired);
    return { path, changed: true, files };
  } catch (error) {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
    throw explainWriteError(error, path);
  }
}

/** Puts right what a killed run left: the retired folder comes back when nothing took its place yet. */
async function recover(path: string, staging: string, retired: string): Promise<void> {
  await rm(staging, { recursive: true, force: true });
  if (!(await exists(retired))) return;
  if (await exists(path)) await rm(retired, { recursive: true });
  else await rename(retired, path);
}

interface Kept {
  readonly files: readonly StagedFile[];
  readonly provenance?: Provenance;
}

const NOTHING_KEPT: Kept = { files: [] };

/** The text of a manifest. */
export interface Manifest {
  readonly run_id: string;
  readonly job: string;
  readonly business_date: string;
  readonly law_digest: string;
  readonly input_digest: string;
  readonly chain?: { readonly run_id: string; readonly head: string };
  readonly files: readonly { readonly name: string; readonly rows: number; readonly total_cents: Cents }[];
}

/** Takes over what the published folder holds besides the files that were written anew. */
async function keep(path: string, staging: string, written: readonly StagedFile[]): Promise<Kept> {
  if (!(await exists(join(path, MANIFEST)))) return NOTHING_KEPT;
  const manifest = JSON.parse(await readFile(join(path, MANIFEST), 'utf8')) as Manifest;
  const files: StagedFile[] = [];
  for (const { name, rows, total_cents: totalCents } of manifest.files) {
    if (written.some((file) => file.name === name) || !(await exists(join(path, name)))) continue;
    await copyFile(join(path, name), join(staging, name));
    files.push({ name, rows, totalCents });
  }
  const {
    run_id: runId,
    job,
    business_date: businessDate,
    law_digest: lawDigest,
    input_digest: inputDigest,
    chain,
  } = manifest;
  return {
    files,
    provenance: {
      ...{ runId, job, businessDate, lawDigest, inputDigest },
      ...(chain === undefined ? {} : { chain: { runId: chain.run_id, head: chain.head } }),
    },
  };
}

/** Flushes every file, reads it back for its digest, and adds the manifest. What was not announced or is missing is our own mistake. */
async function seal(
  staging: string,
  staged: readonly StagedFile[],
  provenance: Provenance,
): Promise<readonly PublishedFile[]> {
  const announced = staged.map((file) => file.name).sort();
  const written = (await readdir(staging)).sort();
  if (announced.join('\n') !== written.join('\n')) {
    throw new Error(`export wrote [${written.join(', ')}] but announced [${announced.join(', ')}]`);
  }
  const files: PublishedFile[] = [];
  for (const file of [...staged].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    await flush(join(staging, file.name));
    files.push({ ...file, sha256: await readBack(join(staging, file.name), file) });
  }
  await writeFile(join(staging, MANIFEST), manifestText(files, provenance));
  await flush(join(staging, MANIFEST));
  await flush(staging);
  return files;
}

function manifestText(files: readonly PublishedFile[], provenance: Provenance): string {
  const manifest = {
    run_id: provenance.runId,
    job: provenance.job,
    business_date: provenance.businessDate,
    law_digest: provenance.lawDigest,
    input_digest: provenance.inputDigest,
    ...(provenance.chain === undefined
      ? {}
      : { chain: { run_id: provenance.chain.runId, head: provenance.chain.head } }),
    files: files.map(({ name, rows, totalCents, sha256 }) => ({ name, rows, total_cents: totalCents, sha256 })),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Whether the final folder holds exactly these files. The files are read: somebody may have saved one over. */
async function sameContent(staging: string, path: string, files: readonly PublishedFile[]): Promise<boolean> {
  if (!(await exists(path))) return false;
  if (!(await stat(path)).isDirectory()) {
    throw new Failure(
      EXIT.usage,
      `${path} is a file, but the documents of this run go into a folder of that name. Move it away and run again.`,
    );
  }
  const present = (await readdir(path)).sort();
  const expected = [...files.map((file) => file.name), MANIFEST].sort();
  if (present.join('\n') !== expected.join('\n')) return false;
  for (const file of files) {
    if ((await digestOf(join(path, file.name))) !== file.sha256) return false;
  }
  return (await digestOf(join(path, MANIFEST))) === (await digestOf(join(staging, MANIFEST)));
}

async function moveIntoPlace(staging: string, path: string, retired: string): Promise<void> {
  const replaces = await exists(path);
  if (replaces) await rename(path, retired);
  try {
    await rename(staging, path);
  } catch (error) {
    if (replaces) await rename(retired, path);
    throw error;
  }
  await flush(dirname(path));
  if (replaces) await rm(retired, { recursive: true });
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** fsync of a file, or of a folder so that its names survive a power cut. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What the file system said, as a Failure with what to do. Other errors pass unchanged. */
export function explainWriteError(error: unknown, path: string): unknown {
  const safe = 'Nothing there was changed.';
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Failure(
        EXIT.usage,
        `The output folder ${path} may not be written. ${safe} Give permission or choose another folder with --out.`,
        { cause: error },
      );
    case 'EEXIST':
    case 'ENOTDIR':
      return new Failure(
        EXIT.usage,
        `A part of the output folder ${path} is a file, not a folder. ${safe} Move the file away or choose another folder with --out.`,
        { cause: error },
      );
    case 'ENOENT':
      return new Failure(
        EXIT.usage,
        `The output folder ${path} cannot be made. ${safe} Choose another folder with --out.`,
        { cause: error },
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new Failure(EXIT.unexpected, `The disk of ${path} is full. ${safe} Free some space and run again.`, {
        cause: error,
      });
    case 'EBUSY':
      return new Failure(
        EXIT.unexpected,
        `A file in ${path} is open in another program. ${safe} Close it and run again.`,
        { cause: error },
      );
    default:
      return error;
  }
}
