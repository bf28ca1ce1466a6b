/** A folder as a source: a share or a drop folder, copied into the inbox. */
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderSource } from '../config/sources.js';
import type { Connection, RemoteEntry } from './connection.js';
import { codeOf, SourceFault } from './fault.js';

export function connectFolder({ path }: FolderSource): Connection {
  const listFiles = (delivery: string) => unlessGone(() => filesIn(join(path, delivery)));
  return {
    async listNames() {
      const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
        throw faultOf(error);
      });
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    },
    listFiles,
    lookAgain: listFiles,
    async read(delivery, file, fromByte) {
      const full = join(path, delivery, file);
      const present = await unlessGone(() => lstat(full));
      if (!present?.isFile()) return undefined;
      return { stream: createReadStream(full, { start: fromByte }), fromByte, totalBytes: present.size };
    },
    close: () => undefined,
  };
}

async function filesIn(folder: string): Promise<RemoteEntry[]> {
  const names = await readdir(folder);
  return Promise.all(
    names.map(async (name) => {
      const stat = await lstat(join(folder, name));
      return {
        name,
        isFile: stat.isFile(),
        sizeBytes: stat.size,
        modifiedMs: Math.floor(stat.mtimeMs),
        sha256: undefined,
      };
    }),
  );
}

async function unlessGone<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw faultOf(error);
  }
}

function faultOf(error: unknown): SourceFault {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') return new SourceFault('DENIED', `it may not be read (${code})`);
  // A share that is not mounted is an empty place or none: nothing that waiting a minute would mend.
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
  return new SourceFault(
    'UNREACHABLE',
    isMissing ? 'the folder does not exist' : `it cannot be read (${code})`,
    !isMissing,
  );
}
