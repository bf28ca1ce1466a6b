/** Names for what is being made: the process that makes it stands in the name, so that left-overs of a kill are known. */
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The name under which `path` is made before it is renamed. */
export function temporaryName(path: string): string {
  return `${path}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
}

/** Removes what earlier processes began to make for `path` and were killed over. What cannot be removed stays. */
export function removeLeftovers(path: string): void {
  const prefix = `${basename(path)}.new-`;
  for (const name of namesIn(dirname(path)).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (pid !== process.pid && !processLives(pid)) remove(join(dirname(path), name));
  }
}

/** Whether a process with this id exists, whoever it belongs to. */
export function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // An initdb that outlived its program may still write there: the next start removes it.
  }
}
