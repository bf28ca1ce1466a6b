/**
 * The documents of a simulation: `simulatie-<from>-<to>.xlsx` for people and `.csv` for machines. Every sheet says
 * SIMULATIE; nothing in it is booked.
 */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { formatMonth } from '../../calendar.js';
import { formatEuro } from '../../money.js';
import type { Effect, OcmwEffect, Simulation } from '../../settlement/simulation/simulation.js';
import { sortByBytes, writeCsvRows } from '../csv.js';
import { explainWriteError } from '../publish.js';
import { writeBook, type OpenBook } from './book.js';
import { enterpriseNumber } from './common-sheets.js';
import type { Lang } from './look.js';
import type { CellValue, Column, Formula } from './sheet.js';
import {
  simulationBlock,
  writeSimulationChecks,
  writeSimulationExplanation,
  writeSimulationNotes,
  writeSimulationParameters,
  type PlannedRows,
  type SimulationOptions,
} from './simulation-sheets.js';
import { SIMULATION_HEADING as HEAD, SIMULATION_TEXT } from './simulation-texts.js';
import { TablePlan, TableWriter } from './table.js';
import { COMPONENT_TEXT } from './texts.js';

const CSV_COLUMNS = ['ocmw_id', 'name', 'component', 'present', 'other', 'difference', 'trajectories'] as const;

const MONEY_COLUMNS: readonly Column[] = [
  { heading: HEAD.present, width: 16, kind: 'euro', total: true },
  { heading: HEAD.other, width: 16, kind: 'euro', total: true },
  { heading: HEAD.difference, width: 16, kind: 'euro', total: true },
];
const LEAD_COLUMNS: readonly Column[] = [
  { heading: HEAD.ocmwId, width: 19, kind: 'text' },
  { heading: HEAD.ocmwName, width: 34, kind: 'text' },
];
const COMPONENT_COLUMNS: readonly Column[] = [
  { heading: HEAD.component, width: 19, kind: 'text' },
  { heading: HEAD.componentName, width: 34, kind: 'text' },
  ...MONEY_COLUMNS,
  // A trajectory may change in several components: no total.
  { heading: HEAD.changing, width: 13, kind: 'count' },
];
const OCMW_COLUMNS: readonly Column[] = [
  ...LEAD_COLUMNS,
  { heading: HEAD.nisCode, width: 8, kind: 'text' },
  ...MONEY_COLUMNS,
  { heading: HEAD.changing, width: 13, kind: 'count', total: true },
];
const DETAIL_COLUMNS: readonly Column[] = [
  ...LEAD_COLUMNS,
  { heading: HEAD.component, width: 11, kind: 'text' },
  ...MONEY_COLUMNS,
  { heading: HEAD.changing, width: 13, kind: 'count' },
];

/** Index of columns in DETAIL_COLUMNS. */
const IN_DETAIL = { ocmwId: 0, component: 2, present: 3, other: 4 } as const;

/**
 * Writes both files into a folder, which is made when it is missing, and returns their paths. A file has its final name
 * only when it is complete. Throws a Failure when the folder cannot be written.
 */
export async function writeSimulation(
  folder: string,
  simulation: Simulation,
  options: SimulationOptions,
): Promise<readonly string[]> {
  const { firstMonth, lastMonth } = simulation;
  const path = join(folder, `simulatie-${formatMonth(firstMonth)}-${formatMonth(lastMonth)}`);
  try {
    await mkdir(folder, { recursive: true });
    return [
      await inPlace(`${path}.csv`, (temporary) => writeCsvRows(temporary, CSV_COLUMNS, csvRows(simulation))),
      await inPlace(`${path}.xlsx`, (temporary) => writeWorkbook(temporary, simulation, options)),
    ];
  } catch (error) {
    throw explainWriteError(error, folder);
  }
}

async function inPlace(path: string, write: (temporary: string) => Promise<void>): Promise<string> {
  const temporary = `${path}.new`;
  try {
    await write(temporary);
    await rename(temporary, path);
    return path;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

function csvRows({ ocmws }: Simulation): readonly (readonly string[])[] {
  return sortByBytes(
    ocmws.flatMap(({ ocmwId, name, components }) =>
      components.map(({ component, presentCents, otherCents, differenceCents, changedTrajectories }) => [
        ocmwId,
        name,
        component,
        formatEuro(presentCents),
        formatEuro(otherCents),
        formatEuro(differenceCents),
        String(changedTrajectories),
      ]),
    ),
  );
}

async function writeWorkbook(path: string, simulation: Simulation, options: SimulationOptions): Promise<void> {
  const { lang } = options;
  const { sheets } = SIMULATION_TEXT;
  const detail = planned(new TablePlan(sheets.detail, DETAIL_COLUMNS), simulation.ocmws.flatMap(detailRows));
  const overview = planned(
    new TablePlan(sheets.overview, COMPONENT_COLUMNS),
    simulation.components.map(({ component, ...effect }) => [
      component,
      COMPONENT_TEXT[component][lang],
      ...sumsOf(effect, detail.plan, lang, IN_DETAIL.component, 2),
    ]),
  );
  const ocmws = planned(
    new TablePlan(sheets.ocmws, OCMW_COLUMNS),
    simulation.ocmws.map((ocmw) => [
      enterpriseNumber(ocmw.ocmwId),
      ocmw.name,
      ocmw.nisCode,
      ...sumsOf(ocmw, detail.plan, lang, IN_DETAIL.ocmwId, 3),
    ]),
  );
  await writeBook(path, simulation.night.businessDate, async (book) => {
    writeSimulationNotes(book, simulation, options, overview);
    await writeTable(book, simulation, options, ocmws);
    await writeTable(book, simulation, options, detail);
    writeSimulationParameters(book, simulation, options);
    writeSimulationChecks(book, simulation, options, { overview, ocmws, detail });
    writeSimulationExplanation(book, simulation, options, [overview.plan, ocmws.plan, detail.plan]);
  });
}

function planned(plan: TablePlan, rows: PlannedRows['rows']): PlannedRows {
  for (const row of rows) plan.add(row);
  return { plan, rows };
}

async function writeTable(
  book: OpenBook,
  simulation: Simulation,
  options: SimulationOptions,
  { plan, rows }: PlannedRows,
): Promise<void> {
  const writer = new TableWriter(book, simulationBlock(simulation, options, plan.name), plan, { frozenColumns: 2 });
  for (const row of rows) await writer.add(row);
  writer.finish();
}

function detailRows({ ocmwId, name, components }: OcmwEffect): CellValue[][] {
  return components.map(({ component, ...effect }) => [
    enterpriseNumber(ocmwId),
    name,
    component,
    effect.presentCents,
    effect.otherCents,
    minus('E', 'D', effect),
    effect.changedTrajectories,
  ]);
}

/** Present, other and difference as formulas over the detail; the rows whose key column says what stands in column A. */
function sumsOf(effect: Effect, detail: TablePlan, lang: Lang, keyColumn: number, lead: number): CellValue[] {
  const sum = (column: number, result: number): Formula => ({
    formula: (row) => `SUMIFS(${detail.ranges(lang, column)[0]},${detail.ranges(lang, keyColumn)[0]},$A${row})`,
    result,
  });
  const [present, other] = lead === 2 ? (['C', 'D'] as const) : (['D', 'E'] as const);
  return [
    sum(IN_DETAIL.present, effect.presentCents),
    sum(IN_DETAIL.other, effect.otherCents),
    minus(other, present, effect),
    effect.changedTrajectories,
  ];
}

function minus(other: string, present: string, { differenceCents }: Effect): Formula {
  return { formula: (row) => `${other}${row}-${present}${row}`, result: differenceCents };
}
