/**
 * The reason of each batch line (R-F-7): what is known now against what was known when the line was last ordered or, for
 * a line that was never ordered, when its quarter was paid.
 */
import { lastDayOf, monthOf, quarterStart, day, type Month } from '../calendar.js';
import type { Database, Session } from '../db/database.js';
import { COMPONENT, COMPONENTS, reasonNumber, type Reason } from '../law/codes.js';
import { contractsThatCount, standingOf } from '../law/contracts.js';
import { statusOf } from '../law/status.js';
import type { Law } from '../law/law.js';
import { quarterKnowledge, quarterRunDay } from '../law/payment-calendar.js';
import { activeMonths } from '../law/trajectory.js';
import type { ComputedTrajectory } from '../ledger/compute.js';
import { reasonOf, type Seen } from '../ledger/reason.js';
import { factsAsSeen, type Moment } from '../ledger/seen.js';
import type { CarriedHistory } from '../records/build.js';
import type { DueBatch } from './due-batches.js';
import type { DraftLine } from './lines.js';

interface Options {
  readonly law: Law;
  readonly carried: CarriedHistory;
}

export class ReasonBook {
  private readonly batchMoments = new Map<number, Moment>();

  constructor(
    private readonly database: Database,
    private readonly session: Session,
    private readonly batch: DueBatch,
    private readonly options: Options,
  ) {}

  /** Numbers of the reasons, in the order of the lines. */
  async reasonsOf(lines: readonly DraftLine[], present: ReadonlyMap<string, ComputedTrajectory>): Promise<number[]> {
    await this.loadMoments();
    const moments = lines.map((line) => this.momentToCompare(line, present.get(line.weoId)!));
    const seen = await this.lookBack(lines, moments);
    return lines.map((line, index) => {
      const computed = present.get(line.weoId)!;
      const moment = moments[index];
      const before = moment === undefined ? undefined : seen.get(keyOf(moment))?.get(line.weoId);
      return reasonNumber(this.reasonOf(line, computed, moment, before));
    });
  }

  private reasonOf(
    line: DraftLine,
    computed: ComputedTrajectory,
    moment: Moment | undefined,
    before: Seen | undefined,
  ): Reason {
    if (isFirstPayment(line)) return 'REGULAR';
    const now = this.now(computed);
    if (moment === undefined) return byPresentState(line, now, this.options.law);
    const change = { component: COMPONENTS[line.component]!, month: line.month, cents: line.cents };
    const reason = reasonOf(change, before, now, this.options.law);
    if (reason === 'REGULAR') return 'LATE_REGISTRATION';
    return reason === 'OTHER' || reason === 'LAW_CHANGED' ? this.betterThan(reason, line, now) : reason;
  }

  /** A law that did not change since the line was ordered cannot be the reason; then the present state may tell. */
  private betterThan(reason: Reason, line: DraftLine, now: Seen): Reason {
    const state = byPresentState(line, now, this.options.law);
    return state === 'OTHER' ? reason : state;
  }

  private now({ streamed }: ComputedTrajectory): Seen {
    return {
      facts: streamed.facts,
      asOf: { today: this.batch.runDay, knownUntil: this.batch.known.registeredUntil },
    };
  }

  /** When the line was last ordered; or when its quarter was paid without it; undefined for an opening balance. */
  private momentToCompare(line: DraftLine, computed: ComputedTrajectory): Moment | undefined {
    if (isFirstPayment(line) || line.lastBatch === 0) return undefined;
    if (line.lastBatch !== undefined) return this.batchMoments.get(line.lastBatch);
    const { facts } = computed.streamed;
    const month: Month = line.component === COMPONENT.C2 ? monthOf(facts.end) : line.month;
    const quarter = quarterStart(month);
    const { law } = this.options;
    const known = quarterKnowledge(quarter, law);
    return { known, asOf: { today: quarterRunDay(quarter, law), knownUntil: known.registeredUntil } };
  }

  private async loadMoments(): Promise<void> {
    const rows = await this.session.rows<{
      batch_no: number;
      run_day: string;
      registered_until: string;
      delivered_until: string;
    }>('select batch_no, run_day, registered_until, delivered_until from twe.batch');
    for (const row of rows) {
      const registeredUntil = day(row.registered_until);
      this.batchMoments.set(row.batch_no, {
        known: { registeredUntil, deliveredUntil: day(row.delivered_until) },
        asOf: { today: day(row.run_day), knownUntil: registeredUntil },
      });
    }
  }

  private async lookBack(
    lines: readonly DraftLine[],
    moments: readonly (Moment | undefined)[],
  ): Promise<Map<string, Map<string, Seen>>> {
    const wanted = new Map<string, Moment>();
    const weoIds = new Set<string>();
    moments.forEach((moment, index) => {
      if (moment === undefined) return;
      wanted.set(keyOf(moment), moment);
      weoIds.add(lines[index]!.weoId);
    });
    if (wanted.size === 0) return new Map();
    const seen = await factsAsSeen(this.database, [...weoIds], [...wanted.values()], this.options.carried);
    return new Map([...wanted.keys()].map((key, index) => [key, seen[index]!]));
  }
}

/** The quarter's own line, never ordered before. */
function isFirstPayment(line: DraftLine): boolean {
  return line.kind === 'QUARTER' && line.beforeCents === 0 && line.cents > 0;
}

function keyOf({ known, asOf }: Moment): string {
  return `${known.registeredUntil}/${known.deliveredUntil}/${asOf.today}`;
}

/** Without an earlier moment to compare with (money from before this program), the present state is the reason. */
function byPresentState(line: DraftLine, now: Seen, law: Law): Reason {
  const { facts, asOf } = now;
  const status = statusOf(facts);
  if (status === 'WITHDRAWN') return 'WITHDRAWN';
  if (status === 'HELD') return 'DUPLICATE';
  if (line.cents > 0) return 'LATE_REGISTRATION';
  const standing = standingOf(facts, contractsThatCount(facts), law, asOf.knownUntil);
  if (standing === 'LATE') return 'LATE_A60';
  if (standing === 'NO_ART60') return 'NO_A60';
  const { first, last } = activeMonths(facts, asOf.today);
  const isEffort = line.component === COMPONENT.EFF;
  if (isEffort && line.month <= last && line.month - first + 1 > law.effMaxMonths) return 'OVER_24';
  if (line.month > last && lastDayOf(line.month) <= asOf.today) return 'WEO_END_CORRECTED';
  return 'OTHER';
}
