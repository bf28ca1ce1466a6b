/** A record that says something else than it did: the event behind a difference, and which one explains a line. Pure. */
import { day, lastDayOf, OPEN_END, type Day, type Month } from '../../calendar.js';
import type { Reason } from '../../law/codes.js';

export type RecordKind = 'WEO' | 'OTHER_WEO' | 'EMPLOYMENT' | 'CATEGORY' | 'DECISION';

/** What a version of a record says, as list_batch_changes.sql builds it; which fields there are depends on the kind. */
export interface Said {
  readonly start?: string;
  readonly end?: string | null;
  readonly ocmw?: string;
  readonly extended?: boolean | null;
  /** Of an employment. */
  readonly kind?: string;
  /** WEO of an art. 60 employment. */
  readonly weo?: string | null;
  /** Of a category. */
  readonly code?: string;
  /** Of a decision. */
  readonly measurement?: number;
  readonly outcome?: string;
  readonly by?: string | null;
  readonly withdrawn: boolean;
}

export interface RecordChange {
  readonly kind: RecordKind;
  readonly recordId: string;
  /** Undefined for a record that was not known before. */
  readonly before: Said | undefined;
  readonly now: Said;
  readonly registeredOn: Day;
  /** Name of the delivery that brought it. */
  readonly delivery: string;
  readonly deliveredOn: Day;
}

/** The line that is to be explained. */
export interface ExplainedLine {
  readonly weoId: string;
  readonly isResult: boolean;
  readonly month: Month;
  readonly reason: Reason;
}

type Test = (change: RecordChange, line: ExplainedLine) => boolean;

const is =
  (...kinds: readonly RecordKind[]): Test =>
  ({ kind }) =>
    kinds.includes(kind);
const both =
  (...tests: readonly Test[]): Test =>
  (change, line) =>
    tests.every((test) => test(change, line));

const isWeo = is('WEO');
const isNew: Test = ({ before }) => before === undefined;
const hasOther =
  (field: keyof Said): Test =>
  ({ before, now }) =>
    before !== undefined && before[field] !== now[field];
const isArt60: Test = ({ kind, before, now }, { weoId }) =>
  kind === 'EMPLOYMENT' && [before, now].some((said) => said?.kind === 'ART60' && said.weo === weoId);
const isJob: Test = (change, line) =>
  change.kind === 'EMPLOYMENT' && !isArt60(change, line) && change.now.kind !== 'ART60';
/** It covered the last day of the month and does no more, or the other way round. */
const flipsMonth: Test = ({ before, now }, { month }) => covers(before, month) !== covers(now, month);
const touchesMonth: Test = ({ before, now }, { month }) => covers(before, month) || covers(now, month);

function covers(said: Said | undefined, month: Month): boolean {
  if (said?.start === undefined || said.withdrawn) return false;
  const lastDay = lastDayOf(month);
  return day(said.start) <= lastDay && lastDay <= (said.end ? day(said.end) : OPEN_END);
}

const ofArt60: readonly Test[] = [both(isArt60, hasOther('start')), both(isArt60, hasOther('withdrawn')), isArt60];
const ofCategory: readonly Test[] = [
  both(is('CATEGORY'), hasOther('code'), touchesMonth),
  both(is('CATEGORY'), flipsMonth),
  both(is('CATEGORY'), touchesMonth),
];
const ofLateRegistration: readonly Test[] = [
  both(isWeo, isNew),
  both(isWeo, hasOther('withdrawn')),
  both(isArt60, flipsMonth),
  isArt60,
  ...ofCategory,
  isWeo,
  is('OTHER_WEO'),
];

/** For each reason what may be behind it, the most telling first. Reasons that are not here have no record behind them. */
const BEHIND: Readonly<Partial<Record<Reason, readonly Test[]>>> = {
  LATE_REGISTRATION: ofLateRegistration,
  RELEASED: ofCategory,
  LATE_A60: ofArt60,
  NO_A60: ofArt60,
  CATEGORY: ofCategory,
  WEO_START_CORRECTED: [both(isWeo, hasOther('start')), isWeo],
  WEO_END_CORRECTED: [both(isWeo, hasOther('end')), isWeo],
  A60_START_CORRECTED: ofArt60,
  A60_END_CORRECTED: [both(isArt60, hasOther('end'), flipsMonth), both(isArt60, hasOther('end')), isArt60],
  WITHDRAWN: [both(isWeo, hasOther('withdrawn')), isWeo, isArt60],
  OVER_24: [both(isWeo, hasOther('end')), isWeo],
  DUPLICATE: [is('OTHER_WEO'), isWeo],
  MEASUREMENT_VOID: [both(isWeo, hasOther('end')), isJob, isWeo],
  DECISION: [is('DECISION')],
  OTHER: [isWeo, isArt60, isJob, is('CATEGORY', 'DECISION', 'OTHER_WEO')],
};
const behindResult: readonly Test[] = [is('DECISION'), isJob];

/** The change that explains a line; undefined when no record changed that could. Changes come newest first. */
export function decidingChange<Change extends RecordChange>(
  line: ExplainedLine,
  changes: readonly Change[],
): Change | undefined {
  const behind = BEHIND[line.reason] ?? [];
  const isLateResult = line.isResult && line.reason === 'LATE_REGISTRATION';
  for (const test of isLateResult ? [...behindResult, ...behind] : behind) {
    const found = changes.find((change) => test(change, line));
    if (found) return found;
  }
  return undefined;
}
