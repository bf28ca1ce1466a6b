/**
 * The reason of each batch line (R-F-7): what is known now against what was known when the line was last ordered or, for
 * a line that was never ordered, when its quarter was paid.
 */
import { monthOf, quarterStart, type Month } from '../calendar.js';
import type { Database, Session } from '../db/database.js';
import { COMPONENT, COMPONENTS, reasonNumber, type Reason } from '../law/codes.js';
import type { Law } from '../law/law.js';
import { quarterKnowledge, quarterRunDay } from '../law/payment-calendar.js';
import type { ComputedTrajectory } from '../ledger/compute.js';
import { reasonAtPresent, reasonInFacts, type ChangedAmount, type Seen } from '../ledger/reason.js';
import { factsAsSeen, type Moment } from '../ledger/seen.js';
import type { CarriedHistory } from '../records/build.js';
import { EarlierBatches } from './earlier-batches.js';
import type { DueBatch } from './due-batches.js';
import type { DraftLine } from './lines.js';

interface Options {
  readonly law: Law;
  readonly carried: CarriedHistory;
}

/** A line with both sides of its comparison. */
interface Compared {
  readonly line: DraftLine;
  readonly change: ChangedAmount;
  readonly moment: Moment | undefined;
  /** Undefined when the trajectory was not known then. */
  readonly before: Seen | undefined;
  readonly now: Seen;
}

export class ReasonBook {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
    private readonly batch: DueBatch,
    private readonly options: Options,
  ) {}

  /** Numbers of the reasons, in the order of the lines. */
  async reasonsOf(lines: readonly DraftLine[], present: ReadonlyMap<string, ComputedTrajectory>): Promise<number[]> {
    const isOwn = lines.map((line) => isQuartersOwn(line, present.get(line.weoId)!, this.batch));
    const surprising = lines.filter((_line, index) => !isOwn[index]);
    const earlier = await EarlierBatches.load(this.session, surprising);
    const moments = lines.map((line, index) =>
      isOwn[index] ? undefined : this.momentToCompare(line, present.get(line.weoId)!, earlier),
    );
    const seen = await this.lookBack(lines, moments);
    return lines.map((line, index) => {
      if (isOwn[index]) return reasonNumber('REGULAR');
      const moment = moments[index];
      const compared = {
        line,
        change: { component: COMPONENTS[line.component]!, month: line.month, cents: line.cents },
        moment,
        before: moment === undefined ? undefined : seen.get(keyOf(moment))?.get(line.weoId),
        now: this.now(present.get(line.weoId)!),
      };
      return reasonNumber(this.reasonOf(compared, earlier));
    });
  }

  private reasonOf(compared: Compared, earlier: EarlierBatches): Reason {
    const { line } = compared;
    if (line.lastBatch === undefined) return this.neverOrdered(compared, earlier);
    return line.lastBatch === 0 ? this.paidOutside(compared) : this.orderedBefore(compared, earlier);
  }

  /** Nothing stands of it: it was released, or it is paid for the first time. */
  private neverOrdered({ line, change, moment, before, now }: Compared, earlier: EarlierBatches): Reason {
    const released = earlier.reasonOfLike(line);
    if (released !== undefined) return released;
    // R-P-8: allowances have no earlier run in which they could have been.
    if (isAllowance(line)) return 'REGULAR';
    // `final.when = NIGHTLY`: before the run of its quarter.
    if (moment === undefined || moment.asOf.today > this.batch.runDay) return 'REGULAR';
    if (before === undefined) return 'LATE_REGISTRATION';
    const told = reasonInFacts(change, before, now, this.options.law);
    if (told !== undefined) return told;
    // Part 2 goes with the quarter of the end (R-C-7): then it was another quarter.
    if (line.component === COMPONENT.C2 && before.facts.end !== now.facts.end) return 'WEO_END_CORRECTED';
    return earlier.paidQuarterOf(moment) && !earlier.leftOut(line) ? 'LAW_CHANGED' : 'REGULAR';
  }

  /** Only paid outside this program so far. */
  private paidOutside({ line, change, before, now }: Compared): Reason {
    const { law } = this.options;
    if (line.cents < 0) return reasonAtPresent(change, now, law) ?? unexplained(line);
    if (before === undefined) return 'LATE_REGISTRATION';
    return reasonInFacts(change, before, now, law) ?? unexplained(line);
  }

  private orderedBefore({ line, change, before, now }: Compared, earlier: EarlierBatches): Reason {
    if (before === undefined) return 'LATE_REGISTRATION';
    const { law } = this.options;
    const told = reasonInFacts(change, before, now, law);
    if (told !== undefined) return told;
    // With the same facts another amount is due than the last batch saw: the law is another one.
    const dueThen = earlier.dueIn(line);
    if (dueThen !== undefined && dueThen !== line.dueCents) return 'LAW_CHANGED';
    return earlier.reasonOfLike(line) ?? reasonAtPresent(change, now, law) ?? unexplained(line);
  }

  private now({ streamed }: ComputedTrajectory): Seen {
    return {
      facts: streamed.facts,
      asOf: { today: this.batch.runDay, knownUntil: this.batch.known.registeredUntil },
    };
  }

  /** When the line was last ordered; or when its quarter was paid without it. */
  private momentToCompare(line: DraftLine, computed: ComputedTrajectory, earlier: EarlierBatches): Moment | undefined {
    if (line.lastBatch !== undefined && line.lastBatch !== 0) return earlier.momentOf(line.lastBatch);
    const { facts } = computed.streamed;
    const { law } = this.options;
    const ended: Month = facts.end <= this.batch.runDay ? monthOf(facts.end) : line.month;
    const quarter = quarterStart(line.component === COMPONENT.C2 ? ended : line.month);
    const { registeredUntil, deliveredUntil } = quarterKnowledge(quarter, law);
    // A quarter from before this program: what the records say that was registered then.
    const known = { registeredUntil, deliveredUntil: Math.max(deliveredUntil, earlier.firstDelivery) };
    return { known, asOf: { today: quarterRunDay(quarter, law), knownUntil: registeredUntil } };
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

/** A line of the closed quarter itself, paid as it comes (rulebook 15.2). */
function isQuartersOwn(line: DraftLine, { streamed }: ComputedTrajectory, { quarter }: DueBatch): boolean {
  if (line.kind !== 'QUARTER' || line.beforeCents !== 0 || line.cents <= 0) return false;
  const month = line.component === COMPONENT.C2 ? monthOf(streamed.facts.end) : line.month;
  return quarterStart(month) === quarter;
}

function isAllowance({ component }: DraftLine): boolean {
  return component === COMPONENT.ORD || component === COMPONENT.INC;
}

/** What the records do not tell: the order itself was wrong. A due amount that stands several times was paid double. */
function unexplained({ dueCents, beforeCents, cents }: DraftLine): Reason {
  // Due, but not to this OCMW: the agreement is registered with another one now.
  if (cents < 0 && dueCents === 0) return 'WITHDRAWN';
  return dueCents > 0 && beforeCents > dueCents && beforeCents % dueCents === 0 ? 'DUPLICATE' : 'OTHER';
}

function keyOf({ known, asOf }: Moment): string {
  return `${known.registeredUntil}/${known.deliveredUntil}/${asOf.today}`;
}
