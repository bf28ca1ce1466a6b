/**
 * HTTPS as a source: `GET <url>` gives a listing in JSON, `GET <url>/<delivery>/<file>` a file, from some byte on when
 * `Range` asks for it. A redirect is not followed: the token is for this server only.
 */
import type { IncomingMessage } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';
import type { HttpsSource } from '../config/sources.js';
import type { Connection, Environment, RemoteEntry, RemoteStream } from './connection.js';
import { codeOf, SourceFault } from './fault.js';
import { readListing, type Listing } from './listing.js';
import { withTimeout } from './stall.js';
import { fileOf, secretFrom } from './secret.js';

/** Room for some hundred thousand files. */
const MAX_LISTING_BYTES = 64 * 1024 * 1024;

/** Files at once; what more is asked waits for one of them. */
const MOST_SOCKETS = 8;

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/;

/** Reads the secrets; the first request comes with the listing. Throws a `SourceFault`. */
export async function connectHttps(source: HttpsSource, env: Environment): Promise<Connection> {
  const { url, tokenEnv, caFile, timeoutSeconds } = source;
  const token = tokenEnv === undefined ? undefined : secretFrom(env, tokenEnv);
  const ca = caFile === undefined ? {} : { ca: await fileOf('ca_file', caFile) };
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS, ...ca });
  const headers = {
    'Accept-Encoding': 'identity',
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  };
  const get = (address: string, more = {}, method = 'GET') =>
    ask(address, { method, agent, headers: { ...headers, ...more } }, timeoutSeconds);
  let listing: Promise<Listing> | undefined;
  // One look for the whole connection: ten thousand deliveries are one answer.
  const list = () => (listing ??= get(url).then((response) => readListingOf(response, timeoutSeconds)));
  const addressOf = (delivery: string, file: string) =>
    `${url}/${encodeURIComponent(delivery)}/${encodeURIComponent(file)}`;
  const sizeNow = async (delivery: string, entry: RemoteEntry): Promise<RemoteEntry | undefined> => {
    const response = await get(addressOf(delivery, entry.name), {}, 'HEAD');
    response.resume();
    if (response.statusCode === 404) return undefined;
    const length = response.headers['content-length'];
    return response.statusCode === 200 && length !== undefined ? { ...entry, sizeBytes: Number(length) } : entry;
  };
  const read = async (delivery: string, file: string, fromByte: number): Promise<RemoteStream | undefined> => {
    const response = await get(addressOf(delivery, file), fromByte === 0 ? {} : { Range: `bytes=${fromByte}-` });
    if (response.statusCode === 200 || response.statusCode === 206) return { stream: response, ...partOf(response) };
    response.destroy();
    return response.statusCode === 416 && fromByte > 0 ? read(delivery, file, 0) : undefined;
  };
  return {
    listNames: async () => [...(await list()).keys()],
    listFiles: async (delivery) => (await list()).get(delivery),
    // The listing stays as it was; a file without a digest is asked for its size.
    lookAgain: async (delivery, seen) => {
      const again = await Promise.all(
        seen.map(async (entry) => (entry.sha256 === undefined ? sizeNow(delivery, entry) : entry)),
      );
      return again.filter((entry) => entry !== undefined);
    },
    read,
    close: () => agent.destroy(),
  };
}

function ask(url: string, options: RequestOptions, timeoutSeconds: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const silent = new SourceFault('UNREACHABLE', `no answer within ${timeoutSeconds} seconds`);
    const asked = request(url, options, (response) => {
      clearTimeout(timer);
      const fault = faultOfStatus(response.statusCode ?? 0);
      if (fault === undefined) return resolve(response);
      response.destroy();
      reject(fault);
    });
    const timer = setTimeout(() => asked.destroy(silent), timeoutSeconds * 1000);
    asked.on('error', (error) => {
      clearTimeout(timer);
      reject(error === silent ? silent : faultOf(error));
    });
    asked.end();
  });
}

async function readListingOf(response: IncomingMessage, timeoutSeconds: number): Promise<Listing> {
  if (response.statusCode !== 200) {
    response.destroy();
    throw new SourceFault('UNREADABLE', `the listing is not there (status ${response.statusCode})`);
  }
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of withTimeout(response, timeoutSeconds)) {
      bytes += piece.length;
      if (bytes > MAX_LISTING_BYTES) {
        throw new SourceFault('UNREADABLE', `the listing is larger than ${MAX_LISTING_BYTES} bytes`);
      }
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof SourceFault ? error : faultOf(error);
  }
  return readListing(Buffer.concat(pieces));
}

/** Where the answer begins and how large the whole file is. */
function partOf({ statusCode, headers }: IncomingMessage): { fromByte: number; totalBytes: number | undefined } {
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  if (statusCode === 206 && range) {
    return { fromByte: Number(range[1]), totalBytes: range[2] === '*' ? undefined : Number(range[2]) };
  }
  const length = headers['content-length'];
  return { fromByte: 0, totalBytes: length === undefined ? undefined : Number(length) };
}

/** Undefined for what the caller decides on: success, not there, no such range. */
function faultOfStatus(status: number): SourceFault | undefined {
  if ([200, 206, 404, 416].includes(status)) return undefined;
  if (status === 401 || status === 403) {
    return new SourceFault('DENIED', `the server refused the token (status ${status})`);
  }
  if (status === 408 || status === 429 || status >= 500) {
    return new SourceFault('UNREACHABLE', `the server answers with status ${status}`);
  }
  return new SourceFault('UNREADABLE', `the server answers with status ${status}`);
}

function faultOf(error: unknown): SourceFault {
  const code = codeOf(error);
  if (CERTIFICATE.test(code)) {
    return new SourceFault(
      'DENIED',
      `the certificate of the server is not trusted (${code}); name its authority in ca_file`,
    );
  }
  if (code === 'ERR_INVALID_CHAR')
    return new SourceFault('DENIED', 'the token holds a character that no header may hold');
  return new SourceFault('UNREACHABLE', code === 'ECONNRESET' ? 'the connection was cut' : `no connection (${code})`);
}
