/** A real HTTPS server on loopback with a certificate of its own, made by openssl for the test. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Tree } from './tree.js';

export const TOKEN = 'hush-hush-token';

export interface HttpsServer {
  readonly url: string;
  readonly tree: Tree;
  /** Certificate to trust. */
  readonly caFile: string;
  /** What the listing says instead of the truth. */
  listing: string | undefined;
  /** Whether the listing tells digests, sizes alone otherwise. */
  tellsDigests: boolean;
  /** Whether `Range` is understood. */
  hasRanges: boolean;
  /** Statuses of the next answers, before it behaves. */
  readonly statuses: number[];
  close(): Promise<void>;
}

export async function startHttpsServer(folder: string, tree = new Tree()): Promise<HttpsServer> {
  const [key, caFile] = [join(folder, 'server.key'), join(folder, 'server.crt')];
  execFileSync(
    'openssl',
    // prettier-ignore
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
      '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', caFile],
    { stdio: 'ignore' },
  );
  const server = createServer({ key: readFileSync(key), cert: readFileSync(caFile) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const served: HttpsServer = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/feeds`,
    tree,
    caFile,
    listing: undefined,
    tellsDigests: false,
    hasRanges: true,
    statuses: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  server.on('secureConnection', () => tree.connections++);
  server.on('request', (request, response) => {
    setTimeout(() => respond(served, request, response), tree.delayMs);
  });
  return served;
}

function respond(server: HttpsServer, request: IncomingMessage, response: ServerResponse): void {
  const status = server.statuses.shift();
  if (status !== undefined) return void response.writeHead(status, { Location: 'https://elsewhere.example/' }).end();
  if (request.headers.authorization !== `Bearer ${TOKEN}`) return void response.writeHead(401).end();
  const path = decodeURIComponent(request.url!.slice('/feeds'.length));
  if (path === '') {
    server.tree.listings++;
    return void response.end(server.listing ?? listingOf(server));
  }
  const file = server.tree.file(path);
  if (file === undefined) return void response.writeHead(404).end();
  if (request.method === 'HEAD') return void response.writeHead(200, { 'Content-Length': file.content.length }).end();
  server.tree.onRead(path);
  const asked = server.hasRanges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
  server.tree.reads.push({ path, fromByte: asked });
  send(server.tree, file.content, asked, response);
}

function send(tree: Tree, content: Buffer, fromByte: number, response: ServerResponse): void {
  const rest = content.subarray(fromByte);
  const range = { 'Content-Range': `bytes ${fromByte}-${content.length - 1}/${content.length}` };
  response.writeHead(fromByte > 0 ? 206 : 200, { 'Content-Length': rest.length, ...(fromByte > 0 ? range : {}) });
  const step = 64 * 1024;
  const next = (at: number): void => {
    if (at >= rest.length) return void response.end();
    if (tree.sentBytes >= tree.stallAfterBytes) return;
    const piece = rest.subarray(at, at + step);
    if (tree.sent(piece.length)) return void response.destroy();
    response.write(piece, () => next(at + step));
  };
  next(0);
}

function listingOf({ tree, tellsDigests }: HttpsServer): string {
  const digest = (content: Buffer) => createHash('sha256').update(content).digest('hex');
  return JSON.stringify(
    [...tree.deliveries].map(([delivery, files]) => ({
      delivery,
      files: [...files].map(([name, { content }]) => ({
        name,
        size: content.length,
        ...(tellsDigests ? { sha256: digest(content) } : {}),
      })),
    })),
  );
}
