/** The data folder of the embedded server: made by initdb under a temporary name, renamed when it is complete. */
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure } from '../../errors.js';
import type { Binaries } from './binaries.js';
import type { Home } from './home.js';
import { run } from './run.js';
import { dataArgument, identity, type ServerUser } from './server-user.js';
import { SUPERUSER } from './settings.js';
import { removeLeftovers, temporaryName } from './temporary.js';

/**
 * Makes the data folder when there is none. Throws a `Failure` (exit code 2) when it was made by another major version
 * of PostgreSQL, is something else, or cannot be made.
 */
export async function makeDataFolder(
  home: Home,
  user: ServerUser,
  binaries: Binaries,
  onNotice: (text: string) => void = () => undefined,
): Promise<void> {
  removeLeftovers(home.data);
  if (existsSync(home.data) && readdirSync(home.data).length > 0) return refuseOtherMajor(home, binaries);
  onNotice(`making the embedded database in ${home.folder}`);
  const temporary = temporaryName(home.data);
  try {
    makeOwned(temporary, user);
    await initialise(temporary, user, binaries);
    putInPlace(temporary, home.data);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function makeOwned(folder: string, user: ServerUser): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
    if (process.getuid!() === 0) chownSync(folder, user.uid, user.gid);
  } catch (error) {
    throw new Failure(
      EXIT.usage,
      `The folder ${folder} for the embedded database cannot be made for uid ${user.uid} ` +
        `(${(error as NodeJS.ErrnoException).code ?? 'unknown'}): set TWE_HOME to a folder you may write, on a local disk.`,
    );
  }
}

async function initialise(folder: string, user: ServerUser, binaries: Binaries): Promise<void> {
  const args = ['-D', dataArgument(folder), '-U', SUPERUSER, '--encoding=UTF8', '--locale=C'];
  // Who may enter the socket folder may connect; there is no other way in and no password to leave behind.
  args.push('--auth-local=trust', '--auth-host=reject', '--no-instructions');
  const result = await run(binaries.initdb, args, { ...identity(user), cwd: folder });
  if (result.code === 0) return;
  throw new Failure(
    EXIT.usage,
    `The embedded database could not be made in ${folder} as uid ${user.uid}: ${lastLine(result.output)}. ` +
      'Set TWE_HOME to another folder, or DATABASE_URL to a PostgreSQL.',
  );
}

function putInPlace(temporary: string, data: string): void {
  try {
    renameSync(temporary, data);
  } catch (error) {
    // Another program was faster: its folder is as good as ours.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function refuseOtherMajor(home: Home, binaries: Binaries): void {
  const file = join(home.data, 'PG_VERSION');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (found === String(binaries.major)) return;
  const problem =
    found === undefined
      ? 'is not a data folder of PostgreSQL'
      : `was made by PostgreSQL ${found}, and this program brings PostgreSQL ${binaries.major}`;
  throw new Failure(
    EXIT.usage,
    `The folder ${home.data} ${problem}: set TWE_HOME to another folder` +
      (found === undefined ? '.' : ', or carry the data over with pg_dump and pg_restore of both versions.'),
  );
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => /error|fatal/i.test(line)) ?? lines.at(-1) ?? 'no reason given';
}
