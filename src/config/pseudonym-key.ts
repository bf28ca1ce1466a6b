/** Where the key of the pseudonyms comes from: the environment, or for the embedded database a file that is made once. */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure } from '../errors.js';
import type { Fault } from '../law/keys/faults.js';

/** Variable of the environment. */
export const PSEUDONYM_KEY = 'TWE_PSEUDONYM_KEY';
/** File in TWE_HOME. */
const FILE = 'pseudonym.key';
const HOW_TO_MAKE = 'Write 64 hexadecimal digits (`openssl rand -hex 32` makes them) and keep them as a secret.';

const isKey = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);

/** What is wrong with a key as it was given; nothing when there is none. */
export function faultsOfKey(text: string | undefined): Fault[] {
  if (text === undefined || text === '' || isKey(text)) return [];
  return [{ key: PSEUDONYM_KEY, problem: 'not a key of 32 bytes', allowed: HOW_TO_MAKE }];
}

/** Whoever takes in clients needs the key of their pseudonyms; only for the embedded database one is made. */
export function missingKey({ databaseUrl, pseudonymKey: given }: Omit<KeySettings, 'home'>): Fault[] {
  if (databaseUrl === undefined || given !== undefined) return [];
  return [
    { key: PSEUDONYM_KEY, problem: 'missing, and with DATABASE_URL none is made by itself', allowed: HOW_TO_MAKE },
  ];
}

interface KeySettings {
  /** As given in the environment. */
  readonly pseudonymKey: string | undefined;
  readonly databaseUrl: string | undefined;
  /** TWE_HOME. */
  readonly home: string;
}

/**
 * The key, 32 bytes. For the embedded database one that was not given is made, once. Throws a `Failure` (exit code 2) when
 * a server is used without a key, or when the file of the key cannot be read or made.
 */
export function pseudonymKey({ pseudonymKey: given, databaseUrl, home }: KeySettings): Buffer {
  if (given !== undefined) return Buffer.from(given, 'hex');
  if (databaseUrl !== undefined) throw new Failure(EXIT.usage, `${PSEUDONYM_KEY} is missing. ${HOW_TO_MAKE}`);
  const path = join(home, FILE);
  try {
    return readKey(path) ?? makeKey(path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Failure(EXIT.usage, `The pseudonym key ${path} cannot be read or made (${code}); nothing was done.`);
  }
}

/** Makes another key for the embedded database and does some work with it. When the work fails, the old key stays. */
export async function withNewKey<T>(home: string, work: (key: Buffer) => Promise<T>): Promise<T> {
  const path = join(home, FILE);
  const next = `${path}.next`;
  rmSync(next, { force: true });
  const key = makeKey(next);
  const result = await work(key);
  renameSync(next, path);
  return result;
}

function readKey(path: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (isKey(text)) return Buffer.from(text, 'hex');
  throw new Failure(EXIT.usage, `${path} does not hold a pseudonym key; put it back as it was. Nothing was done.`);
}

/** Two programs at the same moment end with the same key. */
function makeKey(path: string): Buffer {
  const draft = `${path}.${process.pid}`;
  // Of a program that was killed; in a container each has the same number.
  rmSync(draft, { force: true });
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readKey(path)!;
}
