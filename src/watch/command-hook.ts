/** The program of the operators that gets an alert as JSON on its input. */
import { spawn } from 'node:child_process';
import { holdsSecret } from '../safe-error.js';

/** What the hook has no business to know, besides the secrets that the configuration names. */
const SECRETS = ['DATABASE_URL', 'PGPASSWORD', 'TWE_SMTP_URL', 'TWE_STATEMENT_PASSWORDS', 'TWE_PSEUDONYM_KEY'];

/**
 * Runs the program and waits for it. Throws an Error whose message is the end of a sentence: it could not be started, took too
 * long (then it and what it started are killed), or ended with another code than 0.
 */
export function runHook(command: readonly string[], seconds: number, input: string): Promise<void> {
  const [program, ...args] = command;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name, value]) => !SECRETS.includes(name) && !holdsSecret(value ?? '')),
  );
  return new Promise((resolve, reject) => {
    // A group of its own, so that a script is killed with everything it waits for.
    const child = spawn(program!, args, { env, stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    const timer = setTimeout(() => {
      kill(child.pid);
      reject(new Error(`it took longer than ${seconds} seconds (alert.command_seconds) and was ended`));
    }, seconds * 1000);
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(new Error(`it could not be started (${error.code ?? 'unknown'})`));
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(new Error(code === null ? `it was ended by ${signal ?? 'a signal'}` : `it ended with code ${code}`));
    });
    // A program that does not read its input is no fault.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function kill(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
