/** One night of fetching for a test, and the lines that its log got. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { sourceList, sourcesIn, type SourceSettings } from '../../src/config/sources.js';
import { createLogger } from '../../src/log.js';
import { fetchDeliveries, type FetchRequest, type FetchResult } from '../../src/sources/fetch.js';
import { Looks } from '../../src/sources/looks.js';
import { startHttpsServer, TOKEN, type HttpsServer } from './https-server.js';
import { PASSWORD, startSftpServer, USER, type SftpServer } from './sftp-server.js';

/** Short waits; everything else as in earnest. */
export const QUICK = { first_wait_seconds: 0.01, timeout_seconds: 1, attempts: 3 };

export const SECRETS = { TWE_TEST_PASSWORD: PASSWORD, TWE_TEST_TOKEN: TOKEN };

/** Settings as the configuration reads them. */
export function settings(json: object): SourceSettings {
  const read = sourceList.read([json]);
  if (!read.ok) throw new Error(read.problem);
  return sourcesIn('/', read.value)[0]!;
}

export function sftpSettings(server: SftpServer, more: object = {}): SourceSettings {
  const { port, fingerprint } = server;
  const login = { user: USER, password_env: 'TWE_TEST_PASSWORD' };
  return settings({
    kind: 'sftp',
    host: '127.0.0.1',
    port,
    path: '/out',
    host_key: fingerprint,
    ...login,
    ...QUICK,
    ...more,
  });
}

export function httpsSettings({ url, caFile }: HttpsServer, more: object = {}): SourceSettings {
  return settings({ kind: 'https', url, ca_file: caFile, token_env: 'TWE_TEST_TOKEN', ...QUICK, ...more });
}

export interface Place {
  folder: string;
  inbox: string;
  sftp: SftpServer;
  https: HttpsServer;
  /** Everything that was logged. */
  logged: string[];
  fetch(sources: readonly SourceSettings[], more?: Partial<FetchRequest>): Promise<FetchResult>;
  /** Content of a file of the inbox. */
  read(path: string): string;
  /** What lies in the inbox for whoever reads deliveries. */
  visible(): string[];
}

/** Call at the top of a test file: a folder, an inbox and both servers for each test. */
export function placeForTests(): Place {
  const place: Partial<Place> & Pick<Place, 'fetch' | 'read' | 'visible'> = {
    fetch: (sources, more) =>
      fetchDeliveries({
        sources,
        inbox: place.inbox!,
        businessDate: '2030-12-31',
        met: new Set(),
        env: SECRETS,
        looks: new Looks(),
        now: new Date(),
        log: createLogger({ level: 'trace', sink: { write: (line) => void place.logged!.push(line) } }),
        progress: () => undefined,
        ...more,
      }),
    read: (path) => readFileSync(join(place.inbox!, path), 'utf8'),
    visible: () =>
      readdirSync(place.inbox!)
        .filter((name) => !name.startsWith('.'))
        .sort(),
  };
  beforeEach(async () => {
    place.folder = mkdtempSync(join(tmpdir(), 'twe-sources-'));
    place.inbox = join(place.folder, 'home', 'inbox');
    place.logged = [];
    place.sftp = await startSftpServer();
    place.https = await startHttpsServer(place.folder);
  });
  afterEach(async () => {
    await Promise.all([place.sftp!.close(), place.https!.close()]);
    rmSync(place.folder!, { recursive: true });
  });
  return place as Place;
}
