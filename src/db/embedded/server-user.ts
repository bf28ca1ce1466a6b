/**
 * As whom the server runs. An ordinary user runs it himself. PostgreSQL refuses to run as root, so root runs it as
 * the owner of the data folder, or for a new one as the first of a few users that exist.
 */
import { statSync } from 'node:fs';
import { EXIT, Failure } from '../../errors.js';
import type { Home } from './home.js';
import { run } from './run.js';

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Own name first; `postgres` is where such data belongs; `nobody` exists everywhere. */
const CANDIDATES = ['twe', 'postgres', 'nobody', 'daemon'];

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * The user of an existing data folder; undefined when there is no folder yet. Throws a `Failure` (exit code 2) when it
 * belongs to somebody we cannot act as.
 */
export function dataOwner(home: Home): ServerUser | undefined {
  const data = statSync(home.data, { throwIfNoEntry: false });
  if (!data) return undefined;
  if (isRoot() && data.uid === 0) {
    throw new Failure(
      EXIT.usage,
      `The data folder ${home.data} belongs to root, and PostgreSQL does not run as root: ` +
        `give it to another user (chown -R nobody ${home.data}) and try again.`,
    );
  }
  if (!isRoot() && data.uid !== process.getuid!()) throw notOurs(home, data.uid);
  return { uid: data.uid, gid: data.gid };
}

/** The sentence for a data folder of another user. */
export function notOurs(home: Pick<Home, 'data'>, uid: number | string): Failure {
  return new Failure(
    EXIT.usage,
    `The data folder ${home.data} belongs to another user (uid ${uid}): run the program as that user, or set TWE_HOME.`,
  );
}

/** The user for a new data folder: ourselves, or when we are root a user without rights. */
export async function serverUser(home: Home): Promise<ServerUser> {
  if (!isRoot()) return { uid: process.getuid!(), gid: process.getgid!() };
  for (const name of CANDIDATES) {
    const uid = await run('id', ['-u', name]);
    const gid = await run('id', ['-g', name]);
    if (uid.code === 0 && gid.code === 0 && Number(uid.output) > 0) {
      return { uid: Number(uid.output), gid: Number(gid.output) };
    }
  }
  throw new Failure(
    EXIT.usage,
    `The embedded database does not run as root, and none of the users ${CANDIDATES.join(', ')} exists to run it ` +
      `(for ${home.folder}): make one, run the program as an ordinary user, or set DATABASE_URL.`,
  );
}

/** How to start a program as that user: nothing to say when it is ourselves. */
export function identity(user: ServerUser): { uid?: number; gid?: number } {
  return isRoot() ? { uid: user.uid, gid: user.gid } : {};
}

/**
 * How the server is told its data folder. Below a folder that its user may not enter the path is of no use to it, but
 * it is started inside the folder by root, and `/proc/self/cwd` leads there without passing the folders above.
 */
export function dataArgument(data: string): string {
  return isRoot() && process.platform === 'linux' ? '/proc/self/cwd' : data;
}
