/** A real SSH server on loopback that serves a tree by SFTP, in the process of the test. */
import { createHash } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import ssh2, { type Attributes, type Connection, type FileEntry, type SFTPWrapper } from 'ssh2';
import { Tree } from './tree.js';

const { STATUS_CODE } = ssh2.utils.sftp;

const FOLDER = 0o040755;
const PLAIN = 0o100644;

export const USER = 'twe';
export const PASSWORD = 'hush-hush-password';

export interface SftpServer {
  readonly port: number;
  readonly tree: Tree;
  /** Fingerprint of its host key. */
  readonly fingerprint: string;
  /** A private key that it lets in, protected by `PASSWORD`. */
  readonly userKey: string;
  close(): Promise<void>;
}

/** Starts a server below `/out`. */
export async function startSftpServer(tree = new Tree()): Promise<SftpServer> {
  const hostKey = ssh2.utils.generateKeyPairSync('ed25519');
  const user = ssh2.utils.generateKeyPairSync('ed25519', { passphrase: PASSWORD, cipher: 'aes256-ctr', rounds: 16 });
  const clients = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (client) => {
    tree.connections++;
    clients.add(client);
    socketOf(client).setNoDelay(true);
    client.on('authentication', (attempt) => {
      const isPassword = attempt.method === 'password' && attempt.password === PASSWORD;
      const isKey = attempt.method === 'publickey' && attempt.key.data.equals(keyOf(user.public));
      if (attempt.username === USER && (isPassword || isKey)) attempt.accept();
      else attempt.reject(['password', 'publickey']);
    });
    client.on('session', (accept) => accept().on('sftp', (open) => serve(open(), tree, client)));
    client.on('error', () => undefined);
    client.on('close', () => clients.delete(client));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    tree,
    fingerprint: `SHA256:${createHash('sha256').update(keyOf(hostKey.public)).digest('base64').replace(/=+$/, '')}`,
    userKey: user.private,
    close: () =>
      new Promise((resolve) => {
        for (const client of clients) cut(client);
        server.close(() => resolve());
      }),
  };
}

/** The key itself of a line `ssh-ed25519 AAAA... comment`. */
function keyOf(line: string): Buffer {
  return Buffer.from(line.split(' ')[1]!, 'base64');
}

/** The library shows no socket of a server's connection. */
function socketOf(client: Connection): Socket {
  return (client as unknown as { _sock: Socket })._sock;
}

/** As a cable that is pulled: no goodbye. */
function cut(client: Connection): void {
  socketOf(client).destroy();
}

function serve(sftp: SFTPWrapper, tree: Tree, client: Connection): void {
  const handles = new Map<number, { path: string; entries?: FileEntry[] }>();
  let last = 0;
  const handleOf = (opened: { path: string; entries?: FileEntry[] }): Buffer => {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(++last);
    handles.set(last, opened);
    return handle;
  };
  const later = (work: () => void) => (tree.delayMs === 0 ? work() : void setTimeout(work, tree.delayMs));
  sftp.on('OPENDIR', (id, path) =>
    later(() => {
      const entries = entriesOf(tree, path);
      if (entries === undefined) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
      tree.listings++;
      sftp.handle(id, handleOf({ path, entries }));
    }),
  );
  sftp.on('READDIR', (id, handle) => {
    // In pages, as servers do.
    const page = handles.get(handle.readUInt32BE())?.entries?.splice(0, 500) ?? [];
    if (page.length === 0) sftp.status(id, STATUS_CODE.EOF);
    else sftp.name(id, page);
  });
  sftp.on('LSTAT', (id, path) => {
    const file = tree.file(path);
    if (file === undefined) sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    else sftp.attrs(id, attributes(PLAIN, file.content.length, file.modifiedMs));
  });
  const begun = new Set<string>();
  sftp.on('OPEN', (id, path) => {
    if (tree.file(path) === undefined) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    tree.onRead(path);
    sftp.handle(id, handleOf({ path }));
  });
  sftp.on('READ', (id, handle, offset, length) => {
    const { path } = handles.get(handle.readUInt32BE())!;
    if (!begun.has(handle.toString('hex'))) tree.reads.push({ path, fromByte: offset });
    begun.add(handle.toString('hex'));
    const piece = tree.file(path)!.content.subarray(offset, offset + length);
    if (piece.length === 0) return sftp.status(id, STATUS_CODE.EOF);
    if (tree.sent(piece.length)) return cut(client);
    sftp.data(id, piece);
  });
  sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK));
}

function entriesOf(tree: Tree, path: string): FileEntry[] | undefined {
  if (path === '/out') return [...tree.deliveries.keys()].map((name) => entry(name, FOLDER, 0, 0));
  const files = tree.deliveries.get(path.slice('/out/'.length));
  return files && [...files].map(([name, { content, modifiedMs }]) => entry(name, PLAIN, content.length, modifiedMs));
}

function entry(filename: string, mode: number, size: number, modifiedMs: number): FileEntry {
  return { filename, longname: filename, attrs: attributes(mode, size, modifiedMs) };
}

function attributes(mode: number, size: number, modifiedMs: number): Attributes {
  const seconds = Math.floor(modifiedMs / 1000);
  return { mode, size, uid: 0, gid: 0, atime: seconds, mtime: seconds };
}
