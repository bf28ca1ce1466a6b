/**
 * One program at a time fills an inbox, whatever its database is. The lock is the highest of the files `.lock.<n>`: whoever
 * wants it makes the next number, which only one can, and only when the one before is free or its holder is gone. The
 * highest one is never removed, so that nobody can take a number twice.
 */
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { processLives } from '../db/embedded/temporary.js';
import { EXIT, Failure } from '../errors.js';
import { codeOf } from './fault.js';

const NAME = /^\.lock\.([1-9]\d{0,14})$/;
const FREE = 'free\n';
/** How often the holder shows that it lives. */
const SIGN_MS = 15_000;
/** Without a sign for so long the holder is gone: it may have run on another machine, or its number is another process now. */
const SILENT_MS = 2 * 60_000;

/** Locks that this process holds: in a container that was started again it has the number of the one that was killed. */
const ours = new Set<string>();

export interface InboxLock {
  release(): Promise<void>;
}

/** Takes the lock. Throws a `Failure` (exit code 5) when another program fills the inbox. */
export async function lockInbox(folder: string): Promise<InboxLock> {
  const lock = await take(folder);
  ours.add(lock);
  const sign = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, SIGN_MS);
  sign.unref();
  return {
    async release() {
      clearInterval(sign);
      ours.delete(lock);
      await writeFile(lock, FREE);
    },
  };
}

/** Path of the lock that is held now. */
async function take(folder: string): Promise<string> {
  const pathOf = (number: number) => join(folder, `.lock.${number}`);
  for (;;) {
    const highest = await highestIn(folder);
    if (highest > 0 && (await isHeld(pathOf(highest)))) throw held(folder);
    const mine = highest + 1;
    if (!(await make(pathOf(mine)))) continue;
    const now = await locksIn(folder);
    if (Math.max(...now) === mine) {
      for (const number of now) if (number < mine) await rm(pathOf(number), { force: true });
      return pathOf(mine);
    }
    // Others came and went since: the number was theirs before.
    await rm(pathOf(mine), { force: true });
  }
}

async function locksIn(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names.map((name) => Number(NAME.exec(name)?.[1] ?? 0)).filter((number) => number > 0);
}

const highestIn = async (folder: string): Promise<number> => Math.max(0, ...(await locksIn(folder)));

/** False when somebody else made it. */
async function make(path: string): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify({ machine: hostname(), pid: process.pid }), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isHeld(path: string): Promise<boolean> {
  try {
    const text = await readFile(path, 'utf8');
    if (text === FREE || Date.now() - (await stat(path)).mtimeMs > SILENT_MS) return false;
    const holder = /^\{"machine":"(.*)","pid":(\d+)\}$/.exec(text);
    // Half written: its holder is making it now.
    if (holder === null || holder[1] !== hostname()) return true;
    const pid = Number(holder[2]);
    return pid === process.pid ? ours.has(path) : processLives(pid);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    throw error;
  }
}

function held(folder: string): Failure {
  return new Failure(
    EXIT.lease,
    `Another program fills the inbox ${folder} at this moment; nothing was done. Wait for it and run again, or give each ` +
      'database an inbox of its own (feeds.inbox).',
  );
}
