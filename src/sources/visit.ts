/** One visit to one source: connects when it must, tries again with growing waits, and gives up in time. */
import { setTimeout as wait } from 'node:timers/promises';
import type { SourceSettings } from '../config/sources.js';
import type { Logger } from '../log.js';
import { heard } from './ahead.js';
import { connect, labelOf, type Connection, type Environment } from './connection.js';
import { SourceFault } from './fault.js';

const LONGEST_WAIT_SECONDS = 60;

export class Visit {
  private readonly began = performance.now();
  private connecting: Promise<Connection> | undefined;
  private readonly end = new AbortController();

  constructor(
    readonly source: SourceSettings,
    private readonly env: Environment,
    private readonly log: Logger,
  ) {}

  /**
   * Does some work over the connection, which others may be using; after a transient fault again, over a new one. Throws the
   * last `SourceFault` when the attempts or the time of the night are used up, and whatever else the work throws at once.
   */
  async attempt<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      this.refuseOverrun();
      const connecting = (this.connecting ??= heard(connect(this.source, this.env)));
      try {
        return await work(await connecting);
      } catch (error) {
        if (!(error instanceof SourceFault) || !error.isTransient || this.end.signal.aborted) throw error;
        if (!this.drop(connecting)) {
          // Another worker lost this connection first and counts it.
          attempt--;
          continue;
        }
        if (attempt >= this.source.attempts) throw afterAttempts(error, attempt);
        const { kind } = this.source;
        this.log.warn(
          { code: error.kind, count: attempt },
          `${kind} source ${labelOf(this.source)}: ${error.message}; trying again`,
        );
        await wait(waitMs(attempt, this.source.firstWaitSeconds), undefined, { signal: this.end.signal }).catch(
          () => undefined,
        );
      }
    }
  }

  /** Throws a `SourceFault` when the source has had the time that one night gives it, or the visit was ended. */
  refuseOverrun(): void {
    if (this.end.signal.aborted) throw new SourceFault('UNREACHABLE', 'the visit was ended', false);
    const { nightSeconds } = this.source;
    if (performance.now() - this.began <= nightSeconds * 1000) return;
    throw new SourceFault('UNREACHABLE', `it took longer than ${nightSeconds} seconds (night_seconds)`, false);
  }

  /** Closes the connection; what is still under way fails soon. */
  close(): void {
    this.end.abort();
    if (this.connecting !== undefined) this.drop(this.connecting);
  }

  /** Closes a connection; false when another worker did so before. */
  private drop(connecting: Promise<Connection>): boolean {
    if (this.connecting !== connecting) return false;
    this.connecting = undefined;
    connecting.then(
      (connection) => connection.close(),
      () => undefined,
    );
    return true;
  }
}

/** Doubles with each attempt; the random half keeps many clients from coming back together. */
function waitMs(attempt: number, firstSeconds: number): number {
  const seconds = Math.min(LONGEST_WAIT_SECONDS, firstSeconds * 2 ** (attempt - 1));
  return seconds * 1000 * (0.5 + Math.random() / 2);
}

function afterAttempts(fault: SourceFault, attempts: number): SourceFault {
  const times = attempts === 1 ? 'after one attempt' : `after ${attempts} attempts`;
  return new SourceFault(fault.kind, `${fault.message}, ${times}`, false);
}
