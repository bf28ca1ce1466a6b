/** All lines of a trajectory: what the rules decided, and every place where money ever was. */
import { parseMonth, type Month } from '../../calendar.js';
import { COMPONENTS, type Component } from '../../law/codes.js';
import { statusOf, type TrajectoryStatus } from '../../law/status.js';
import { activeMonths } from '../../law/trajectory.js';
import { ledgerSums } from './adds-up.js';
import { allowanceLines } from './allowance-lines.js';
import { AmountBook } from './amounts.js';
import type { DraftLine, Setting } from './draft.js';
import type { Gathered } from './gather.js';
import { explainedAllowances } from './grants.js';
import { measurementLines } from './measurement-lines.js';
import { MONTHLY_COMPONENTS, monthLines, touchedMonths, type WalkedMonths } from './month-lines.js';
import { forgottenLine, statusLines } from './status-lines.js';

/** A place where an amount can stand. */
interface Cell {
  readonly component: Component;
  readonly month: Month;
}

/**
 * Lines in order of component and month: one for each month that was computed, for each month of which ledger or batches
 * hold something, and for `askedMonth`.
 */
export function draftLines(
  gathered: Gathered,
  walked: WalkedMonths,
  askedMonth: Month | undefined,
  setting: Setting,
): DraftLine[] {
  const status = statusOf(gathered.computed.streamed.facts);
  const lines =
    status === 'COUNTS'
      ? linesThatCount(gathered, walked, askedMonth, setting)
      : linesOfNothing(gathered, status, walked, askedMonth, setting);
  return lines.sort(inOrder);
}

function linesThatCount(
  gathered: Gathered,
  walked: WalkedMonths,
  askedMonth: Month | undefined,
  setting: Setting,
): DraftLine[] {
  const { facts } = gathered.computed.streamed;
  const amounts = new AmountBook(setting.lawOverrides);
  const cells = moneyCells(gathered);
  const monthly = cells.filter(({ component }) => isMonthly(component)).map(({ month }) => month);
  const others = new Set([
    ...monthly,
    ...touchedMonths(facts, setting),
    ...(askedMonth === undefined ? [] : [askedMonth]),
  ]);
  const measured = cells
    .filter(({ component }) => component === 'M1' || component === 'M2')
    .map(({ component, month }) => ({ measurement: component === 'M1' ? (1 as const) : (2 as const), month }));
  const lines = [
    ...monthLines(facts, walked, others, amounts, setting),
    ...measurementLines(facts, walked.results, measured, amounts, setting),
    ...allowanceLines(facts, explainedAllowances(gathered, setting.law), amounts, setting),
  ];
  const forgotten = without(cells, lines).map((cell) => forgottenLine(cell.component, cell.month, facts, setting));
  return [...lines, ...forgotten];
}

/** Withdrawn, held or from before TWE: a line wherever money was, and wherever it would have been. */
function linesOfNothing(
  gathered: Gathered,
  status: Exclude<TrajectoryStatus, 'COUNTS'>,
  walked: WalkedMonths,
  askedMonth: Month | undefined,
  setting: Setting,
): DraftLine[] {
  const { facts } = gathered.computed.streamed;
  const made = measurementLines(facts, walked.results, [], new AmountBook(setting.lawOverrides), setting);
  const { first, last } = activeMonths(facts, setting.asOf.today);
  const months = new Set(askedMonth === undefined ? [] : [askedMonth]);
  for (let month = first; status !== 'WITHDRAWN' && month <= last; month++) months.add(month);
  const monthly = [...months].flatMap((month) => MONTHLY_COMPONENTS.map((component) => ({ component, month })));
  return [...made, ...statusLines(facts, status, without([...moneyCells(gathered), ...monthly], made), setting)];
}

/** Where the ledger or a batch ever held something. */
function moneyCells({ ledger, batchLines }: Gathered): Cell[] {
  const booked = batchLines.map(({ component, month }) => ({ component, month: parseMonth(month)! }));
  return [...ledgerSums(ledger).cells(), ...booked];
}

/** Each cell once, but those that have a line. */
function without(cells: readonly Cell[], lines: readonly DraftLine[]): Cell[] {
  const taken = new Set(lines.map(({ component, month }) => `${component}/${month}`));
  return cells.filter(({ component, month }) => {
    const key = `${component}/${month}`;
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  });
}

function isMonthly(component: Component): boolean {
  return (MONTHLY_COMPONENTS as readonly Component[]).includes(component);
}

function inOrder(a: DraftLine, b: DraftLine): number {
  return COMPONENTS.indexOf(a.component) - COMPONENTS.indexOf(b.component) || a.month - b.month;
}
