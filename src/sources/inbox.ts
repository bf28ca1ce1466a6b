/**
 * The inbox: the local folder in which every source ends. A delivery grows as `.<name>.part`, hidden from whoever reads
 * deliveries, and gets its name when it is complete. Its files are kept by digest in `.archive`, with a list for each
 * delivery, so that any of them can be laid out again.
 */
import { chmod, copyFile, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { EXIT, Failure } from '../errors.js';
import { codeOf, DeliveryFault } from './fault.js';
import { lockInbox } from './inbox-lock.js';
import { Part } from './part.js';

/** A file as it was fetched. */
export interface FetchedFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number | null;
  readonly sha256: string;
}

/** What was fetched under a name; a delivery that was sent again has several. */
export interface FetchedVersion {
  readonly source: string;
  readonly files: readonly FetchedFile[];
}

const FOLDER_MODE = 0o750;
/** Originals are not changed by hand. */
const ORIGINAL_MODE = 0o440;

/** A delivery that is being removed: hidden at once, so that nobody reads half of it. */
const REMOVED = /^\..+\.removed$/;

export class Inbox {
  private constructor(
    private readonly folder: string,
    private readonly names: Set<string>,
  ) {}

  /** What lies there now. Only for who holds the lock. */
  static async open(folder: string): Promise<Inbox> {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name));
    const inbox = new Inbox(folder, names);
    for (const name of names) await inbox.finishReplacing(name);
    for (const name of names) if (REMOVED.test(name)) await rm(join(folder, name), { recursive: true, force: true });
    return inbox;
  }

  has(delivery: string): boolean {
    return this.names.has(delivery);
  }

  /** The unfinished delivery of a source; what another source began under this name is thrown away. */
  part(delivery: string, source: string): Promise<Part> {
    return writing(this.folder, () => Part.open(join(this.folder, `.${delivery}.part`), source));
  }

  /** What was fetched last under a name; undefined for a delivery that was put here by hand. */
  async lastFetched(delivery: string): Promise<FetchedVersion | undefined> {
    return (await this.versions(delivery)).at(-1);
  }

  /** An earlier version that a killed program had put aside goes back, unless the new one has its place. */
  private async finishReplacing(entry: string): Promise<void> {
    const delivery = /^\.(.+)\.replaced$/.exec(entry)?.[1];
    if (delivery === undefined) return;
    if (this.has(delivery)) return rm(join(this.folder, entry), { recursive: true, force: true });
    await rename(join(this.folder, entry), join(this.folder, delivery));
    this.names.add(delivery);
  }

  /** Archives a complete delivery and gives it its name, in place of an earlier one that was not taken in. */
  async keep(delivery: string, part: Part, version: FetchedVersion): Promise<void> {
    const isNew = !this.has(delivery);
    const named = join(this.folder, delivery);
    const replaced = join(this.folder, `.${delivery}.replaced`);
    await writing(this.folder, async () => {
      for (const { name, sha256 } of version.files) await this.archive(part.pathOf(name), sha256);
      // A kill between any two of these leaves what is fetched once more, never a list that tells of more than lies here.
      if (isNew) await this.addVersion(delivery, version);
      await part.close(version.files.map(({ name }) => name));
      await rm(replaced, { recursive: true, force: true });
      if (!isNew) await rename(named, replaced);
      await rename(part.folder, named);
      await rm(replaced, { recursive: true, force: true });
      if (!isNew) await this.addVersion(delivery, version);
    });
    this.names.add(delivery);
  }

  /** Takes away what is kept of a delivery but its originals, which `removeUnlisted` does when no other one has them. */
  async remove(delivery: string): Promise<void> {
    const removed = join(this.folder, `.${delivery}.removed`);
    await writing(this.folder, async () => {
      if (this.has(delivery)) await rename(join(this.folder, delivery), removed);
      await rm(removed, { recursive: true, force: true });
      await rm(join(this.folder, `.${delivery}.part`), { recursive: true, force: true });
      await rm(this.listPath(delivery), { force: true });
    });
    this.names.delete(delivery);
  }

  /** Deletes originals that no list names any more. Returns false, and deletes none, when a list cannot be read. */
  async removeUnlisted(): Promise<boolean> {
    const archive = join(this.folder, '.archive');
    const listed = new Set<string>();
    for (const delivery of await listedDeliveries(this.folder)) {
      const versions = await this.versions(delivery);
      if (versions.length === 0) return false;
      for (const { files } of versions) for (const { sha256 } of files) listed.add(sha256);
    }
    await writing(this.folder, async () => {
      for (const part of await namesIn(archive)) {
        if (!/^[0-9a-f]{2}$/.test(part)) continue;
        for (const name of await namesIn(join(archive, part))) {
          if (!listed.has(name)) await rm(join(archive, part, name), { force: true });
        }
      }
    });
    return true;
  }

  private async archive(file: string, sha256: string): Promise<void> {
    const kept = join(this.folder, '.archive', sha256.slice(0, 2), sha256);
    await mkdir(dirname(kept), { recursive: true, mode: FOLDER_MODE });
    await chmod(file, ORIGINAL_MODE);
    try {
      await link(file, kept);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return;
      // A file system without hard links: a copy, under a name of its own until it is whole.
      await copyFile(file, `${kept}.part`);
      await rename(`${kept}.part`, kept);
    }
  }

  private async versions(delivery: string): Promise<readonly FetchedVersion[]> {
    try {
      return JSON.parse(await readFile(this.listPath(delivery), 'utf8')) as readonly FetchedVersion[];
    } catch (error) {
      // A list that was cut off by a power failure says nothing: the delivery counts as put here by hand.
      if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  /** A version that a killed program had listed already stands there once. */
  private async addVersion(delivery: string, version: FetchedVersion): Promise<void> {
    const versions = await this.versions(delivery);
    if (isDeepStrictEqual(versions.at(-1), version)) return;
    const path = this.listPath(delivery);
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    await writeFile(`${path}.part`, `${JSON.stringify([...versions, version], null, 2)}\n`);
    await rename(`${path}.part`, path);
  }

  private listPath(delivery: string): string {
    return join(this.folder, '.archive', 'deliveries', `${delivery}.json`);
  }
}

/** Names of the deliveries of which an inbox keeps anything; none when there is no inbox. */
export async function listKeptDeliveries(folder: string): Promise<string[]> {
  const lying = (await namesIn(folder)).filter((name) => !name.startsWith('.'));
  return [...new Set([...lying, ...(await listedDeliveries(folder))])].sort();
}

async function listedDeliveries(folder: string): Promise<string[]> {
  const lists = await namesIn(join(folder, '.archive', 'deliveries'));
  return lists.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Makes the folder when it is not there, and does some work in it while nobody else does. Throws a `Failure`: exit code 2 when
 * it cannot be used, 5 when another program fills it.
 */
export async function fillInbox<T>(folder: string, work: (inbox: Inbox) => Promise<T>): Promise<T> {
  const lock = await writing(folder, async () => {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    return lockInbox(folder);
  });
  try {
    return await work(await writing(folder, () => Inbox.open(folder)));
  } finally {
    await writing(folder, () => lock.release());
  }
}

/** Does some work in the inbox. What the disk refuses is a `Failure` (exit code 2): no other source would mend it. */
export async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'unknown' || error instanceof DeliveryFault) throw error;
    throw new Failure(
      EXIT.usage,
      `The inbox ${folder} cannot be written (${code}); nothing was booked. Make room or set feeds.inbox to a folder that ` +
        'may be written, and run again: what was fetched stays.',
      { cause: error },
    );
  }
}
