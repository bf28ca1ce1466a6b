/**
 * Measure and accrue: one pass over all trajectories that computes what is due tonight and appends what the ledger lacks.
 * An unchanged trajectory costs one comparison of fingerprints; nothing else is read or written for it.
 */
import { lastCompleteMonth, type Day } from '../calendar.js';
import { copyField, copyIn, copyRow, CopyRows } from '../db/copy.js';
import type { Database, Session } from '../db/database.js';
import { COMPONENTS, ruleNumber, reasonNumber } from '../law/codes.js';
import type { Law } from '../law/law.js';
import type { AsOf } from '../law/trajectory.js';
import type { CarriedHistory } from '../records/build.js';
import { appendLinks, SEALED_COLUMNS } from './chain/link.js';
import { RowSeals } from './chain/row-seals.js';
import { Computation, loadBudgets, type ComputedTrajectory } from './compute.js';
import { denyingRule } from './denial.js';
import { difference, type DifferenceSegment, type PostedSegment } from './difference.js';
import { fingerprintOf } from './fingerprint.js';
import { measurementRows, storedMeasurements } from './measured.js';
import { NO_PAST, postedSegments, type Past } from './past.js';
import { reasonOf, type Seen } from './reason.js';
import { eveningOf, factsAsSeen } from './seen.js';
import { streamTrajectories } from './stream.js';

export interface AccrueOptions {
  readonly law: Law;
  readonly today: Day;
  /** Business date of the last finished night, undefined on the first. */
  readonly previousNight: Day | undefined;
  readonly runId: string;
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
  await database.transaction(async (reader) => {
    await reader.client.query(READ_EVERYTHING);
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

/**
 * Every row is read, so a join must hash or merge. Where the server believes that a table is empty (vacuumed before the
 * first night, or after one that was rolled back) it would go through all of `ledger_state` for each trajectory, while
 * this very step fills it: a night that never ends.
 */
const READ_EVERYTHING = `set local enable_nestloop to off; set local work_mem to '128MB'`;

const ENTRY_COLUMNS = `twe.ledger_entry (entry_no, run_no, ocmw_id, ${SEALED_COLUMNS.ENTRIES})`;
const MEASUREMENT_COLUMNS = `twe.measurement_version (run_no, ocmw_id, ${SEALED_COLUMNS.MEASUREMENTS})`;
const STATE_COLUMNS = 'twe.ledger_state (weo_id, fingerprint_high, fingerprint_low)';
const NEW_STATE_COLUMNS = 'new_state (weo_id, high, low)';

/** Rows that are sent together, in order. */
class Rows {
  readonly entries = new CopyRows();
  readonly measurements = new CopyRows();
  /** One for each trajectory. */
  readonly state = new CopyRows();
}

interface Changed {
  readonly computed: ComputedTrajectory;
  readonly fingerprint: { readonly high: number; readonly low: number };
}

/** Collects changed trajectories and appends their differences, one batch in flight while the next is computed. */
class Poster {
  readonly counts: AccrueCounts = { trajectories: 0, changed: 0, ledgerEntries: 0, measurements: 0, accruedCents: 0 };
  private changed: Changed[] = [];
  private rows = new Rows();
  private readonly entrySeals = new RowSeals();
  private readonly measurementSeals = new RowSeals();
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
    const changed = { computed, fingerprint };
    // On a first night nothing has to be looked up. Only bytes are kept then: facts that wait for a batch to be full would
    // outlive the collector's young generation, a third of the time of the night.
    if (this.stateIsEmpty) this.render(changed, NO_PAST, this.rows);
    else this.changed.push(changed);
  }

  /** Starts writing when a batch is full; waits only for the batch before. */
  async makeRoom(): Promise<void> {
    if (this.changed.length + this.rows.state.length < BATCH) return;
    await this.inFlight;
    const { changed, rows } = this;
    this.changed = [];
    this.rows = new Rows();
    this.inFlight = this.write(changed, rows);
    // A failure is reported by the next wait; until then it must not count as unhandled.
    this.inFlight.catch(() => undefined);
  }

  async finish(): Promise<AccrueCounts> {
    await this.inFlight;
    await this.write(this.changed, this.rows);
    if (!this.stateIsEmpty) {
      await this.session.client.query(
        `insert into twe.ledger_state as state (weo_id, fingerprint_high, fingerprint_low)
         select weo_id, high, low from new_state
         on conflict (weo_id) do update
         set fingerprint_high = excluded.fingerprint_high, fingerprint_low = excluded.fingerprint_low`,
      );
    }
    // Last: whoever approves meanwhile waits from here to the end of the step.
    const { runId } = this.options;
    await appendLinks(this.session, 'ENTRIES', runId, this.entrySeals.finish());
    await appendLinks(this.session, 'MEASUREMENTS', runId, this.measurementSeals.finish());
    return this.counts;
  }

  /** Adds what changed to the rows and sends them. */
  private async write(batch: readonly Changed[], rows: Rows): Promise<void> {
    const known = batch.filter(({ computed }) => computed.streamed.posted !== undefined);
    const past = await this.lookUp(known.map(({ computed }) => computed));
    for (const changed of batch) this.render(changed, past, rows);
    this.counts.changed += rows.state.length;
    await this.copy(ENTRY_COLUMNS, rows.entries);
    this.counts.measurements += await this.copy(MEASUREMENT_COLUMNS, rows.measurements);
    await this.copy(this.stateIsEmpty ? STATE_COLUMNS : NEW_STATE_COLUMNS, rows.state);
  }

  /** The rows of one trajectory. */
  private render({ computed, fingerprint }: Changed, past: Past, rows: Rows): void {
    const { ocmwId, weoId } = computed.streamed.facts;
    this.entriesOf(computed, past, rows.entries);
    const stored = past.measurements.get(weoId) ?? [];
    for (const row of measurementRows(weoId, computed.results, stored)) {
      rows.measurements.push(`${this.options.runNo}\t${copyField(ocmwId)}\t${row}`);
      // The table numbers its rows.
      this.measurementSeals.add(ocmwId, 0, row);
    }
    rows.state.push(copyRow([weoId, fingerprint.high, fingerprint.low]));
  }

  private async copy(target: string, rows: CopyRows): Promise<number> {
    if (rows.length === 0) return 0;
    const writer = copyIn(this.session, target);
    await writer.send(rows.text());
    return writer.end();
  }

  /** What the ledger and the measurements hold of trajectories that it saw before, and how they were seen then. */
  private async lookUp(known: readonly ComputedTrajectory[]): Promise<Past> {
    if (known.length === 0) return NO_PAST;
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

  private entriesOf(computed: ComputedTrajectory, past: Past, rows: CopyRows): void {
    const { facts } = computed.streamed;
    const before = past.posted.get(facts.weoId) ?? new Map<string, PostedSegment[]>();
    for (const [ocmwId, old] of before) {
      // A corrected ocmw_id: everything is taken back from the old OCMW (rulebook 15.6).
      if (ocmwId !== facts.ocmwId) this.append(computed, ocmwId, difference([], old), past, rows);
    }
    this.append(computed, facts.ocmwId, difference(computed.segments, before.get(facts.ocmwId) ?? []), past, rows);
  }

  private append(
    computed: ComputedTrajectory,
    ocmwId: string,
    segments: readonly DifferenceSegment[],
    past: Past,
    rows: CopyRows,
  ): void {
    const place = `${this.options.runNo}\t${copyField(ocmwId)}`;
    const weoId = copyField(computed.streamed.facts.weoId);
    for (const each of segments) {
      const rule = each.rule ?? ruleNumber(denyingRule(computed, each, this.options.law, this.asOf()));
      const reason = this.reasonOf(computed, each, past);
      const row = `${weoId}\t${each.component}\t${each.firstMonth}\t${each.lastMonth}\t${each.cents}\t${rule}\t${reason}`;
      this.entrySeals.add(ocmwId, this.nextEntryNo, row);
      rows.push(`${this.nextEntryNo++}\t${place}\t${row}`);
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
