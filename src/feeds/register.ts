/** The deliveries that were met: what they were, under which digest and number, and how a new one is written down. */
import type { Session } from '../db/database.js';
import { sql } from '../db/sql.js';
import type { DeliveryContent, DeliveryFolder } from './deliveries.js';
import type { Numbered, Sequences } from './sequence.js';

export type DeliveryState = 'TAKEN' | 'DUPLICATE' | 'SKIPPED';

export interface RecordedDelivery {
  readonly name: string;
  readonly digest: string;
  /** null when only what the contract knows was looked at. */
  readonly wholeDigest: string | null;
  readonly state: DeliveryState;
}

/** What is said of a delivery when it is written down. */
export interface NewDelivery {
  readonly folder: DeliveryFolder;
  readonly content: DeliveryContent;
  readonly state: DeliveryState;
  readonly mode: 'delta' | 'full';
  readonly numbered: Numbered;
  /** `YYYY-MM-DD` from which it counts. */
  readonly countedOn: string;
  readonly runId: string;
}

export class DeliveryRegister {
  private readonly recorded = new Map<string, RecordedDelivery[]>();
  private readonly takenDigests = new Map<string, string>();

  private constructor(
    private readonly session: Session,
    private readonly sequences: Sequences,
  ) {}

  /** Reads which deliveries earlier nights met; their numbers go into `sequences`. */
  static async read(session: Session, sequences: Sequences): Promise<DeliveryRegister> {
    const register = new DeliveryRegister(session, sequences);
    const rows = await session.rows<RecordedDelivery & { source: string; sequence: number | null }>(
      sql('feeds/list_recorded_deliveries'),
    );
    for (const { source, sequence, ...row } of rows) register.keep(row, { source, sequence: sequence ?? undefined });
    return register;
  }

  /** What was met under a name, oldest first. */
  of(name: string): readonly RecordedDelivery[] {
    return this.recorded.get(name) ?? [];
  }

  /** Name of the delivery that was taken with this content. */
  takenWith(digest: string): string | undefined {
    return this.takenDigests.get(digest);
  }

  /** Writes a delivery down; returns its number in the database. */
  async add({ folder, content, state, mode, numbered, countedOn, runId }: NewDelivery): Promise<number> {
    const { name, date } = folder;
    const { digest, wholeDigest } = content;
    const { source, sequence } = numbered;
    const values = [name, digest, mode, date, countedOn, state, runId, wholeDigest, source, sequence ?? null];
    const [row] = await this.session.rows<{ id: number }>(sql('feeds/add_delivery'), values);
    this.keep({ name, digest, wholeDigest, state }, numbered);
    return row!.id;
  }

  private keep(recorded: RecordedDelivery, numbered: Numbered): void {
    const { name, digest, state } = recorded;
    this.recorded.set(name, [...this.of(name), recorded]);
    if (state === 'TAKEN' && !this.takenDigests.has(digest)) this.takenDigests.set(digest, name);
    this.sequences.remember(name, numbered, state === 'TAKEN');
  }
}
