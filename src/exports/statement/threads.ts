/** Threads that write statements, one for each core: started when there is work for them, each busy with one OCMW at a time. */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../errors.js';
import type { ThreadAnswer, ThreadFault } from './thread.js';
import type { StatementTask, WrittenStatement } from './write-statement.js';

/** Each thread has a program of its own in memory. */
const MOST_THREADS = 4;
/**
 * With these the garbage of a thread is collected before it grows: on a machine with much memory V8 would let each of them
 * take hundreds of megabytes more. The payment note of an OCMW with 20,000 lines needs about a third of it.
 */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

/** A group of threads. Close it, whatever happens. */
export class StatementThreads {
  readonly written: WrittenStatement[] = [];
  private readonly threads: Worker[] = [];
  private readonly idle: Worker[] = [];
  private fault: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(private readonly most = Math.min(MOST_THREADS, availableParallelism())) {}

  /** Hands a task to a thread; waits until one is free. Throws what an earlier task threw. */
  async take(task: StatementTask): Promise<void> {
    if (this.idle.length === 0 && this.threads.length < this.most) this.start();
    await this.until(() => this.idle.length > 0);
    this.idle.pop()!.postMessage(task);
  }

  /** Waits for all tasks. Throws what one of them threw. */
  async finish(): Promise<void> {
    await this.until(() => this.idle.length === this.threads.length);
  }

  /** Ends the threads, busy or not. */
  async close(): Promise<void> {
    this.wake = () => undefined;
    await Promise.all(this.threads.map((thread) => thread.terminate()));
  }

  private async until(holds: () => boolean): Promise<void> {
    while (this.fault === undefined && !holds()) await new Promise<void>((resolve) => (this.wake = resolve));
    if (this.fault !== undefined) throw this.fault;
  }

  private start(): void {
    const thread = newThread();
    this.threads.push(thread);
    this.idle.push(thread);
    thread.on('message', (answer: ThreadAnswer) => {
      if ('fault' in answer) this.fault ??= errorOf(answer.fault);
      else this.written.push(answer.written);
      this.idle.push(thread);
      this.wake();
    });
    thread.on('error', (error: Error) => {
      this.fault ??= error;
      this.wake();
    });
    thread.on('exit', (code) => {
      this.fault ??= new Error(`a thread that writes statements ended with code ${code}`);
      this.wake();
    });
  }
}

/** In a checkout a thread needs to be taught TypeScript again: the loader of tsx does not reach into threads. */
function newThread(): Worker {
  const here = import.meta.url;
  if (!here.endsWith('.ts')) return new Worker(new URL('./thread.js', here), { resourceLimits: LIMITS });
  const loader = createRequire(here).resolve('tsx/esm/api').replace(/cjs$/, 'mjs');
  const [tsx, entry] = [pathToFileURL(loader).href, new URL('./thread.ts', here).href].map((url) =>
    JSON.stringify(url),
  );
  const code = `import(${tsx}).then(({ register }) => { register(); return import(${entry}); })`;
  return new Worker(code, { eval: true, execArgv: [], resourceLimits: LIMITS });
}

function errorOf({ message, stack, code, exitCode }: ThreadFault): Error {
  const error = exitCode === undefined ? new Error(message) : new Failure(exitCode as Failure['exitCode'], message);
  error.stack = stack;
  return code === undefined ? error : Object.assign(error, { code });
}
