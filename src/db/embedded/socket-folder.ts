/**
 * The folder of the sockets of a running server: PostgreSQL's own and the one of its supervisor. Short, since the path
 * of a socket may have 107 bytes (103 on macOS), and closed: to enter it is to be let into the database.
 */
import { chownSync, lstatSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, Failure } from '../../errors.js';
import { isSupervised } from './attachment.js';
import type { Home } from './home.js';
import { run } from './run.js';
import { identity, type ServerUser } from './server-user.js';

/** Everything that can stand in the folder. */
const CONTENT = ['control', '.s.PGSQL.5432', '.s.PGSQL.5432.lock'];
/** The longest path of a folder whose sockets fit in 103 bytes. */
const LONGEST = 103 - '/.s.PGSQL.5432.lock'.length;
/** A folder without a server that is older than this was left by a kill: a start takes less. */
const STALE_MS = 120_000;

/** Where the supervisor listens. */
export function controlSocket(folder: string): string {
  return join(folder, 'control');
}

/** Every file of the folder, there or not. */
export function socketFiles(folder: string): string[] {
  return CONTENT.map((name) => join(folder, name));
}

/** A new folder for one server, owned by its user and closed to all others but root. */
export async function makeSocketFolder(home: Home, user: ServerUser): Promise<string> {
  const name = `twe-${createHash('sha256').update(home.folder).digest('hex').slice(0, 8)}-`;
  for (const place of new Set([tmpdir(), '/tmp', '/var/tmp', '/dev/shm'])) {
    await removeStale(place, name, user);
    const folder = join(place, `${name}XXXXXX`);
    // The path goes into a setting that is a list: a comma or a quote would need care that no real place is worth.
    if (folder.length > LONGEST || !/^[\w/.+ -]+$/.test(folder)) continue;
    const made = makeIn(place, name, user);
    if (made === undefined) continue;
    if (await mayWrite(made, user)) return made;
    rmdirSync(made);
  }
  throw new Failure(
    EXIT.usage,
    `There is no folder for the sockets of the embedded database: uid ${user.uid} must be able to enter and write in ` +
      `${tmpdir()} or /tmp, by a path of at most ${LONGEST} characters. Set TMPDIR to such a folder.`,
  );
}

/** Removes a folder of sockets and nothing else: what is not ours in it stays. */
export function removeSocketFolder(folder: string): void {
  for (const file of socketFiles(folder)) attempt(() => rmSync(file, { force: true }));
  attempt(() => rmdirSync(folder));
}

function makeIn(place: string, name: string, user: ServerUser): string | undefined {
  try {
    const folder = mkdtempSync(join(place, name));
    if (process.getuid!() === 0) chownSync(folder, user.uid, user.gid);
    return folder;
  } catch {
    return undefined;
  }
}

/** Asked as that user, so that every right on the way counts. */
async function mayWrite(folder: string, user: ServerUser): Promise<boolean> {
  if (process.getuid!() !== 0) return true;
  return (await run('/bin/sh', ['-c', 'test -w "$1" && test -x "$1"', 'sh', folder], identity(user))).code === 0;
}

async function removeStale(place: string, name: string, user: ServerUser): Promise<void> {
  const entries = attempt(() => readdirSync(place)) ?? [];
  for (const folder of entries.filter((entry) => entry.startsWith(name)).map((entry) => join(place, entry))) {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    const whose = [user.uid, process.getuid!()];
    if (!found?.isDirectory() || !whose.includes(found.uid) || Date.now() - found.mtimeMs < STALE_MS) continue;
    if (!(await isSupervised(controlSocket(folder)))) removeSocketFolder(folder);
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
