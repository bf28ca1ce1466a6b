/** Where histories take place: in databases of a server that is up, or in folders of the embedded one. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, connectTo, type Database } from '../../src/db/database.js';
import { startServers, type SecondServer } from '../operations/second-server.js';
import { databaseUrl } from '../support/address.js';

/** One database, empty when it is made. */
export interface World {
  /** By which the program finds it. */
  readonly env: Readonly<Record<string, string>>;
  /** Looks into it. */
  use<T>(work: (database: Database) => Promise<T>): Promise<T>;
  /** Another one with the same in it. Nobody may be using this one. */
  copy(): Promise<World>;
  drop(): Promise<void>;
}

export interface Ground {
  make(): Promise<World>;
  remove(): Promise<void>;
}

let made = 0;

/** Databases of a server. */
export function serverGround(adminUrl: string): Ground {
  const asAdmin = async (statement: string): Promise<void> => {
    const admin = connectTo(adminUrl);
    await admin.rows(statement).finally(() => admin.close());
  };
  const make = async (template?: string): Promise<World> => {
    const name = `twe_crash_${process.pid}_${(made += 1)}`;
    await asAdmin(`create database ${name}${template === undefined ? '' : ` template ${template}`}`);
    const url = databaseUrl(adminUrl, name);
    return {
      env: { DATABASE_URL: url },
      use: async (work) => {
        const database = connectTo(url);
        return work(database).finally(() => database.close());
      },
      copy: () => make(name),
      drop: () => asAdmin(`drop database if exists ${name} with (force)`),
    };
  };
  return { make: () => make(), remove: () => Promise.resolve() };
}

/** A server of the distribution, of the oldest version that is supported. */
export function debianGround(): Ground {
  const [server] = startServers(1) as [SecondServer];
  return { make: () => groundOf(server).make(), remove: () => Promise.resolve(server.stop()) };
}

/** A server that is up already. */
export function groundOf(server: SecondServer): Ground {
  return serverGround(databaseUrl(server.urlOf('postgres'), 'postgres'));
}

/** Folders of the embedded server: it comes and goes with the program. */
export function embeddedGround(): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'twe-homes-'));
  // As root the server runs as another user.
  chmodSync(folder, 0o755);
  const make = (from?: string): Promise<World> => {
    const home = join(folder, `home-${(made += 1)}`);
    // With owners and modes, which cpSync does not keep.
    if (from !== undefined && existsSync(from)) execFileSync('cp', ['-a', from, home]);
    return Promise.resolve({
      env: { TWE_HOME: home },
      use: async (work) => {
        const database = await connect({ databaseUrl: undefined, home });
        return work(database).finally(() => database.close());
      },
      copy: () => make(home),
      // Of a server that ends, files go away meanwhile.
      drop: () => Promise.resolve(rmSync(home, { recursive: true, force: true, maxRetries: 20 })),
    });
  };
  return {
    make: () => make(),
    remove: () => Promise.resolve(rmSync(folder, { recursive: true, force: true, maxRetries: 20 })),
  };
}
