/** A delivery that is being fetched: its half files, and of which version of the source's file each is a half. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RemoteEntry } from './connection.js';
import { codeOf } from './fault.js';

const STATE = '.state.json';
const FOLDER_MODE = 0o750;
const FILE_MODE = 0o640;

/** Which file at the source a half belongs to. */
type Version = Pick<RemoteEntry, 'sizeBytes'> & { readonly modifiedMs: number | null; readonly sha256: string | null };

interface State {
  readonly source: string;
  readonly files: Record<string, Version>;
}

export class Part {
  private constructor(
    readonly folder: string,
    private readonly source: string,
    private readonly versions: Map<string, Version>,
  ) {}

  /** Goes on with what an earlier night left, when it came from the same source. */
  static async open(folder: string, source: string): Promise<Part> {
    const state = await readState(folder);
    const isOurs = state?.source === source;
    if (!isOurs) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    return new Part(folder, source, new Map(isOurs ? Object.entries(state.files) : []));
  }

  pathOf(name: string): string {
    return join(this.folder, name);
  }

  /** How many bytes of this very version are here; a half of another version is thrown away. */
  async bytesOf(entry: RemoteEntry): Promise<number> {
    const version = versionOf(entry);
    const known = this.versions.get(entry.name);
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(version)) {
      const size = await sizeOf(this.pathOf(entry.name));
      if (size <= entry.sizeBytes) return size;
    }
    await this.forget(entry.name);
    this.versions.set(entry.name, version);
    await this.writeState();
    return 0;
  }

  /** Throws a half file away. */
  async forget(name: string): Promise<void> {
    this.versions.delete(name);
    await rm(this.pathOf(name), { recursive: true, force: true });
  }

  /**
   * Writes pieces from some byte on, on the disk when it returns; from byte 0 on the file begins anew. `check` may refuse
   * the size that it would reach.
   */
  async write(
    name: string,
    fromByte: number,
    pieces: AsyncIterable<Buffer>,
    check: (size: number) => void,
  ): Promise<void> {
    const handle = await open(this.pathOf(name), fromByte === 0 ? 'w' : 'r+', FILE_MODE);
    try {
      let position = fromByte;
      for await (const piece of pieces) {
        check(position + piece.length);
        await handle.write(piece, 0, piece.length, position);
        position += piece.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** Digest of a file as it lies on the disk. */
  async sha256Of(name: string): Promise<string> {
    const hash = createHash('sha256');
    await pipeline(createReadStream(this.pathOf(name)), hash);
    return hash.digest('hex');
  }

  /** Leaves only these files, none of our own. */
  async close(names: readonly string[]): Promise<void> {
    for (const present of await readdir(this.folder)) {
      if (!names.includes(present)) await rm(join(this.folder, present), { recursive: true, force: true });
    }
  }

  private async writeState(): Promise<void> {
    const state: State = { source: this.source, files: Object.fromEntries(this.versions) };
    await writeFile(join(this.folder, `${STATE}.new`), JSON.stringify(state));
    await rename(join(this.folder, `${STATE}.new`), join(this.folder, STATE));
  }
}

function versionOf({ sizeBytes, modifiedMs, sha256 }: RemoteEntry): Version {
  return { sizeBytes, modifiedMs: modifiedMs ?? null, sha256: sha256 ?? null };
}

/** Undefined when there is none, or none that can be read: the halves are then fetched anew. */
async function readState(folder: string): Promise<State | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, STATE), 'utf8')) as State;
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
