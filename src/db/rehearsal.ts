/** A copy of the database for work that must leave no trace. */
import { EXIT, Failure } from '../errors.js';
import { connect, prepared, type Database, type OpenOptions } from './database.js';

/** PostgreSQL cuts names at 63 bytes. */
const LONGEST_PREFIX = 40;

const MAY_NOT = '42501';
const IN_USE = '55006';

/**
 * Does some work on a copy of the whole database, which is gone afterwards. Throws a `Failure` (exit code 2) when the
 * user may not make databases or when somebody else is connected to the original.
 */
export async function onCopy<T>(options: OpenOptions, work: (database: Database) => Promise<T>): Promise<T> {
  const original = await nameOf(options);
  const copy = `${original.slice(0, LONGEST_PREFIX)}_rehearsal_${process.pid}`;
  const keeper = await connect(options, 'postgres');
  try {
    await makeCopy(keeper, copy, original);
    try {
      const database = await prepared(await connect(options, copy), options);
      return await work(database).finally(() => database.close());
    } finally {
      await keeper.rows(`drop database ${quoted(copy)} with (force)`);
    }
  } finally {
    await keeper.close();
  }
}

async function nameOf(options: OpenOptions): Promise<string> {
  const database = await connect(options);
  try {
    const [row] = await database.rows<{ name: string }>('select current_database() as name');
    return row!.name;
  } finally {
    await database.close();
  }
}

async function makeCopy(keeper: Database, copy: string, original: string): Promise<void> {
  try {
    await keeper.rows(`create database ${quoted(copy)} template ${quoted(original)}`);
  } catch (error) {
    const code = codeOf(error);
    if (code !== MAY_NOT && code !== IN_USE) throw error;
    const why =
      code === MAY_NOT
        ? 'the user of DATABASE_URL may not make one. Give the right (alter role ... createdb)'
        : 'that can only be made while nobody else is connected. Wait until other programs are done';
    throw new Failure(
      EXIT.usage,
      `A dry run works on a copy of the database, but ${why}, or rehearse on a restored backup. Nothing was done.`,
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
