/** The sheet "Per kwartaal" of a batch: due, ordered before, paid and the difference by OCMW, quarter and component. */
import { COMPONENTS } from '../../law/codes.js';
import { BATCH_HEADING } from './batch-headings.js';
import { enterpriseNumber, sumOf, type Check } from './common-sheets.js';
import type { WorkbookDocument } from './document.js';
import { HEADING } from './headings.js';
import type { Lang } from './look.js';
import type { CellValue, Column, Formula } from './sheet.js';
import { amountOf, TablePlan } from './table.js';
import { COMPONENT_TEXT, TEXT } from './texts.js';

const QUARTER_COLUMNS: readonly Column[] = [
  { heading: HEADING.ocmwId, width: 17, kind: 'text' },
  { heading: HEADING.ocmwName, width: 30, kind: 'text' },
  { heading: HEADING.year, width: 8, kind: 'year' },
  { heading: BATCH_HEADING.quarter, width: 11, kind: 'text' },
  { heading: HEADING.component, width: 38, kind: 'text' },
  euro(HEADING.due),
  euro(BATCH_HEADING.orderedBefore),
  euro(BATCH_HEADING.paidBefore),
  euro(BATCH_HEADING.booked),
  euro(BATCH_HEADING.notBooked),
];
const AT = { component: 4, due: 5, ordered: 6, booked: 8, open: 9 } as const;

function euro(heading: Column['heading']): Column {
  return { heading, width: 16, kind: 'euro', total: true };
}

/** The planned table of a batch. */
export function planQuarters(document: WorkbookDocument): TablePlan {
  const plan = new TablePlan(TEXT.sheets.quarters, QUARTER_COLUMNS);
  for (const row of quarterRows(document)) plan.add(row);
  return plan;
}

/** One row for each OCMW, quarter and component. */
export function quarterRows({ lang, payees, batch }: WorkbookDocument): CellValue[][] {
  return batch!.quarters.map((row) => [
    enterpriseNumber(row.ocmwId),
    payees.get(row.ocmwId)?.name ?? '',
    row.year,
    `${TEXT.quarterLetter[lang]}${row.quarter}`,
    componentName(row.component, lang),
    row.dueCents,
    row.orderedCents,
    row.paidCents,
    row.bookedCents,
    row.openCents,
  ]);
}

/** `EFF – Inspanningsvergoeding`. */
export function componentName(component: number, lang: Lang): string {
  const name = COMPONENTS[component]!;
  return `${name} – ${COMPONENT_TEXT[name][lang]}`;
}

/**
 * For each component that occurs: due = ordered before + difference; and the differences are the lines.
 * @param lines sum of the lines of the batch
 * @param notBooked sum of what does not stand in it, per OCMW
 */
export function quarterChecks(
  document: WorkbookDocument,
  quarters: TablePlan,
  lines: Formula,
  notBooked: Formula,
): Check[] {
  const { lang } = document;
  const components = [...new Set(document.batch!.quarters.map(({ component }) => component))].sort((a, b) => a - b);
  const perComponent = components.map((component): Check => {
    const name = componentName(component, lang);
    const rows = quarterRows(document).filter((row) => row[AT.component] === name);
    const of = (...columns: number[]) => ofComponent(quarters, lang, name, columns, rows);
    return {
      what: {
        nl: `${name}: verschuldigd = eerder besteld + verschil`,
        en: `${name}: due = ordered before + difference`,
      },
      unit: 'euro',
      left: of(AT.due),
      right: of(AT.ordered, AT.booked, AT.open),
    };
  });
  return [
    ...perComponent,
    {
      what: {
        nl: 'Verschil per kwartaal = lijnen van de trajecten',
        en: 'Difference per quarter = lines of the trajectories',
      },
      unit: 'euro',
      left: sumOf(quarters, lang, AT.booked),
      right: lines,
    },
    {
      what: { nl: 'Niet in deze batch: per kwartaal = per OCMW', en: 'Not in this batch: per quarter = per OCMW' },
      unit: 'euro',
      left: sumOf(quarters, lang, AT.open),
      right: notBooked,
    },
  ];
}

function ofComponent(
  quarters: TablePlan,
  lang: Lang,
  name: string,
  columns: readonly number[],
  rows: readonly CellValue[][],
): Formula {
  const names = quarters.ranges(lang, AT.component);
  const formulas = columns.flatMap((column) =>
    quarters.ranges(lang, column).map((range, i) => `SUMIFS(${range},${names[i]},"${name}")`),
  );
  const result = rows.reduce((sum, row) => sum + columns.reduce((each, column) => each + amountOf(row[column]), 0), 0);
  return { formula: () => formulas.join('+'), result };
}
