/** Runs a helper program to its end. Its environment is empty but for the path: no secret of ours is handed on. */
import { spawn } from 'node:child_process';

export interface RunResult {
  /** Exit code; null when it could not be started or was ended by a signal. */
  readonly code: number | null;
  /** What it wrote, errors included. */
  readonly output: string;
}

export interface RunOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd?: string;
}

/** Never throws: a program that cannot be started gives `code` null and the reason as output. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: '/',
      ...options,
      env: childEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const gather = (piece: Buffer) => (output += piece.toString());
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output: output.trim() }));
  });
}

/** What programs of ours may know: where programs are, and to speak English. */
export function childEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
