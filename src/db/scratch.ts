/**
 * A database beside the real one, for work that must leave no trace. It is gone when the work ends, fails or is asked to
 * stop. What a program that was killed left behind goes with the next one that makes such a database.
 */
import { EXIT, Failure } from '../errors.js';
import { connect, prepared, type Database, type OpenOptions, type Session } from './database.js';

/** PostgreSQL cuts names at 63 bytes. */
const LONGEST_PREFIX = 40;

/** Who holds this lock of a name (in the database `postgres`) still needs the database of that name. */
const LOCK = 8_402_033;

const MAY_NOT = '42501';
const IN_USE = '55006';

/** What such work is for: a part of the name of its database. */
const PURPOSES = ['rehearsal', 'history', 'replay'] as const;

export interface ScratchOptions {
  readonly purpose: (typeof PURPOSES)[number];
  /** `COPY`: as the real one is now. `EMPTY`: only its schema. */
  readonly content: 'COPY' | 'EMPTY';
  /** The sentence begins with it: `A dry run`. */
  readonly who: string;
  /** Aborted when the program is asked to stop: the database is taken away at once. */
  readonly stop?: AbortSignal | undefined;
}

/**
 * Does some work on a throw-away database. Throws a `Failure` (exit code 2) when the user may not make databases, or when a
 * copy is asked for and somebody else is connected to the original; (exit code 143) when it was asked to stop.
 */
export async function onScratch<T>(
  options: OpenOptions,
  { purpose, content, who, stop }: ScratchOptions,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const original = await originalOf(options);
  const prefix = original.name.slice(0, LONGEST_PREFIX);
  const name = `${prefix}_${purpose}_${process.pid}`;
  const keeper = await connect(options, 'postgres');
  try {
    return await keeper.session(async (session) => {
      await session.rows('select pg_advisory_lock($1, hashtext($2))', [LOCK, name]);
      await dropLeftovers(session, prefix);
      await create(session, name, content === 'COPY' ? { copyOf: original } : { like: original }, who);
      const drop = () => session.rows(`drop database if exists ${quoted(name)} with (force)`);
      try {
        return await untilStopped(stop, drop, async () => {
          const database = await prepared(await connect(options, name), options);
          return work(database).finally(() => database.close());
        });
      } finally {
        await drop();
      }
    });
  } finally {
    await keeper.close();
  }
}

/** Ends the work by taking its database away. */
async function untilStopped<T>(
  stop: AbortSignal | undefined,
  drop: () => Promise<unknown>,
  work: () => Promise<T>,
): Promise<T> {
  if (stop === undefined) return work();
  const stopped = () => new Failure(EXIT.stopped, 'stopped on request; nothing was kept.');
  const onAbort = () => void drop().catch(() => undefined);
  if (stop.aborted) throw stopped();
  stop.addEventListener('abort', onAbort, { once: true });
  try {
    return await work();
  } catch (error) {
    // Whatever failed after that, failed because of it.
    throw stop.aborted ? stopped() : error;
  } finally {
    stop.removeEventListener('abort', onAbort);
  }
}

interface Original {
  readonly name: string;
  readonly encoding: string;
  readonly collate: string;
  readonly ctype: string;
}

async function originalOf(options: OpenOptions): Promise<Original> {
  const database = await connect(options);
  try {
    const [row] = await database.rows<Original>(
      `select datname as name, pg_encoding_to_char(encoding) as encoding, datcollate as collate, datctype as ctype
       from pg_database where datname = current_database()`,
    );
    return row!;
  } finally {
    await database.close();
  }
}

/** Databases of programs that were killed: nobody holds the lock of their name any more. */
async function dropLeftovers(session: Session, prefix: string): Promise<void> {
  const left = await session.rows<{ name: string }>(
    `select datname as name from pg_database
     where starts_with(datname, $1) and substr(datname, length($1) + 1) ~ $2 and pg_has_role(datdba, 'usage')`,
    [prefix, `^_(${PURPOSES.join('|')})_[0-9]+$`],
  );
  for (const { name } of left) {
    const [lock] = await session.rows<{ free: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as free', [
      LOCK,
      name,
    ]);
    // The own name is free as well: a process of the same number was killed.
    if (!lock!.free) continue;
    await session.rows(`drop database if exists ${quoted(name)} with (force)`);
    await session.rows('select pg_advisory_unlock($1, hashtext($2))', [LOCK, name]);
  }
}

async function create(
  session: Session,
  name: string,
  source: { readonly copyOf: Original } | { readonly like: Original },
  who: string,
): Promise<void> {
  const as =
    'copyOf' in source
      ? `template ${quoted(source.copyOf.name)}`
      : `template template0 encoding ${literal(source.like.encoding)} lc_collate ${literal(source.like.collate)} ` +
        `lc_ctype ${literal(source.like.ctype)}`;
  try {
    await session.rows(`create database ${quoted(name)} ${as}`);
    // What is thrown away need not survive a power cut.
    await session.rows(`alter database ${quoted(name)} set synchronous_commit to off`);
  } catch (error) {
    const code = codeOf(error);
    if (code !== MAY_NOT && code !== IN_USE) throw error;
    const why =
      code === MAY_NOT
        ? 'the user of DATABASE_URL may not make one. Give the right (alter role ... createdb)'
        : 'that can only be made while nobody else is connected. Wait until other programs are done';
    throw new Failure(
      EXIT.usage,
      `${who} works on a copy of the database, but ${why}, or work on a restored backup. Nothing was done.`,
    );
  }
}

/** The code that PostgreSQL gave, wherever in the chain of causes it stands. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : codeOf(error.cause);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
