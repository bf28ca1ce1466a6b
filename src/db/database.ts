/** The one door to PostgreSQL: connections, transactions, small queries. Bulk goes through copy.ts. */
import { randomBytes } from 'node:crypto';
import knexFactory, { type Knex } from 'knex';
import pg from 'pg';
import { EXIT, Failure } from '../errors.js';
import { commit } from './commit.js';
import { abortOpenCopies } from './copy.js';
import { startEmbedded, type EmbeddedServer } from './embedded.js';
import { connectionFailure, statementFault, type Target } from './faults.js';
import { migrate } from './migrations.js';
import { typeParsers } from './types.js';

/** One connection. */
export interface Session {
  /** The raw connection, for COPY. */
  readonly client: pg.Client;
  /** Knex on this same connection inside a transaction; on the pool inside `Database.session`. */
  readonly knex: Knex;
  /** The rows of a statement with parameters $1, $2, ... */
  rows<T>(sql: string, values?: readonly unknown[]): Promise<T[]>;
}

export interface OpenOptions {
  /** PostgreSQL 15 or newer; the embedded server when undefined. */
  readonly databaseUrl: string | undefined;
  /** TWE_HOME, where the embedded server keeps its data. */
  readonly home: string;
  /** Told what takes a moment: the first start, a migration. */
  readonly onNotice?: (text: string) => void;
}

/** Name of every connection of this process, by which another one can end them (`application_name`, at most 63 characters). */
export const SESSIONS = `twe ${randomBytes(8).toString('hex')}`;

const OLDEST_MAJOR = 15;
const CONNECT_TIMEOUT_MS = 15_000;
const MOST_CONNECTIONS = 8;

/** Whatever the server or the user has as default, a session of ours is the same everywhere. */
const SESSION_SETTINGS = `
  set timezone to 'UTC';
  set datestyle to 'ISO, YMD';
  set intervalstyle to 'iso_8601';
  set standard_conforming_strings to on;
  set default_transaction_isolation to 'read committed';
  set default_transaction_read_only to off;
  set jit to off`;

/** Knex writes to the console what it also throws; only what is thrown counts. */
const SILENT: Knex.Logger = { warn: ignore, error: ignore, debug: ignore, deprecate: ignore };

function ignore(): void {
  // Said by the error that is thrown.
}

/** What knex has inside and does not declare: the pooled connection behind it. */
interface KnexInside {
  acquireConnection(): Promise<pg.Client>;
  releaseConnection(connection: pg.Client): Promise<void>;
}

export class Database {
  /** Whether it answered before: then its silence is no matter of configuration. */
  private answered = false;

  constructor(
    private readonly knex: Knex,
    private readonly target: Target,
    private readonly embedded?: EmbeddedServer,
    private readonly guard?: (session: Session) => Promise<void>,
  ) {}

  /** The same database, in which no transaction commits before the guard has seen it. It is closed with this one. */
  guarded(guard: (session: Session) => Promise<void>): Database {
    const database = new Database(this.knex, this.target, this.embedded, guard);
    database.answered = this.answered;
    return database;
  }

  /** One transaction; rolled back when the work throws. */
  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.transactionWithKnex(async (trx, client) => {
      try {
        const session = new ConnectedSession(client, trx, this.target);
        const result = await work(session);
        await this.guard?.(session);
        return result;
      } catch (error) {
        await abortOpenCopies(client);
        throw error;
      }
    });
  }

  /** A borrowed connection without a transaction. */
  async session<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const pool = inside(this.knex);
    const client = await this.connected(() => pool.acquireConnection());
    try {
      return await work(new ConnectedSession(client, this.knex, this.target));
    } catch (error) {
      await abortOpenCopies(client);
      throw statementFault(error, this.target);
    } finally {
      await pool.releaseConnection(client);
    }
  }

  /** The rows of one statement, on any connection. */
  async rows<T>(sql: string, values?: readonly unknown[]): Promise<T[]> {
    return this.session((session) => session.rows<T>(sql, values));
  }

  /** Closes every connection and lets go of the embedded server, which stops when nobody else uses it. */
  async close(): Promise<void> {
    try {
      await this.knex.destroy();
    } finally {
      await this.embedded?.release();
    }
  }

  /** Brings the schema up to date; returns the names of the migrations applied. */
  async migrate(folder?: string): Promise<string[]> {
    return migrate(
      { rows: (sql) => this.rows(sql), transaction: (work) => this.transactionWithKnex(work) },
      folder,
    ).catch((error: unknown) => {
      throw isMissingRight(error) ? connectionFailure(error, this.target) : error;
    });
  }

  /** Makes sure that something answers and that it is new enough. Throws a `Failure` (exit code 2). */
  async check(): Promise<void> {
    const [row] = await this.rows<{ version: string; number: string }>(
      `select current_setting('server_version') as version, current_setting('server_version_num') as number`,
    );
    refuseOldServer(Number(row!.number), row!.version, this.target);
  }

  private async transactionWithKnex<T>(work: (trx: Knex.Transaction, client: pg.Client) => Promise<T>): Promise<T> {
    // Begun here and not by knex's callback form, to tell a connection that cannot be made from work that fails.
    const trx = await this.connected(() => this.knex.transaction());
    try {
      const result = await work(trx, await inside(trx).acquireConnection());
      await commit(trx);
      return result;
    } catch (error) {
      // The first fault is the one to tell; a rollback on a lost connection fails as a matter of course.
      await Promise.resolve(trx.rollback()).catch(() => undefined);
      throw statementFault(error, this.target);
    }
  }

  private async connected<T>(acquire: () => Promise<T>): Promise<T> {
    try {
      const connection = await acquire();
      this.answered = true;
      return connection;
    } catch (error) {
      throw connectionFailure(error, this.target, this.answered ? EXIT.unexpected : EXIT.usage);
    }
  }
}

class ConnectedSession implements Session {
  constructor(
    readonly client: pg.Client,
    readonly knex: Knex,
    private readonly target: Target,
  ) {}

  async rows<T>(sql: string, values?: readonly unknown[]): Promise<T[]> {
    try {
      const result = (await this.client.query(sql, values as unknown[])) as pg.QueryResult | pg.QueryResult[];
      // Several statements in one text give several results; the last one counts.
      return (Array.isArray(result) ? result.at(-1)! : result).rows as T[];
    } catch (error) {
      throw statementFault(error, this.target);
    }
  }
}

/**
 * Opens the database: connects to `databaseUrl`, or starts (or joins) the embedded server of `home`, and brings the
 * schema up to date. Throws a `Failure` with exit code 2 when it cannot be reached, is too old, is newer than the
 * program or refuses the rights.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  return prepared(await connect(options), options);
}

/** Checks and migrates a database that was connected to; closes it when that fails. */
export async function prepared(database: Database, options: OpenOptions): Promise<Database> {
  try {
    await database.check();
    const applied = await database.migrate();
    if (applied.length > 0) options.onNotice?.(`database schema brought to ${applied.at(-1)!.replace('.sql', '')}`);
    return database;
  } catch (error) {
    // What went wrong first is what to tell.
    await database.close().catch(() => undefined);
    throw error;
  }
}

/**
 * Connects to what the options name, as it is: nothing is checked or migrated.
 * @param name another database of the same server
 */
export async function connect(options: OpenOptions, name?: string): Promise<Database> {
  if (options.databaseUrl !== undefined) {
    return connectTo(name === undefined ? options.databaseUrl : withName(options.databaseUrl, name));
  }
  const server = await startEmbedded({ home: options.home, onNotice: options.onNotice });
  const target = { name: 'The embedded database', advice: `Its log is ${server.logFile}.` };
  const connection = name === undefined ? server.connection : { ...server.connection, database: name };
  return new Database(pool(connection), target, server);
}

/** A database by its address, as it is: nothing is checked or migrated. Throws a `Failure` when the address is wrong. */
export function connectTo(databaseUrl: string): Database {
  const parsed = parsedAddress(databaseUrl);
  const place = parsed.host.startsWith('/') ? parsed.host : `${parsed.host}:${parsed.port}`;
  const target = {
    name: `The database "${parsed.database ?? ''}" at ${place} (user "${parsed.user ?? ''}")`,
    advice: 'Check DATABASE_URL and the server.',
  };
  return new Database(pool({ connectionString: databaseUrl }), target);
}

function parsedAddress(databaseUrl: string): pg.Client {
  try {
    if (!/^postgres(ql)?:\/\//.test(databaseUrl)) throw new Error('not an address of PostgreSQL');
    return new pg.Client({ connectionString: databaseUrl });
  } catch {
    // The fault of the parser quotes the address, password included: it is not passed on.
    throw new Failure(
      EXIT.usage,
      'DATABASE_URL is not an address of PostgreSQL: write postgresql://user:password@host:5432/database ' +
        '(special characters in the password as %XX).',
    );
  }
}

function withName(databaseUrl: string, name: string): string {
  parsedAddress(databaseUrl);
  // Not by URL: an address of a Unix socket has a user and no host, which that refuses.
  return databaseUrl.replace(/^(\w+:\/\/[^/?]*)(\/[^?]*)?/, `$1/${encodeURIComponent(name)}`);
}

function pool(connection: pg.ClientConfig): Knex {
  return knexFactory({
    client: 'pg',
    // Ours to check. Knex would ask each new connection, and leave it open for ever when the answer fails.
    version: `${OLDEST_MAJOR}.0`,
    connection: {
      ...connection,
      application_name: SESSIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      types: typeParsers,
    },
    // A fault must show the statement with $1, never with the values.
    compileSqlOnError: false,
    log: SILENT,
    pool: { min: 0, max: MOST_CONNECTIONS, idleTimeoutMillis: 10_000, afterCreate: prepareConnection },
  } as Knex.Config);
}

function prepareConnection(client: pg.Client, done: (error: Error | undefined, client: pg.Client) => void): void {
  client.query(SESSION_SETTINGS).then(
    () => done(undefined, client),
    (error: Error) => {
      // Nobody else closes it, and an open connection keeps the program from ending.
      client.end().catch(ignore);
      done(error, client);
    },
  );
}

function inside(knex: Knex): KnexInside {
  return knex.client as KnexInside;
}

/** Throws a `Failure` (exit code 2) for a server whose `server_version_num` is below the oldest supported version. */
export function refuseOldServer(versionNumber: number, version: string, target: Target): void {
  if (Math.floor(versionNumber / 10_000) >= OLDEST_MAJOR) return;
  const found = `${target.name} is PostgreSQL ${version}, which is too old`;
  throw new Failure(EXIT.usage, `${found}: version ${OLDEST_MAJOR} or newer is needed. ${target.advice}`);
}

function isMissingRight(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === '42501';
}
