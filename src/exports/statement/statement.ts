/** What one OCMW is told about one month: the content of its workbook and of its zip. Plain data, so that a thread can take it. */
import type { Day, Month } from '../../calendar.js';
import type { Reason } from '../../law/codes.js';
import type { Standing } from '../../law/contracts.js';
import type { Cents } from '../../money.js';
import type { Outcome } from '../../records/facts.js';
import type { Provenance } from '../publish.js';
import type { Lang } from '../workbook/look.js';
import type { NotePayee, PaymentNote } from './note.js';

/**
 * RUNS, ENDED, TO_COME: as the dates say. HELD: overlaps with another agreement of the client. BEFORE_TWE: R-TR-1.
 * WITHDRAWN: the registration was taken back. ELSEWHERE: the agreement stands under another OCMW now.
 */
export type TrajectoryState = 'RUNS' | 'ENDED' | 'TO_COME' | 'HELD' | 'BEFORE_TWE' | 'WITHDRAWN' | 'ELSEWHERE';

export interface StatedMeasurement {
  readonly on: Day;
  /** AHEAD: the date has not come. */
  readonly outcome: Outcome | 'AHEAD';
}

/** One month of a trajectory: what is due for it, or why nothing is. */
export interface StatedMonth {
  readonly month: Month;
  /** Numbers in COMPONENTS of what is due, ascending. */
  readonly due: readonly number[];
  /** Compensation part 2 is earned and payable after the end of the agreement (R-Y-5). */
  readonly part2Waits: boolean;
  /** Name of the verdict (src/law/verdict.ts) when nothing is due for a month that was active, else ''. */
  readonly why: string;
  readonly vdabCents: Cents;
  readonly allowanceCents: Cents;
}

export interface StatedTrajectory {
  readonly weoId: string;
  /** Masked national number; '' when it is not known. */
  readonly client: string;
  readonly state: TrajectoryState;
  readonly start: Day;
  /** OPEN_END when open. */
  readonly end: Day;
  /** Of the contracts that count; undefined when there is none. */
  readonly art60: { readonly start: Day; readonly end: Day } | undefined;
  /** Code on the business date; '' without a record. */
  readonly category: string;
  /** Undefined when the test does not matter: withdrawn, held, from before TWE. */
  readonly standing: Standing | undefined;
  readonly monthsUsed: number;
  readonly monthsLeft: number;
  /** Measurement 1 and 2; none while the agreement has no end. */
  readonly measurements: readonly StatedMeasurement[];
  /** What VDAB pays, all months. */
  readonly dueCents: Cents;
  readonly orderedCents: Cents;
  /** ORD and INC. */
  readonly allowanceCents: Cents;
  readonly months: readonly StatedMonth[];
}

/**
 * What an amount beside an action means. LOST: right now, and lost when nothing is done. RECLAIMED: ordered, and taken back.
 * WITHHELD: not paid until the data are right. WAITS: earned, and payable once something is done. CLAIMED: asked back.
 */
export type Stake = 'LOST' | 'RECLAIMED' | 'WITHHELD' | 'WAITS' | 'CLAIMED';
/** NOW: something is lost or wrong already. SOON: before a day. KNOW: good to know. */
export type Urgency = 'NOW' | 'SOON' | 'KNOW';

/** Something that the OCMW should do or know. */
export interface Action {
  /** '' when it is about the OCMW itself; likewise `client`. */
  readonly weoId: string;
  readonly client: string;
  /** Key of ACTION_TEXT, or the code of a finding that has no text there. */
  readonly code: string;
  readonly urgency: Urgency;
  /** Day until which it can be done, or that has passed. */
  readonly by: Day | undefined;
  readonly cents: Cents | undefined;
  readonly stake: Stake | undefined;
  /** What it is about besides: an employment, a measurement, a reference. */
  readonly subject: string;
  /** The sentence of the finding, for a code without a text. */
  readonly message: string;
}

/** Months in a row of one trajectory and component whose amount became another one, for the same reason. */
export interface Change {
  readonly weoId: string;
  readonly client: string;
  /** Number in COMPONENTS. */
  readonly component: number;
  readonly firstMonth: Month;
  readonly lastMonth: Month;
  /** Of all months together. */
  readonly beforeCents: Cents;
  readonly nowCents: Cents;
  readonly reason: Reason;
}

/** Sums of the database for the same OCMW, which the control sheet compares with its own. */
export interface StatementTotals {
  readonly dueCents: Cents;
  readonly allowanceCents: Cents;
  readonly orderedCents: Cents;
  /** Due and allowances together, as they were at the end of the month before. */
  readonly beforeCents: Cents;
}

export interface Statement {
  readonly payee: NotePayee;
  readonly month: Month;
  readonly businessDate: Day;
  readonly lang: Lang;
  readonly provenance: Provenance;
  /** Last day of the month before, with which `changes` compare. */
  readonly since: Day;
  /** No night had been by then: everything is new. */
  readonly isFirst: boolean;
  /** In byte order of WEO. */
  readonly trajectories: readonly StatedTrajectory[];
  readonly actions: readonly Action[];
  readonly changes: readonly Change[];
  /** Of the batches approved in the month, and of earlier ones that stand in no statement yet. */
  readonly notes: readonly PaymentNote[];
  readonly control: StatementTotals;
}
