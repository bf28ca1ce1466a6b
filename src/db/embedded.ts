/**
 * The embedded PostgreSQL of a TWE_HOME: one server for each folder, shared by every program that has the folder open,
 * gone when the last of them ends, however it ends.
 *
 * There is no lock of our own. PostgreSQL's `postmaster.pid` in the data folder says which server runs and where its
 * socket folder is, and PostgreSQL itself lets only one server start on a data folder. In the socket folder its
 * supervisor listens (embedded/supervisor.ts): to be connected there is to hold the server. So:
 *   a live server with a supervisor      hold it
 *   a live server without a supervisor   left by a kill: stop it, begin again
 *   no live server                       clean up what it left, make the data folder if need be, start one
 *   somebody else was faster             begin again
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { EXIT, Failure } from '../errors.js';
import { attach, type Attachment } from './embedded/attachment.js';
import { usableBinaries } from './embedded/binaries.js';
import { makeDataFolder } from './embedded/data-folder.js';
import { openHome, type Home } from './embedded/home.js';
import {
  endLeftBackends,
  forgetPostmaster,
  isRunning,
  readPostmaster,
  stopPostmaster,
  type Postmaster,
} from './embedded/postmaster.js';
import { dataOwner, serverUser } from './embedded/server-user.js';
import { DATABASE, SUPERUSER } from './embedded/settings.js';
import { controlSocket, removeSocketFolder } from './embedded/socket-folder.js';
import { startServer } from './embedded/supervisor.js';

export interface EmbeddedServer {
  /** For a pg connection: socket folder, user, database. There is no password. */
  readonly connection: pg.ClientConfig;
  readonly logFile: string;
  /** Process id of the postmaster. */
  readonly pid: number;
  /** Lets go of the server and, when nobody else holds it, waits until it has stopped. */
  release(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly home: string;
  readonly onNotice?: ((text: string) => void) | undefined;
  /** Settings of PostgreSQL over ours, for tests. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

/** A server that starts, or stops for somebody else, is waited for this long. */
const BUSY_MS = 60_000;
/** But on a machine in trouble one try, in which a data folder is made, may take longer: then what came of it is looked at. */
const LEAST_TRIES = 3;
/** After a kill PostgreSQL replays its log first, at most `max_wal_size` of it. */
const READY_MS = 600_000;
const PAUSE_MS = 15;

/**
 * Starts the embedded server of a folder, or joins the one that runs. Throws a `Failure`: exit code 2 when it cannot
 * run here, 5 when another program keeps the folder busy for too long.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  if (process.platform === 'win32') {
    throw new Failure(EXIT.usage, 'The embedded database does not run on Windows: set DATABASE_URL to a PostgreSQL.');
  }
  const home = openHome(options.home);
  // By a clock that nobody sets.
  const deadline = performance.now() + BUSY_MS;
  for (let tries = 0; tries < LEAST_TRIES || performance.now() < deadline; tries++) {
    const found = readPostmaster(home.data);
    const server = found && isRunning(found, home.data) ? await join(found, home) : await start(home, found, options);
    if (server) return server;
    await sleep(PAUSE_MS);
  }
  throw new Failure(
    EXIT.lease,
    `The embedded database in ${home.folder} is kept busy by process ${readPostmaster(home.data)?.pid ?? 'unknown'}: ` +
      `it could not be joined within ${BUSY_MS / 1000} seconds. End that process and try again; the log is ${home.log}.`,
  );
}

/** Joins a live server. Undefined when it has to be tried again. */
async function join(running: Postmaster, home: Home): Promise<EmbeddedServer | undefined> {
  // Written a moment after the process id: not there yet.
  if (running.socketFolder === undefined) return undefined;
  const answer = await attach(controlSocket(running.socketFolder));
  if (answer === 'stopping') return undefined;
  if (answer === 'nobody') {
    await stopPostmaster(running, home.data, 'fast');
    removeSocketFolder(running.socketFolder);
    return undefined;
  }
  const ready = await whenReady(home, running.socketFolder, answer);
  return ready && held(ready, answer, home);
}

/**
 * Starts a server where none lives. Undefined when it has to be tried again: another program was faster, or a killed
 * server is not quite gone. Throws a `Failure` with the reason PostgreSQL gives for not starting.
 */
async function start(home: Home, stale: Postmaster | undefined, options: EmbeddedOptions) {
  if (stale) forget(stale, home);
  const user = dataOwner(home) ?? (await serverUser(home));
  const binaries = await usableBinaries(home, user);
  await makeDataFolder(home, user, binaries, options.onNotice);
  const started = await startServer({ home, user, binaries, settings: options.settings });
  if (started.attachment) {
    const ready = await whenReady(home, started.socketFolder, started.attachment);
    if (ready) return held(ready, started.attachment, home);
  }
  const reason = started.reason();
  if (/lock file "postmaster.pid"|shared memory block .* is still in use/.test(reason)) return undefined;
  throw new Failure(
    EXIT.usage,
    `The embedded database in ${home.folder} does not start: ${reason}. Its log is ${home.log}.`,
  );
}

function forget(stale: Postmaster, home: Home): void {
  if (stale.socketFolder !== undefined) removeSocketFolder(stale.socketFolder);
  endLeftBackends(home.data);
  forgetPostmaster(stale, home.data);
}

/** Waits until the server of that socket folder takes connections. Undefined when it stopped before that. */
async function whenReady(home: Home, socketFolder: string, attachment: Attachment): Promise<Postmaster | undefined> {
  const deadline = performance.now() + READY_MS;
  while (!attachment.lost && performance.now() < deadline) {
    const postmaster = readPostmaster(home.data);
    // A killed server leaves a file that says "ready": it must be the one of this server.
    if (postmaster?.ready && postmaster.socketFolder === socketFolder) return postmaster;
    await sleep(PAUSE_MS);
  }
  await attachment.release();
  return undefined;
}

function held(postmaster: Postmaster, attachment: Attachment, home: Home): EmbeddedServer {
  const folder = postmaster.socketFolder!;
  return {
    connection: { host: folder, user: SUPERUSER, database: DATABASE },
    logFile: home.log,
    pid: postmaster.pid,
    release: async () => {
      const seenTo = await attachment.release();
      // The supervisor was killed while we worked: nobody but us stops the server, once its last client has gone.
      if (!seenTo && isRunning(postmaster, home.data)) {
        await stopPostmaster(postmaster, home.data, 'smart');
        removeSocketFolder(folder);
      }
    },
  };
}
