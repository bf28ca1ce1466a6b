/** A trajectory as rows of the detail sheets: one for the whole period, and one calendar row for each year and channel. */
import { OPEN_END, yearOf } from '../../calendar.js';
import { COMPONENT, COMPONENTS, REASONS } from '../../law/codes.js';
import type { Cents } from '../../money.js';
import type { PositionLine, TrajectoryPosition } from '../positions.js';
import { enterpriseNumber } from './common-sheets.js';
import type { WorkbookDocument } from './document.js';
import { columnLetter, type CellValue, type Column } from './sheet.js';
import { componentHeading, HEADING, monthHeading } from './headings.js';
import { NEVER_DUE_TEXT, REASON_TEXT, TEXT } from './texts.js';

/** What VDAB pays; the allowances go through another channel (R-P-8). */
export const VDAB_COMPONENTS = COMPONENTS.slice(0, COMPONENT.ORD);
export const ALLOWANCES = COMPONENTS.slice(COMPONENT.ORD);

export const isAllowance = (line: PositionLine): boolean => line.component >= COMPONENT.ORD;

/** Sums of lines, in cents. */
export interface Sums {
  /** By component number. */
  readonly due: Cents[];
  vdabDue: Cents;
  vdabOrdered: Cents;
  allowancesOrdered: Cents;
  paid: Cents;
}

export function noSums(): Sums {
  return { due: COMPONENTS.map(() => 0), vdabDue: 0, vdabOrdered: 0, allowancesOrdered: 0, paid: 0 };
}

/** Adds lines to sums. */
export function addLines(sums: Sums, lines: readonly PositionLine[]): Sums {
  for (const line of lines) {
    sums.due[line.component]! += line.dueCents;
    sums.paid += line.paidCents;
    if (isAllowance(line)) sums.allowancesOrdered += line.orderedCents;
    else {
      sums.vdabDue += line.dueCents;
      sums.vdabOrdered += line.orderedCents;
    }
  }
  return sums;
}

/** Where the money columns of a sheet stand, after `lead` columns. */
export function moneyColumns(lead: number) {
  const due = lead + VDAB_COMPONENTS.length;
  return {
    firstComponent: lead,
    due,
    ordered: due + 1,
    difference: due + 2,
    paid: due + 3,
    firstAllowance: due + 4,
    allowancesOrdered: due + 4 + ALLOWANCES.length,
  } as const;
}

/** The money columns themselves: components, due, ordered, difference, paid, allowances. */
export const MONEY_COLUMNS: readonly Column[] = [
  ...VDAB_COMPONENTS.map((component) => euroColumn(componentHeading(component))),
  euroColumn(HEADING.due, 14),
  euroColumn(HEADING.ordered, 14),
  euroColumn(HEADING.difference, 14),
  euroColumn(HEADING.paid, 14),
  ...ALLOWANCES.map((component) => ({ ...euroColumn(componentHeading(component)), hiddenWhenEmpty: true })),
  { ...euroColumn(HEADING.allowancesOrdered), hiddenWhenEmpty: true },
];

function euroColumn(heading: Column['heading'], width = 12): Column {
  return { heading, width, kind: 'euro', total: true };
}

/** Values of MONEY_COLUMNS; due and difference are formulas over their own row. */
export function moneyValues(sums: Sums, lead: number): CellValue[] {
  const at = moneyColumns(lead);
  const first = columnLetter(at.firstComponent);
  const last = columnLetter(at.due - 1);
  return [
    ...sums.due.slice(0, COMPONENT.ORD),
    { formula: (row) => `SUM(${first}${row}:${last}${row})`, result: sums.vdabDue },
    sums.vdabOrdered,
    {
      formula: (row) => `${columnLetter(at.due)}${row}-${columnLetter(at.ordered)}${row}`,
      result: sums.vdabDue - sums.vdabOrdered,
    },
    sums.paid,
    ...sums.due.slice(COMPONENT.ORD),
    sums.allowancesOrdered,
  ];
}

/** Columns before the money ones on the overview and on the trajectory sheet. */
export const OVERVIEW_LEAD = 4;
export const TRAJECTORY_LEAD = 5;
export const IN_OVERVIEW = moneyColumns(OVERVIEW_LEAD);
export const IN_DETAIL = moneyColumns(TRAJECTORY_LEAD);
/** A money column of the overview stands this much further on the trajectory sheet. */
export const DETAIL_SHIFT = TRAJECTORY_LEAD - OVERVIEW_LEAD;
export const WEO_COLUMN = 2;

export const TRAJECTORY_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 28, kind: 'text' },
  { heading: HEADING.weoId, width: 18, kind: 'text' },
  { heading: HEADING.start, width: 12, kind: 'date' },
  { heading: HEADING.end, width: 12, kind: 'date' },
  ...MONEY_COLUMNS,
  { heading: HEADING.reasons, width: 66, kind: 'text' },
];

/** The row of a trajectory on the sheet "Per traject". */
export function trajectoryRow(document: WorkbookDocument, trajectory: TrajectoryPosition): CellValue[] {
  return [
    ...names(document, trajectory),
    trajectory.start === 0 ? null : trajectory.start,
    trajectory.end === OPEN_END ? null : trajectory.end,
    ...moneyValues(addLines(noSums(), trajectory.lines), TRAJECTORY_LEAD),
    differenceReasons(document, trajectory),
  ];
}

const CALENDAR_LEAD = 5;
const MONTHS = 12;
export const CALENDAR_TOTAL = CALENDAR_LEAD + MONTHS;
export const CALENDAR_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 28, kind: 'text' },
  { heading: HEADING.weoId, width: 18, kind: 'text' },
  { heading: HEADING.year, width: 8, kind: 'year' },
  { heading: HEADING.channel, width: 11, kind: 'text' },
  ...Array.from({ length: MONTHS }, (_, i) => euroColumn(monthHeading(i), 10)),
  euroColumn(HEADING.yearTotal, 13),
];

/** The rows of a trajectory on the sheet "Per maand": each year that has an amount due, VDAB and allowances apart. */
export function calendarRows(document: WorkbookDocument, trajectory: TrajectoryPosition): CellValue[][] {
  const calendars = new Map<string, { year: number; allowance: boolean; months: Cents[] }>();
  for (const line of trajectory.lines) {
    if (line.dueCents === 0) continue;
    const year = yearOf(line.month);
    const allowance = isAllowance(line);
    const key = `${year}${allowance ? 'b' : 'a'}`;
    let calendar = calendars.get(key);
    if (!calendar) calendars.set(key, (calendar = { year, allowance, months: Array<number>(MONTHS).fill(0) }));
    calendar.months[line.month % MONTHS]! += line.dueCents;
  }
  const first = columnLetter(CALENDAR_LEAD);
  const last = columnLetter(CALENDAR_TOTAL - 1);
  return [...calendars.keys()].sort().map((key) => {
    const { year, allowance, months } = calendars.get(key)!;
    return [
      ...names(document, trajectory),
      year,
      TEXT[allowance ? 'allowances' : 'vdab'][document.lang],
      ...months.map((cents) => (cents === 0 ? null : cents)),
      { formula: (row) => `SUM(${first}${row}:${last}${row})`, result: months.reduce((sum, cents) => sum + cents, 0) },
    ];
  });
}

function names(document: WorkbookDocument, { ocmwId, weoId }: TrajectoryPosition): string[] {
  return [enterpriseNumber(ocmwId), document.payees.get(ocmwId)?.name ?? '', weoId];
}

/** The reason of a line's latest change in words. */
export function reasonText(document: WorkbookDocument, line: PositionLine): string {
  const reason = REASONS[line.changeReason];
  return (reason === undefined ? NEVER_DUE_TEXT : REASON_TEXT[reason])[document.lang];
}

const MOST_REASONS = 3;

/** Why due and ordered differ, largest difference first; the allowances, which are never ordered, left out. */
function differenceReasons(document: WorkbookDocument, trajectory: TrajectoryPosition): string {
  const sizes = new Map<string, Cents>();
  for (const line of trajectory.lines) {
    const difference = line.dueCents - line.orderedCents;
    if (difference === 0 || isAllowance(line)) continue;
    const text = reasonText(document, line);
    sizes.set(text, (sizes.get(text) ?? 0) + Math.abs(difference));
  }
  const largestFirst = [...sizes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return largestFirst
    .slice(0, MOST_REASONS)
    .map(([text]) => text)
    .join('; ');
}
