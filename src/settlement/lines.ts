/**
 * The lines of one trajectory in a batch: what is due minus what was ordered before, for the months and components that
 * belong in it (rulebook 5, 6, 7, 15.2). Pure.
 */
import { lastDayOf, type Day, type Month } from '../calendar.js';
import { COMPONENT } from '../law/codes.js';
import { vdabComponents } from '../law/entitlement.js';
import { statusOf, type TrajectoryStatus } from '../law/status.js';
import type { Law } from '../law/law.js';
import { measurementDates } from '../law/outflow.js';
import { SegmentList } from '../law/segments.js';
import type { ComputedTrajectory } from '../ledger/compute.js';
import type { Cents } from '../money.js';
import type { TrajectoryFacts } from '../records/facts.js';
import type { DueBatch } from './due-batches.js';
import type { BeforeLine } from './orders.js';

export type LineKind = 'QUARTER' | 'FINAL' | 'YEAR';

export interface DraftLine {
  readonly kind: LineKind;
  readonly ocmwId: string;
  readonly weoId: string;
  readonly component: number;
  readonly month: Month;
  readonly dueCents: Cents;
  readonly beforeCents: Cents;
  readonly cents: Cents;
  /** Last batch that ordered the line; 0 for an opening balance, undefined when nothing was ordered. */
  readonly lastBatch: number | undefined;
}

export interface DraftTrajectory {
  readonly lines: readonly DraftLine[];
  /** A final settlement takes the trajectory (with a line or without): its outcomes freeze (rulebook 4.3). */
  readonly finallySettled: boolean;
}

interface Cell {
  readonly ocmwId: string;
  readonly component: number;
  readonly month: Month;
  due: Cents;
  before: Cents;
  lastBatch: number | undefined;
}

export interface DraftOptions {
  readonly batch: DueBatch;
  readonly law: Law;
  /** Who is paid for the OCMW of a WEO on the run day. */
  readonly payeeOf: (ocmwId: string) => string;
  /** Lines that were released or left out and come again in this run. */
  readonly comesAgain: (ocmwId: string, weoId: string, component: number, month: Month) => boolean;
}

/** Drafts the lines of one trajectory; in order of kind, payee, component and month. */
export function draftLines(
  computed: ComputedTrajectory,
  before: readonly BeforeLine[],
  options: DraftOptions,
): DraftTrajectory {
  const { facts } = computed.streamed;
  const status = statusOf(facts);
  const cells = cellsOf(computed, before, options);
  const finallySettled = isFinal(computed, status, options);
  const lines: DraftLine[] = [];
  for (const cell of cells) {
    const kind = kindOf(cell, facts, status, finallySettled, options);
    if (kind === undefined || cell.due === cell.before) continue;
    lines.push({
      kind,
      ocmwId: cell.ocmwId,
      weoId: facts.weoId,
      component: cell.component,
      month: cell.month,
      dueCents: cell.due,
      beforeCents: cell.before,
      cents: cell.due - cell.before,
      lastBatch: cell.lastBatch,
    });
  }
  return { lines, finallySettled: finallySettled && !isTakenOut(status) };
}

function cellsOf(computed: ComputedTrajectory, before: readonly BeforeLine[], options: DraftOptions): Cell[] {
  const cells = new Map<string, Cell>();
  const cell = (ocmwId: string, component: number, month: Month): Cell => {
    const key = `${ocmwId}/${component}/${month}`;
    let found = cells.get(key);
    if (!found) cells.set(key, (found = { ocmwId, component, month, due: 0, before: 0, lastBatch: undefined }));
    return found;
  };
  const payee = options.payeeOf(computed.streamed.facts.ocmwId);
  for (const { component, firstMonth, lastMonth, cents } of computed.segments) {
    for (let month = firstMonth; month <= lastMonth; month++) cell(payee, component, month).due += cents;
  }
  for (const line of before) {
    const found = cell(line.ocmwId, line.component, line.month);
    found.before += line.cents;
    found.lastBatch = line.lastBatch;
  }
  return [...cells.values()];
}

/** Whether a final settlement takes the trajectory in this batch: R-F-2, R-F-9, R-F-10. */
function isFinal(
  { streamed, results }: ComputedTrajectory,
  status: TrajectoryStatus,
  { batch, law }: DraftOptions,
): boolean {
  if (!settlesFinally(batch, law)) return false;
  if (isTakenOut(status)) return true;
  if (results.length < 2 || results.some(({ measurement }) => measurement.outcome === 'PENDING')) return false;
  const lastDate = batch.job === 'final-settlement' ? batch.runDay : lastDayOf(batch.quarter! + 2);
  return measurementDates(streamed.facts.end, law)[1] <= lastDate;
}

/** R-F-9: withdrawn, or held because it overlaps. */
function isTakenOut(status: TrajectoryStatus): boolean {
  return status === 'WITHDRAWN' || status === 'HELD';
}

function settlesFinally(batch: DueBatch, law: Law): boolean {
  return law.finalWhen === 'QUARTERLY' ? batch.job === 'quarterly-payment' : batch.job === 'final-settlement';
}

function kindOf(
  cell: Cell,
  facts: TrajectoryFacts,
  status: TrajectoryStatus,
  finallySettled: boolean,
  options: DraftOptions,
): LineKind | undefined {
  const { batch, law } = options;
  const isAllowance = cell.component === COMPONENT.ORD || cell.component === COMPONENT.INC;
  // R-P-8: allowances follow their own channel.
  if (isAllowance && !(finallySettled && law.finalIncludeAllowances)) return undefined;
  // Rulebook 15.2: what was released comes again in the next run that books, as a line of that run.
  const comesAgain = !isTakenOut(status) && options.comesAgain(cell.ocmwId, facts.weoId, cell.component, cell.month);
  if (batch.job === 'yearly-settlement') {
    return comesAgain || belongsInYear(cell, facts, status, options) ? 'YEAR' : undefined;
  }
  const isQuarter = batch.job === 'quarterly-payment' && !isAllowance;
  if (isQuarter && belongsInQuarter(cell, facts, status, options)) return 'QUARTER';
  if (finallySettled) return 'FINAL';
  return isQuarter && comesAgain ? 'QUARTER' : undefined;
}

/** Rulebook 15.2: the closed quarter's own lines. */
function belongsInQuarter(
  cell: Cell,
  facts: TrajectoryFacts,
  status: TrajectoryStatus,
  options: DraftOptions,
): boolean {
  // R-F-9: withdrawn or held agreements are settled as final.
  if (isTakenOut(status) && settlesFinally(options.batch, options.law)) return false;
  const quarter = options.batch.quarter!;
  if (cell.component === COMPONENT.C2) {
    return facts.end >= lastDayOf(quarter - 1) + 1 && facts.end <= lastDayOf(quarter + 2);
  }
  return cell.month >= quarter && cell.month <= quarter + 2;
}

/** R-Y-2, R-Y-4 and R-Y-5. */
function belongsInYear(cell: Cell, facts: TrajectoryFacts, status: TrajectoryStatus, options: DraftOptions): boolean {
  const { batch, law } = options;
  if (cell.month > batch.lastMonth) return false;
  if (cell.component !== COMPONENT.C2 || isTakenOut(status)) return true;
  const endOfYear = lastDayOf(batch.lastMonth);
  if (facts.end <= endOfYear) return true;
  // Ended after the year: left to its quarter.
  if (facts.end <= batch.runDay) return false;
  // Not ended (any more): what was ordered stays while the month keeps its right.
  return cell.before !== 0 && !keepsRightToPart2(cell.month, facts, law, batch.runDay);
}

/** Whether a month of a WEO that was prolonged would still give compensation part 2 after its end (R-Y-5). */
function keepsRightToPart2(month: Month, facts: TrajectoryFacts, law: Law, today: Day): boolean {
  let keeps = false;
  vdabComponents(facts, law, { today, knownUntil: today }, new SegmentList(), (counted, verdicts) => {
    if (counted.month === month) keeps = verdicts.C1.due;
  });
  return keeps;
}
