/**
 * Measure and accrue: one pass over all trajectories that computes what is due tonight and appends what the ledger lacks.
 * An unchanged trajectory costs one comparison of fingerprints; nothing else is read or written for it.
 */
import { lastCompleteMonth, type Day } from '../calendar.js';
import { copyIn, copyRow } from '../db/copy.js';
import type { Database, Session } from '../db/database.js';
import { COMPONENTS, ruleNumber, reasonNumber } from '../law/codes.js';
import type { Law } from '../law/law.js';
import type { AsOf } from '../law/trajectory.js';
import type { CarriedHistory } from '../records/build.js';
import { Computation, loadBudgets, type ComputedTrajectory } from './compute.js';
import { denyingRule } from './denial.js';
import { difference, type DifferenceSegment, type PostedSegment } from './difference.js';
import { fingerprintOf } from './fingerprint.js';
import { MEASUREMENT_COLUMNS, measurementRows, storedMeasurements } from './measured.js';
import { postedSegments, type Past } from './past.js';
import { reasonOf, type Seen } from './reason.js';
import { eveningOf, factsAsSeen } from './seen.js';
import { streamTrajectories } from './stream.js';

export interface AccrueOptions {
  readonly law: Law;
  readonly today: Day;
  /** Business date of the last finished night, undefined on the first. */
  readonly previousNight: Day | undefined;
  readonly runNo: number;
  readonly carried: CarriedHistory;
  /** Told now and then how many trajectories were computed. */
  readonly onProgress?: (trajectories: number) => void;
}

export interface AccrueCounts {
  trajectories: number;
  changed: number;
  ledgerEntries: number;
  measurements: number;
  /** Sum of all appended entries. */
  accruedCents: number;
}

/** Changed trajectories that are looked up and written together. */
const BATCH = 4_000;

/**
 * @param session the step's transaction: everything is written through it
 * @param database reads what earlier steps committed, on connections of its own
 */
export async function accrue(database: Database, session: Session, options: AccrueOptions): Promise<AccrueCounts> {
  const poster = new Poster(database, session, options);
  await poster.prepare();
  await database.session(async (reader) => {
    const known = { registeredUntil: options.today, deliveredUntil: options.today };
    const asOf = { today: options.today, knownUntil: options.today };
    const budgets = await loadBudgets(reader, known);
    const computation = new Computation(options.law, asOf, budgets, (computed) => poster.take(computed));
    for await (const piece of streamTrajectories(reader, 'twe.trajectory_facts')) {
      for (const streamed of piece) computation.take(streamed);
      options.onProgress?.(poster.counts.trajectories);
      await poster.makeRoom();
    }
    computation.flush();
  });
  return poster.finish();
}

interface Changed {
  readonly computed: ComputedTrajectory;
  readonly fingerprint: { readonly high: number; readonly low: number };
}

/** Collects changed trajectories and appends their differences, one batch in flight while the next is computed. */
class Poster {
  readonly counts: AccrueCounts = { trajectories: 0, changed: 0, ledgerEntries: 0, measurements: 0, accruedCents: 0 };
  private changed: Changed[] = [];
  private inFlight: Promise<void> = Promise.resolve();
  private nextEntryNo = 1;
  private stateIsEmpty = true;

  constructor(
    private readonly database: Database,
    private readonly session: Session,
    private readonly options: AccrueOptions,
  ) {}

  async prepare(): Promise<void> {
    const [row] = await this.session.rows<{ next: number; empty: boolean }>(
      `select coalesce(max(entry_no), 0) + 1 as next, not exists (select from twe.ledger_state) as empty
       from twe.ledger_entry`,
    );
    this.nextEntryNo = row!.next;
    this.stateIsEmpty = row!.empty;
    await this.session.client.query(
      `create temporary table new_state (weo_id text collate "C", high integer, low integer) on commit drop`,
    );
  }

  take(computed: ComputedTrajectory): void {
    this.counts.trajectories++;
    const { streamed, segments, results } = computed;
    const fingerprint = fingerprintOf(streamed.facts.ocmwId, segments, results);
    const { posted } = streamed;
    if (posted !== undefined && posted.high === fingerprint.high && posted.low === fingerprint.low) return;
    this.changed.push({ computed, fingerprint });
  }

  /** Starts writing when a batch is full; waits only for the batch before. */
  async makeRoom(): Promise<void> {
    if (this.changed.length < BATCH) return;
    await this.inFlight;
    const batch = this.changed;
    this.changed = [];
    this.inFlight = this.write(batch);
    // A failure is reported by the next wait; until then it must not count as unhandled.
    this.inFlight.catch(() => undefined);
  }

  async finish(): Promise<AccrueCounts> {
    await this.inFlight;
    await this.write(this.changed);
    if (!this.stateIsEmpty) {
      await this.session.client.query(
        `insert into twe.ledger_state as state (weo_id, fingerprint_high, fingerprint_low)
         select weo_id, high, low from new_state
         on conflict (weo_id) do update
         set fingerprint_high = excluded.fingerprint_high, fingerprint_low = excluded.fingerprint_low`,
      );
    }
    return this.counts;
  }

  private async write(batch: readonly Changed[]): Promise<void> {
    if (batch.length === 0) return;
    this.counts.changed += batch.length;
    const known = batch.filter(({ computed }) => computed.streamed.posted !== undefined);
    const past = await this.lookUp(known.map(({ computed }) => computed));
    await this.copy(
      'twe.ledger_entry (entry_no, run_no, ocmw_id, weo_id, component, first_month, last_month, cents, rule, reason)',
      (row) => {
        for (const { computed } of batch) this.entriesOf(computed, past, row);
      },
    );
    this.counts.measurements += await this.copy(MEASUREMENT_COLUMNS, (row) => {
      for (const { computed } of batch) {
        const stored = past.measurements.get(computed.streamed.facts.weoId) ?? [];
        measurementRows(computed.streamed.facts.weoId, computed.results, stored, this.options.runNo).forEach(row);
      }
    });
    const stateTarget = this.stateIsEmpty
      ? 'twe.ledger_state (weo_id, fingerprint_high, fingerprint_low)'
      : 'new_state (weo_id, high, low)';
    await this.copy(stateTarget, (row) => {
      for (const { computed, fingerprint } of batch) {
        row(copyRow([computed.streamed.facts.weoId, fingerprint.high, fingerprint.low]));
      }
    });
  }

  private async copy(target: string, rows: (row: (text: string) => void) => void): Promise<number> {
    const pending: string[] = [];
    rows((text) => pending.push(text));
    if (pending.length === 0) return 0;
    const writer = copyIn(this.session, target);
    for (const row of pending) await writer.write(row);
    return writer.end();
  }

  /** What the ledger and the measurements hold of trajectories that it saw before, and how they were seen then. */
  private async lookUp(known: readonly ComputedTrajectory[]): Promise<Past> {
    if (known.length === 0) return { posted: new Map(), measurements: new Map(), seen: new Map() };
    const weoIds = known.map(({ streamed }) => streamed.facts.weoId);
    return this.database.session(async (session) => {
      const posted = await postedSegments(session, weoIds);
      const measurements = await storedMeasurements(session, weoIds);
      const surprising = known
        .filter((each) => this.needsReason(each, posted))
        .map((each) => each.streamed.facts.weoId);
      const { previousNight, carried } = this.options;
      const seen =
        previousNight === undefined || surprising.length === 0
          ? new Map<string, Seen>()
          : (await factsAsSeen(this.database, surprising, [eveningOf(previousNight)], carried))[0]!;
      return { posted, measurements, seen };
    });
  }

  /** Months that just became complete explain themselves; anything else needs a look at what was known before. */
  private needsReason({ streamed, segments }: ComputedTrajectory, posted: Past['posted']): boolean {
    const newFrom = this.firstNewMonth();
    const before = posted.get(streamed.facts.weoId) ?? new Map<string, PostedSegment[]>();
    for (const [ocmwId, old] of before) {
      const now = ocmwId === streamed.facts.ocmwId ? segments : [];
      if (difference(now, old).some((each) => each.cents < 0 || each.firstMonth < newFrom)) return true;
    }
    return !before.has(streamed.facts.ocmwId) && segments.some((each) => each.firstMonth < newFrom);
  }

  private firstNewMonth(): number {
    const { previousNight } = this.options;
    return previousNight === undefined ? -Infinity : lastCompleteMonth(previousNight) + 1;
  }

  private entriesOf(computed: ComputedTrajectory, past: Past, row: (text: string) => void): void {
    const { facts } = computed.streamed;
    const before = past.posted.get(facts.weoId) ?? new Map<string, PostedSegment[]>();
    for (const [ocmwId, old] of before) {
      // A corrected ocmw_id: everything is taken back from the old OCMW (rulebook 15.6).
      if (ocmwId !== facts.ocmwId) this.append(computed, ocmwId, difference([], old), past, row);
    }
    this.append(computed, facts.ocmwId, difference(computed.segments, before.get(facts.ocmwId) ?? []), past, row);
  }

  private append(
    computed: ComputedTrajectory,
    ocmwId: string,
    segments: readonly DifferenceSegment[],
    past: Past,
    row: (text: string) => void,
  ): void {
    const { runNo } = this.options;
    const { weoId } = computed.streamed.facts;
    for (const each of segments) {
      const rule = each.rule ?? ruleNumber(denyingRule(computed, each, this.options.law, this.asOf()));
      const reason = this.reasonOf(computed, each, past);
      row(
        copyRow([
          this.nextEntryNo++,
          runNo,
          ocmwId,
          weoId,
          each.component,
          each.firstMonth,
          each.lastMonth,
          each.cents,
          rule,
          reason,
        ]),
      );
      this.counts.ledgerEntries++;
      this.counts.accruedCents += each.cents * (each.lastMonth - each.firstMonth + 1);
    }
  }

  private reasonOf(computed: ComputedTrajectory, each: DifferenceSegment, past: Past): number {
    const { today, law, previousNight } = this.options;
    const { facts } = computed.streamed;
    const ordinary = previousNight === undefined || (each.cents > 0 && each.firstMonth >= this.firstNewMonth());
    if (ordinary) return reasonNumber('REGULAR');
    const change = { component: COMPONENTS[each.component]!, month: each.firstMonth, cents: each.cents };
    const now = { facts, asOf: { today, knownUntil: today } };
    return reasonNumber(reasonOf(change, past.seen.get(facts.weoId), now, law));
  }

  private asOf(): AsOf {
    return { today: this.options.today, knownUntil: this.options.today };
  }
}
