/** A PostgreSQL of the distribution with its own tools (pg_dump, pg_restore), which the embedded one does not bring. */
import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where Debian puts the oldest version that is supported; `TWE_TEST_PG_BIN` names another folder. */
export const PG_BIN = process.env['TWE_TEST_PG_BIN'] ?? '/usr/lib/postgresql/15/bin';

export const hasSecondServer = ['initdb', 'pg_ctl', 'pg_dump', 'pg_restore', 'psql', 'createdb'].every((name) =>
  existsSync(join(PG_BIN, name)),
);

/** PostgreSQL does not run as root. */
const NOBODY = 65_534;
const identity: ExecFileSyncOptions = userInfo().uid === 0 ? { uid: NOBODY, gid: NOBODY } : {};

export interface SecondServer {
  /** For the tools: who administers it, and where it is. */
  readonly adminEnv: Readonly<Record<string, string>>;
  /** Address of the database `twe` of a role. */
  readonly urlOf: (role: string) => string;
  /** As after a power cut. */
  readonly restart: () => void;
  readonly stop: () => void;
}

/** Starts as many servers as asked, each with nothing in it, on Unix sockets only, in a folder of their own below `parent`. */
export function startServers(count: number, parent = tmpdir()): SecondServer[] {
  const folder = mkdtempSync(join(parent, 'twe-servers-'));
  if (identity.uid !== undefined) execFileSync('chown', [`${NOBODY}:${NOBODY}`, folder]);
  chmodSync(folder, 0o755);
  const first = join(folder, 'data-0');
  const quick = ['--no-sync', '--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C.UTF-8'];
  execFileSync(join(PG_BIN, 'initdb'), ['-D', first, ...quick], { ...identity, cwd: folder, stdio: 'pipe' });
  // The others are copies, which is quicker than making them.
  for (let each = 1; each < count; each++) {
    execFileSync('cp', ['-r', first, join(folder, `data-${each}`)], identity);
  }
  const servers = Array.from({ length: count }, (_, index) => start(folder, index));
  return servers.map((server, index) => ({
    ...server,
    stop: () => {
      server.stop();
      if (index === count - 1) rmSync(folder, { recursive: true, force: true });
    },
  }));
}

function start(folder: string, index: number): SecondServer {
  const data = join(folder, `data-${index}`);
  const port = String(5432 + index);
  const settings = `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off -p ${port}`;
  const control = (...args: string[]) =>
    execFileSync(join(PG_BIN, 'pg_ctl'), ['-D', data, '-w', ...args], { ...identity, cwd: folder, stdio: 'ignore' });
  control('-l', join(folder, `log-${index}`), '-o', settings, 'start');
  return {
    adminEnv: { PGHOST: folder, PGPORT: port, PGUSER: 'postgres', PATH: `${PG_BIN}:${process.env['PATH']}` },
    urlOf: (role) => `postgresql://${role}@/twe?host=${encodeURIComponent(folder)}&port=${port}`,
    restart: () => void control('-m', 'immediate', '-l', join(folder, `log-${index}`), '-o', settings, 'restart'),
    stop: () => void control('-m', 'immediate', 'stop'),
  };
}
