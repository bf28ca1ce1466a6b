/**
 * What `postmaster.pid` in a data folder says, and the processes behind it. The file is written by PostgreSQL: process
 * id, data folder, start time, port, socket folder, address, shared memory, status.
 */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnSync } from 'node:child_process';
import { notOurs } from './server-user.js';
import { processLives } from './temporary.js';

export interface Postmaster {
  readonly pid: number;
  /** Undefined for the moment between its start and its first socket. */
  readonly socketFolder: string | undefined;
  /** Takes connections. */
  readonly ready: boolean;
}

/** How long each way of stopping is given. */
const FAST_MS = 30_000;
const SMART_MS = 2_000;
const FORCED_MS = 5_000;
const PAUSE_MS = 10;

/** The server that a data folder speaks of, alive or not. Throws a `Failure` when the folder is closed to us. */
export function readPostmaster(data: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return undefined;
    if (code === 'EACCES') throw notOurs({ data }, ownerOf(data));
    throw error;
  }
  const pid = Number.parseInt(lines[0] ?? '', 10);
  // Empty for the moment between being made and being written.
  if (!(pid > 0)) return undefined;
  return { pid, socketFolder: lines[4]?.trim() || undefined, ready: lines[7]?.trim() === 'ready' };
}

function ownerOf(data: string): number | string {
  return statSync(data, { throwIfNoEntry: false })?.uid ?? 'unknown';
}

/** Whether that process lives and works in this data folder: process ids are given out again. */
export function isRunning(postmaster: Postmaster, data: string): boolean {
  if (!processLives(postmaster.pid)) return false;
  if (process.platform === 'linux') return worksIn(postmaster.pid, data);
  const shown = spawnSync('ps', ['-o', 'command=', '-p', String(postmaster.pid)], { encoding: 'utf8' });
  return shown.stdout.includes('postgres') && shown.stdout.includes(dirname(data));
}

/**
 * Stops a server that nobody supervises. `fast` cuts its connections, `smart` lets them end first. What does not stop in
 * time is stopped by force; PostgreSQL then recovers from its log at the next start.
 */
export async function stopPostmaster(postmaster: Postmaster, data: string, how: 'fast' | 'smart'): Promise<void> {
  const steps: { signal: NodeJS.Signals; patience: number }[] = [
    how === 'fast' ? { signal: 'SIGINT', patience: FAST_MS } : { signal: 'SIGTERM', patience: SMART_MS },
    { signal: 'SIGQUIT', patience: FORCED_MS },
    { signal: 'SIGKILL', patience: FORCED_MS },
  ];
  for (const { signal, patience } of steps) {
    const deadline = performance.now() + patience;
    send(postmaster.pid, signal);
    while (performance.now() < deadline) {
      if (!isRunning(postmaster, data)) return;
      await sleep(PAUSE_MS);
    }
    // Others still work with it, now unsupervised: their end is its end.
    if (how === 'smart') return;
  }
}

/**
 * Ends processes of a server whose postmaster was killed. They end by themselves, but one in the middle of a long
 * statement notices late, and as long as one lives PostgreSQL rightly refuses to start again. Linux only; elsewhere the
 * start is tried again until they have gone.
 */
export function endLeftBackends(data: string): void {
  if (process.platform !== 'linux') return;
  for (const pid of readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)) {
    const parent = worksIn(pid, data) && isBackend(pid) ? parentOf(pid) : undefined;
    // The child of a living postmaster is no left-over: another program started a server this very moment.
    if (parent !== undefined && !worksIn(parent, data)) send(pid, 'SIGQUIT');
  }
}

/**
 * Removes a postmaster.pid whose process id belongs to another program by now: it would keep PostgreSQL from starting.
 * With a process that is gone PostgreSQL deals itself.
 */
export function forgetPostmaster(postmaster: Postmaster, data: string): void {
  const reused = processLives(postmaster.pid) && !isRunning(postmaster, data);
  if (reused && readPostmaster(data)?.pid === postmaster.pid) rmSync(join(data, 'postmaster.pid'), { force: true });
}

/** Every process of a server works in its data folder. */
function worksIn(pid: number, data: string): boolean {
  try {
    const place = statSync(`/proc/${pid}/cwd`);
    const folder = statSync(data);
    return place.dev === folder.dev && place.ino === folder.ino && commandOf(pid).includes('postgres');
  } catch {
    // Gone, or of another user: then it is no server of ours.
    return false;
  }
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}

function isBackend(pid: number): boolean {
  return commandOf(pid).startsWith('postgres:');
}

function parentOf(pid: number): number | undefined {
  try {
    // After the name in brackets, which may hold anything: state, parent.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1]);
  } catch {
    return undefined;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
