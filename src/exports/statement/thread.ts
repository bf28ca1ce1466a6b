/** The entry of a thread: takes one task after the other and answers each. */
import { parentPort } from 'node:worker_threads';
import { Failure } from '../../errors.js';
import { writeStatement, type StatementTask, type WrittenStatement } from './write-statement.js';

/** Errors lose their class and code on the way to another thread: these are what the other side needs. */
export interface ThreadFault {
  readonly message: string;
  readonly stack: string;
  /** Of the file system: ENOSPC and the like. */
  readonly code: string | undefined;
  /** Of a Failure. */
  readonly exitCode: number | undefined;
}

export type ThreadAnswer = { readonly written: WrittenStatement } | { readonly fault: ThreadFault };

const port = parentPort;
if (port === null) throw new Error('thread.ts is the entry of a thread, not of the program');
port.on('message', (task: StatementTask) => {
  writeStatement(task).then(
    (written) => port.postMessage({ written } satisfies ThreadAnswer),
    (error: unknown) => port.postMessage({ fault: faultOf(error) } satisfies ThreadAnswer),
  );
});

function faultOf(error: unknown): ThreadFault {
  const known = error instanceof Error ? error : new Error(String(error));
  return {
    message: known.message,
    stack: known.stack ?? '',
    code: 'code' in known && typeof known.code === 'string' ? known.code : undefined,
    exitCode: known instanceof Failure ? known.exitCode : undefined,
  };
}
