/** SFTP as a source: the server must show a host key of the configuration before anything is said to it. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import ssh2, { type Client, type ConnectConfig, type FileEntryWithStats, type SFTPWrapper } from 'ssh2';
import type { SftpSource } from '../config/sources.js';
import type { Connection, Environment, RemoteEntry } from './connection.js';
import { heard, Turnstile } from './ahead.js';
import { codeOf, SourceFault } from './fault.js';
import { fileOf, secretFrom } from './secret.js';

/** Status codes of the protocol (draft-ietf-secsh-filexfer-02, section 7). */
const STATUS = { endOfFile: 1, noSuchFile: 2, permissionDenied: 3 } as const;

/** Size of one read: what every server must be able to give at once. */
const READ_BYTES = 32 * 1024;
/** Reads on their way at once, of all files together: more would only wait for each other on a slow line, and time out. */
const READS_AHEAD = 16;
/** Questions under way at once, each of which listens for the end of the connection. */
const MOST_LISTENERS = 100;

/** Opens a session. Throws a `SourceFault`: DENIED for another host key or a refused login. */
export async function connectSftp(source: SftpSource, env: Environment): Promise<Connection> {
  const login = await loginOf(source, env);
  const client = new ssh2.Client();
  client.setMaxListeners(MOST_LISTENERS);
  try {
    await open(client, source, login);
    return sftpConnection(client, source, await startSftp(client, source.timeoutSeconds));
  } catch (error) {
    client.destroy();
    throw error;
  }
}

async function loginOf(source: SftpSource, env: Environment): Promise<ConnectConfig> {
  if (source.passwordEnv !== undefined) return { password: secretFrom(env, source.passwordEnv) };
  const privateKey = await fileOf('key_file', source.keyFile!);
  return source.passphraseEnv === undefined
    ? { privateKey }
    : { privateKey, passphrase: secretFrom(env, source.passphraseEnv) };
}

function open(client: Client, source: SftpSource, login: ConnectConfig): Promise<void> {
  const { host, port, user, timeoutSeconds } = source;
  let strangerKey: string | undefined;
  return new Promise((resolve, reject) => {
    client.on('ready', () => {
      // Many small questions and answers: each goes at once.
      client.setNoDelay(true);
      resolve();
    });
    // Also after it was opened: an error that nobody hears would end the program.
    client.on('error', (error) => {
      reject(strangerKey === undefined ? faultOf(error, source) : wrongHostKey(strangerKey, source));
    });
    client.on('close', () => reject(new SourceFault('UNREACHABLE', 'the connection was closed')));
    try {
      client.connect({
        ...login,
        host,
        port,
        username: user,
        readyTimeout: timeoutSeconds * 1000,
        hostVerifier: (key: Buffer) => {
          const shown = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
          if (source.hostKeys.includes(shown)) return true;
          strangerKey = shown;
          return false;
        },
      });
    } catch {
      // Only the private key is read before the connection is made; the words of the library could quote it.
      reject(new SourceFault('DENIED', 'the file that key_file names holds no private key, or has another passphrase'));
    }
  });
}

function startSftp(client: Client, timeoutSeconds: number): Promise<SFTPWrapper> {
  return answer(client, timeoutSeconds, (done) => client.sftp(done));
}

function sftpConnection(client: Client, source: SftpSource, sftp: SFTPWrapper): Connection {
  const ask: Ask = (start) => answer(client, source.timeoutSeconds, start);
  const turnstile = new Turnstile(READS_AHEAD);
  const askRead: Ask = (start) => turnstile.pass(() => ask(start));
  const listFiles = (delivery: string) =>
    unlessGone(async () => (await entriesIn(sftp, ask, posix.join(source.path, delivery))).map(entryOf));
  return {
    async listNames() {
      const entries = await entriesIn(sftp, ask, source.path);
      return entries.filter(({ attrs }) => attrs.isDirectory()).map(({ filename }) => filename);
    },
    listFiles,
    lookAgain: listFiles,
    read: (delivery, file, fromByte) =>
      unlessGone(async () => {
        const path = posix.join(source.path, delivery, file);
        const { size } = await ask<{ size: number }>((done) => sftp.lstat(path, done));
        const handle = await ask<Buffer>((done) => sftp.open(path, 'r', done));
        return { stream: readAhead(sftp, askRead, handle, { fromByte, size }), fromByte, totalBytes: size };
      }),
    close: () => {
      client.destroy();
    },
  };
}

/** Asks the server something; silence and a closed connection are faults. */
type Ask = <T>(start: (done: (error: Error | null | undefined, value: T) => void) => unknown) => Promise<T>;

/** Everything in a folder, page by page: each page has the time of one answer. */
async function entriesIn(sftp: SFTPWrapper, ask: Ask, folder: string): Promise<FileEntryWithStats[]> {
  const handle = await ask<Buffer>((done) => sftp.opendir(folder, done));
  const entries: FileEntryWithStats[] = [];
  for (;;) {
    const page = await untilEnd(ask<FileEntryWithStats[]>((done) => sftp.readdir(handle, done)));
    if (page === undefined) break;
    entries.push(...page);
  }
  await ask<undefined>((done) => sftp.close(handle, (error) => done(error, undefined)));
  return entries.filter(({ filename }) => filename !== '.' && filename !== '..');
}

/** An open file from some byte on. Several reads are on their way at once: a far server is then no slow one. */
function readAhead(
  sftp: SFTPWrapper,
  ask: Ask,
  handle: Buffer,
  { fromByte, size }: { fromByte: number; size: number },
): Readable {
  async function* pieces(): AsyncGenerator<Buffer> {
    const coming: Promise<Buffer | undefined>[] = [];
    let at = fromByte;
    try {
      for (;;) {
        // Up to the size and not beyond: a small file is one read.
        for (; coming.length < READS_AHEAD && at <= size; at += READ_BYTES)
          coming.push(heard(readAt(sftp, ask, handle, at)));
        const piece = await coming.shift();
        if (piece === undefined) return;
        yield piece;
      }
    } finally {
      // Nobody waits for the answer: the connection may be gone, and its files with it.
      sftp.close(handle, () => undefined);
    }
  }
  return Readable.from(pieces());
}

/** One whole piece, the rest of the file, or undefined behind its end; a server may give less than it was asked for. */
async function readAt(sftp: SFTPWrapper, ask: Ask, handle: Buffer, position: number): Promise<Buffer | undefined> {
  const piece = Buffer.alloc(READ_BYTES);
  let filled = 0;
  while (filled < READ_BYTES) {
    const start = filled;
    const read = await untilEnd(
      ask<number>((done) =>
        sftp.read(handle, piece, start, READ_BYTES - start, position + start, (error, bytes) => done(error, bytes)),
      ),
    );
    if (!read) break;
    filled += read;
  }
  return filled === 0 ? undefined : piece.subarray(0, filled);
}

function entryOf({ filename, attrs }: FileEntryWithStats): RemoteEntry {
  return {
    name: filename,
    isFile: attrs.isFile(),
    sizeBytes: attrs.size,
    modifiedMs: attrs.mtime * 1000,
    sha256: undefined,
  };
}

/** Asks something that answers by callback; silence and a closed connection are faults. */
function answer<T>(
  client: Client,
  timeoutSeconds: number,
  ask: (done: (error: Error | null | undefined, value: T) => void) => unknown,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const closed = () => finish(() => reject(new SourceFault('UNREACHABLE', 'the connection was cut')));
    const timer = setTimeout(
      () => finish(() => reject(new SourceFault('UNREACHABLE', `no answer within ${timeoutSeconds} seconds`))),
      timeoutSeconds * 1000,
    );
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      client.removeListener('close', closed);
      settle();
    };
    client.once('close', closed);
    try {
      ask((error, value) => finish(() => (error ? reject(statusFault(error)) : resolve(value))));
    } catch {
      closed();
    }
  });
}

/** A refusal by the file system of the server, with the number of its status. */
class StatusFault extends SourceFault {
  constructor(
    readonly status: number | undefined,
    fault: SourceFault,
  ) {
    super(fault.kind, fault.message, fault.isTransient);
  }
}

function statusFault(error: Error): StatusFault {
  const status = 'code' in error && typeof error.code === 'number' ? error.code : undefined;
  if (status === STATUS.noSuchFile) {
    return new StatusFault(status, new SourceFault('UNREADABLE', 'the folder does not exist on the server'));
  }
  if (status === STATUS.permissionDenied) {
    return new StatusFault(status, new SourceFault('DENIED', 'the user may not read the folder on the server'));
  }
  return new StatusFault(
    status,
    new SourceFault('UNREACHABLE', `the server did not answer (status ${status ?? 'unknown'})`),
  );
}

/** The answer, or undefined at the end of a file or a list. */
async function untilEnd<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof StatusFault && error.status === STATUS.endOfFile) return undefined;
    throw error;
  }
}

async function unlessGone<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof StatusFault && error.status === STATUS.noSuchFile) return undefined;
    throw error;
  }
}

function wrongHostKey(shown: string, { hostKeys }: SftpSource): SourceFault {
  return new SourceFault(
    'DENIED',
    `the server shows the host key ${shown}, not ${hostKeys.join(' or ')}; nothing was sent to it. Ask its operator ` +
      'whether the key was changed before you change host_key',
  );
}

function faultOf(error: Error & { level?: string }, { user, timeoutSeconds }: SftpSource): SourceFault {
  if (error.level === 'client-authentication') {
    return new SourceFault('DENIED', `the server refused the login of ${user}`);
  }
  if (error.level === 'client-timeout') {
    return new SourceFault('UNREACHABLE', `no answer within ${timeoutSeconds} seconds`);
  }
  return new SourceFault('UNREACHABLE', `no connection (${codeOf(error)})`);
}
