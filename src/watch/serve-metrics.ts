/** The metrics over HTTP, for a Prometheus or an agent on this machine only. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Settings } from '../config.js';
import type { Database } from '../db/database.js';
import { EXIT, Failure } from '../errors.js';
import type { Logger } from '../log.js';
import { readMetrics } from './metrics.js';

const LOOPBACK = '127.0.0.1';

export interface ServeContext {
  readonly database: Database;
  readonly config: Settings;
  readonly log: Logger;
}

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Answers `GET /metrics` on 127.0.0.1; 503 while the database does not answer.
 * Throws a Failure (exit 2) when the port is taken or may not be used.
 * @param port 0: any that is free
 */
export async function serveMetrics(port: number, context: ServeContext): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string) =>
      response.writeHead(status, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
    if (request.method !== 'GET' || request.url !== '/metrics') {
      answer(404, 'Only GET /metrics is answered here.\n');
      return;
    }
    readMetrics(context.database, context.config).then(
      (text) => answer(200, text),
      (error: unknown) => {
        context.log.warn({ err: error }, 'the metrics could not be read');
        answer(503, 'The state could not be read; the log says why.\n');
      },
    );
  });
  await listen(server, port);
  const taken = (server.address() as AddressInfo).port;
  context.log.info({ port: taken }, 'metrics are served');
  return {
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.code ?? 'unknown'})`;
      reject(new Failure(EXIT.usage, `--metrics-port ${port} ${why}; choose another one.`));
    });
    server.listen(port, LOOPBACK, resolve);
  });
}
