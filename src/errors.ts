/**
 * The two kinds of wrong. Bad data is a value and never thrown. What stops a command is a `Failure`: one sentence that
 * says what, where and what to do, and the exit code. Anything else that is thrown is a broken
 * assumption of ours (exit 1).
 */
export const EXIT = {
  done: 0,
  unexpected: 1,
  usage: 2,
  refused: 3,
  check: 4,
  lease: 5,
  /** Asked to stop; what service managers expect of SIGTERM. */
  stopped: 143,
} as const;

export class Failure extends Error {
  constructor(
    /** Exit code of the command. */
    readonly exitCode: (typeof EXIT)[keyof typeof EXIT],
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'Failure';
  }
}
