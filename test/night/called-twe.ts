/**
 * The command line in the process of the test: the whole of cli.ts runs anew for each call, with its arguments, folder and
 * environment, and what it writes is caught. Ten times faster than a process for each call; that a process ends with these
 * codes is shown once, in command-line.test.ts.
 */
import type { Ended, Surroundings } from './started-twe.js';

let calls = 0;

/** Runs `twe` with arguments. Not to be called twice at once. */
export async function callTwe(args: readonly string[], { cwd, env = {} }: Surroundings): Promise<Ended> {
  const before = { argv: process.argv, env: { ...process.env }, cwd: process.cwd(), exitCode: process.exitCode };
  const stdout = catchWrites(process.stdout);
  const stderr = catchWrites(process.stderr);
  try {
    process.argv = [process.execPath, 'twe', ...args];
    for (const name of ['DATABASE_URL', 'TWE_HOME', 'TWE_LOG_LEVEL']) delete process.env[name];
    for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
    process.chdir(cwd);
    process.exitCode = undefined;
    // Another query is another module: its top level, which is the program, runs again.
    await import(/* @vite-ignore */ `../../src/cli.ts?call=${(calls += 1)}`);
    return { exitCode: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.restore();
    stderr.restore();
    process.chdir(before.cwd);
    process.argv = before.argv;
    process.env = before.env;
    process.exitCode = before.exitCode;
  }
}

function catchWrites(stream: NodeJS.WriteStream): { text: () => string; restore: () => void } {
  const original = Object.getOwnPropertyDescriptor(stream, 'write');
  let text = '';
  const write = (piece: string | Uint8Array) => {
    text += typeof piece === 'string' ? piece : Buffer.from(piece).toString();
    return true;
  };
  Object.defineProperty(stream, 'write', { value: write, configurable: true, writable: true });
  return {
    text: () => text,
    restore: () => {
      if (original) Object.defineProperty(stream, 'write', original);
      else Reflect.deleteProperty(stream, 'write');
    },
  };
}
