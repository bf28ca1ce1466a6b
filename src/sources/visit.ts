/** One visit to one source: connects when it must, tries again with growing waits, and gives up in time. */
import { setTimeout as wait } from 'node:timers/promises';
import type { SourceSettings } from '../config/sources.js';
import type { Logger } from '../log.js';
import { connect, labelOf, type Connection, type Environment } from './connection.js';
import { SourceFault } from './fault.js';

const LONGEST_WAIT_SECONDS = 60;

export class Visit {
  private readonly began = performance.now();
  private connection: Connection | undefined;

  constructor(
    readonly source: SourceSettings,
    private readonly env: Environment,
    private readonly log: Logger,
  ) {}

  /**
   * Does some work over the connection; after a transient fault again, over a new one. Throws the last `SourceFault` when
   * the attempts or the time of the night are used up, and whatever else the work throws at once.
   */
  async attempt<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      this.refuseOverrun();
      try {
        this.connection ??= await connect(this.source, this.env);
        return await work(this.connection);
      } catch (error) {
        this.close();
        if (!(error instanceof SourceFault) || !error.isTransient) throw error;
        if (attempt >= this.source.attempts) throw afterAttempts(error, attempt);
        const { kind } = this.source;
        this.log.warn(
          { code: error.kind, count: attempt },
          `${kind} source ${labelOf(this.source)}: ${error.message}; trying again`,
        );
        await wait(waitMs(attempt, this.source.firstWaitSeconds));
      }
    }
  }

  /** Throws a `SourceFault` when the source has had the time that one night gives it. */
  refuseOverrun(): void {
    const { nightSeconds } = this.source;
    if (performance.now() - this.began <= nightSeconds * 1000) return;
    throw new SourceFault('UNREACHABLE', `it took longer than ${nightSeconds} seconds (night_seconds)`, false);
  }

  close(): void {
    this.connection?.close();
    this.connection = undefined;
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
