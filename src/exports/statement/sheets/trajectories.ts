/** The sheets `Trajecten` and `Maanden`: every trajectory, and a year of it in one readable row. */
import { OPEN_END, yearOf } from '../../../calendar.js';
import { COMPONENTS } from '../../../law/codes.js';
import { monthHeading } from '../../workbook/headings.js';
import { BAD_FORMAT, type Lang } from '../../workbook/look.js';
import { columnLetter, FIRST_ROW, type CellValue, type Column } from '../../workbook/sheet.js';
import { STATEMENT_HEADING as HEADING } from '../headings.js';
import type { Statement, StatedMonth, StatedTrajectory } from '../statement.js';
import { MEASURED_TEXT, NO_RIGHT_SIGN, NO_RIGHT_TEXT, STANDING_TEXT, STATE_TEXT, STATEMENT_TEXT } from '../texts.js';
import { tableOf, type StatementTable } from './table.js';

const TRAJECTORY_COLUMNS: readonly Column[] = [
  { heading: HEADING.weoId, width: 20, kind: 'text' },
  { heading: HEADING.client, width: 17, kind: 'text' },
  { heading: HEADING.state, width: 13, kind: 'text' },
  { heading: HEADING.start, width: 12, kind: 'date' },
  { heading: HEADING.end, width: 12, kind: 'date' },
  { heading: HEADING.art60Start, width: 12, kind: 'date' },
  { heading: HEADING.art60End, width: 12, kind: 'date' },
  { heading: HEADING.category, width: 11, kind: 'year' },
  { heading: HEADING.standing, width: 16, kind: 'text' },
  { heading: HEADING.monthsUsed, width: 11, kind: 'count' },
  { heading: HEADING.monthsLeft, width: 9, kind: 'count' },
  { heading: HEADING.m1On, width: 12, kind: 'date' },
  { heading: HEADING.m1Outcome, width: 14, kind: 'text' },
  { heading: HEADING.m2On, width: 12, kind: 'date' },
  { heading: HEADING.m2Outcome, width: 14, kind: 'text' },
  { heading: HEADING.due, width: 14, kind: 'euro', total: true },
  { heading: HEADING.ordered, width: 14, kind: 'euro', total: true },
  { heading: HEADING.difference, width: 14, kind: 'euro', total: true },
  { heading: HEADING.allowances, width: 14, kind: 'euro', total: true, hiddenWhenEmpty: true },
];
/** Columns of the sheet `Trajecten` that are added up. */
export const IN_TRAJECTORIES = { weo: 0, due: 15, ordered: 16, difference: 17, allowances: 18 } as const;

/** Plans the sheet `Trajecten`. */
export function trajectoryTable({ lang, trajectories }: Statement): StatementTable {
  const rows = trajectories.map((trajectory) => trajectoryRow(trajectory, lang));
  return tableOf('trajectories', TRAJECTORY_COLUMNS, rows, { frozenColumns: 2 });
}

function trajectoryRow(trajectory: StatedTrajectory, lang: Lang): CellValue[] {
  const { art60, standing, measurements } = trajectory;
  const measured = [0, 1].flatMap((index): CellValue[] => {
    const each = measurements[index];
    return each === undefined ? [null, null] : [each.on, MEASURED_TEXT[each.outcome][lang]];
  });
  return [
    trajectory.weoId,
    trajectory.client,
    STATE_TEXT[trajectory.state][lang],
    trajectory.start,
    dayOrNothing(trajectory.end),
    art60?.start ?? null,
    dayOrNothing(art60?.end ?? OPEN_END),
    trajectory.category === '' ? STATEMENT_TEXT.noCategory[lang] : trajectory.category,
    standing === undefined ? null : STANDING_TEXT[standing][lang],
    standing === undefined ? null : trajectory.monthsUsed,
    trajectory.state === 'RUNS' || trajectory.state === 'TO_COME' ? trajectory.monthsLeft : null,
    ...measured,
    trajectory.dueCents,
    trajectory.orderedCents,
    { formula: (row) => `P${row}-Q${row}`, result: trajectory.dueCents - trajectory.orderedCents },
    trajectory.allowanceCents,
  ];
}

function dayOrNothing(day: number): CellValue {
  return day === OPEN_END ? null : day;
}

const MONTHS = 12;
const CALENDAR_LEAD = 3;
/** Columns of the sheet `Maanden` that are added up. */
export const IN_CALENDAR = { due: CALENDAR_LEAD + MONTHS, allowances: CALENDAR_LEAD + MONTHS + 1 } as const;
const CALENDAR_COLUMNS: readonly Column[] = [
  { heading: HEADING.weoId, width: 20, kind: 'text' },
  { heading: HEADING.client, width: 17, kind: 'text' },
  { heading: HEADING.year, width: 8, kind: 'year' },
  ...Array.from({ length: MONTHS }, (_, i): Column => ({ heading: rightsHeading(i), width: 14, kind: 'long' })),
  { heading: HEADING.yearTotal, width: 13, kind: 'euro', total: true },
  { heading: HEADING.allowances, width: 13, kind: 'euro', total: true, hiddenWhenEmpty: true },
];

function rightsHeading(index: number): Column['heading'] {
  return {
    title: monthHeading(index).title,
    explain: {
      nl: 'Vergoedingen waarop u voor die maand recht hebt. Tussen haakjes: verdiend, maar pas betaalbaar na het einde van de WEO. Rood met een streepje: geen recht, en waarom. Leeg: de WEO liep niet.',
      en: 'Payments that are due for that month. In brackets: earned, but payable after the end of the WEO. Red with a dash: no right, and why. Empty: the WEO did not run.',
    },
  };
}

/** Plans the sheet `Maanden`: a row for each year of a trajectory. */
export function calendarTable({ lang, trajectories }: Statement): StatementTable {
  const rows = trajectories.flatMap((trajectory) => calendarRows(trajectory, lang));
  const formats = Array.from({ length: MONTHS }, (_, i) => {
    const column = CALENDAR_LEAD + i;
    const formulae = [`LEFT(${columnLetter(column)}${FIRST_ROW},1)="${NO_RIGHT_SIGN}"`];
    return { column, rule: { type: 'expression' as const, formulae, style: BAD_FORMAT, priority: i + 1 } };
  });
  return tableOf('calendar', CALENDAR_COLUMNS, rows, { frozenColumns: 3, formats });
}

function calendarRows({ weoId, client, months }: StatedTrajectory, lang: Lang): CellValue[][] {
  const years = [...new Set(months.map(({ month }) => yearOf(month)))].sort((a, b) => a - b);
  return years.map((year) => {
    const ofYear = months.filter(({ month }) => yearOf(month) === year);
    const cells = Array.from({ length: MONTHS }, (_, i): CellValue => {
      const stated = ofYear.find(({ month }) => month % MONTHS === i);
      return stated === undefined ? null : rightsInWords(stated, lang);
    });
    const vdabCents = ofYear.reduce((sum, month) => sum + month.vdabCents, 0);
    const allowanceCents = ofYear.reduce((sum, month) => sum + month.allowanceCents, 0);
    return [weoId, client, year, ...cells, vdabCents, allowanceCents];
  });
}

/** `EFF C1 (C2) ORD`; or first why VDAB owes nothing. No line break: LibreOffice joins the lines of such a cell. */
function rightsInWords({ due, part2Waits, why }: StatedMonth, lang: Lang): string {
  const rights = due.map((component): string => COMPONENTS[component]!);
  if (part2Waits) rights.splice(rights.indexOf('C1') + 1, 0, '(C2)');
  if (why === '') return rights.join(' ');
  const reason = `${NO_RIGHT_SIGN} ${NO_RIGHT_TEXT[why]?.short[lang] ?? why}`;
  return rights.length === 0 ? reason : `${reason}; ${rights.join(' ')}`;
}
