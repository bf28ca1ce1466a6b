/** The sheets of the simulation workbook that are read, not searched: overview, parameters, checks, explanation. */
import type { Text } from '../../law/rulebook/sources.js';
import type { ParameterRow } from '../../law/parameters.js';
import type { Simulation } from '../../settlement/simulation/simulation.js';
import type { OpenBook } from './book.js';
import { errorsIn, sumOf } from './common-sheets.js';
import * as look from './look.js';
import { Sheet, type CellValue, type Column, type Formula, type TitleBlock } from './sheet.js';
import { SIMULATION_HEADING as HEAD, SIMULATION_TEXT } from './simulation-texts.js';
import type { TablePlan } from './table.js';
import { COMPONENT_EXPLANATION, COMPONENT_TEXT, MONTH_TEXT, TEXT } from './texts.js';

export interface SimulationOptions {
  /** Name of the file with the other law, without its folder. */
  readonly lawName: string;
  readonly lang: look.Lang;
}

/** A table whose rows are known: one for each OCMW and component, a few thousand at most. */
export interface PlannedRows {
  readonly plan: TablePlan;
  readonly rows: readonly (readonly CellValue[])[];
}

/** Title block of a sheet. */
export function simulationBlock(simulation: Simulation, { lawName, lang }: SimulationOptions, sheet: Text): TitleBlock {
  const { night, presentLawDigest, otherLawDigest } = simulation;
  const evening = night.businessDate.split('-').reverse().join('/');
  const { title } = SIMULATION_TEXT;
  const laws = [presentLawDigest, otherLawDigest].map((digest) => digest.slice(0, 12));
  return {
    lang,
    title: { nl: `${title.nl} – ${sheet.nl}`, en: `${title.en} – ${sheet.en}` },
    period: {
      nl: `Maanden ${monthsText(simulation, 'nl')}, gegevens van de nacht van ${evening}`,
      en: `Months ${monthsText(simulation, 'en')}, data of the night of ${evening}`,
    },
    status: 'SIMULATION',
    provenance:
      lang === 'nl'
        ? `Simulatie op ${night.runId} · huidige wet ${laws[0]} · andere wet ${lawName} (${laws[1]})`
        : `Simulation on ${night.runId} · present law ${laws[0]} · other law ${lawName} (${laws[1]})`,
  };
}

function monthsText({ firstMonth, lastMonth }: Simulation, lang: look.Lang): string {
  const name = (month: number) => `${MONTH_TEXT[month % 12]![lang]} ${Math.floor(month / 12)}`;
  return firstMonth === lastMonth ? name(firstMonth) : `${name(firstMonth)} – ${name(lastMonth)}`;
}

/** Characters of a line of text across the overview. */
const NOTE_WIDTH = 92;

/** The overview per component, with the notes under it: who reads the amounts must have read them. */
export function writeSimulationNotes(
  book: OpenBook,
  simulation: Simulation,
  options: SimulationOptions,
  { plan, rows }: PlannedRows,
): void {
  const { lang } = options;
  const sheet = open(book, simulation, options, plan.name, plan.fitted(lang));
  sheet.header(plan.parts[0]!);
  for (const row of rows) sheet.add(row);
  if (rows.length === 0) sheet.section(TEXT.noLines[lang]);
  for (const note of [SIMULATION_TEXT.knowledge, ...simulation.notes]) {
    sheet.add([]);
    for (const part of wrapped(note[lang])) sheet.section(part);
  }
  sheet.finish();
}

function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line.length + word.length < NOTE_WIDTH) lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const PARAMETER_COLUMNS: readonly Column[] = [
  { heading: HEAD.parameter, width: 24, kind: 'text' },
  { heading: HEAD.description, width: 44, kind: 'long' },
  { heading: HEAD.presentValue, width: 26, kind: 'long' },
  { heading: HEAD.otherValue, width: 26, kind: 'long' },
  { heading: HEAD.rules, width: 24, kind: 'long' },
  { heading: HEAD.presentSource, width: 44, kind: 'long' },
  { heading: HEAD.otherSource, width: 40, kind: 'long' },
];

/** What the other law changes, with rules and sources. */
export function writeSimulationParameters(book: OpenBook, simulation: Simulation, options: SimulationOptions): void {
  const { lang } = options;
  const sheet = open(book, simulation, options, SIMULATION_TEXT.sheets.parameters, PARAMETER_COLUMNS);
  sheet.header({ rows: simulation.parameters.length, totals: [] });
  for (const { present, other } of simulation.parameters) {
    sheet.add([
      present.key,
      present.description[lang],
      valueText(present, lang),
      valueText(other, lang),
      present.ruleIds.join(', '),
      present.source[lang],
      other.source[lang],
    ]);
  }
  if (simulation.parameters.length === 0) sheet.section(SIMULATION_TEXT.noParameters[lang]);
  sheet.finish();
}

/** `250,00 vanaf 01/01/2017; 260,00 vanaf 01/01/2026`. */
function valueText({ values }: ParameterRow, lang: look.Lang): string {
  if (values.length === 0) return TEXT.noValue[lang];
  const locale = lang === 'nl' ? 'nl-BE' : 'en-GB';
  return values
    .map(({ from, value, cents }) => {
      if (cents === undefined) return value;
      const amount = (cents / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
      if (from === undefined) return amount;
      return `${amount} ${lang === 'nl' ? 'vanaf' : 'from'} ${from.split('-').reverse().join('/')}`;
    })
    .join('; ');
}

const CHECK_COLUMNS: readonly Column[] = [
  { heading: HEAD.checkNumber, width: 19, kind: 'year' },
  { heading: HEAD.check, width: 70, kind: 'long' },
  { heading: HEAD.left, width: 18, kind: 'euro' },
  { heading: HEAD.right, width: 18, kind: 'euro' },
  { heading: HEAD.checkDifference, width: 14, kind: 'euro' },
  { heading: HEAD.verdict, width: 12, kind: 'verdict' },
];

interface Tables {
  readonly overview: PlannedRows;
  readonly ocmws: PlannedRows;
  readonly detail: PlannedRows;
}

interface Check {
  readonly what: Text;
  readonly unit: 'euro' | 'count';
  readonly left: Formula;
  readonly right: Formula | number;
}

/** Whether the sheets say the same as each other and as the program that added up. */
export function writeSimulationChecks(
  book: OpenBook,
  simulation: Simulation,
  options: SimulationOptions,
  tables: Tables,
): void {
  const { lang } = options;
  const verdict = (good: boolean) => TEXT[good ? 'correct' : 'wrong'][lang];
  const formats = [true, false].map((good, index) => ({
    column: CHECK_COLUMNS.length - 1,
    rule: {
      ...({ type: 'cellIs', operator: 'equal', priority: index + 1 } as const),
      formulae: [`"${verdict(good)}"`],
      style: good ? look.GOOD_FORMAT : look.BAD_FORMAT,
    },
  }));
  const block = simulationBlock(simulation, options, SIMULATION_TEXT.sheets.checks);
  const sheet = new Sheet(book, block, SIMULATION_TEXT.sheets.checks[lang], CHECK_COLUMNS, { plain: true, formats });
  const checks = checksOf(simulation, tables, lang);
  sheet.header({ rows: checks.length, totals: [] });
  for (const [index, { what, unit, left, right }] of checks.entries()) {
    const off = Number(left.result) - Number(typeof right === 'number' ? right : right.result);
    const kinds = ['year', 'long', unit, unit, unit, 'verdict'] as const;
    const difference = { formula: (row: number) => `C${row}-D${row}`, result: off };
    const judged = {
      formula: (row: number) => `IF(ROUND(E${row},2)=0,"${verdict(true)}","${verdict(false)}")`,
      result: verdict(off === 0),
    };
    sheet.add([index + 1, what[lang], left, right, difference, judged], kinds);
  }
  sheet.finish();
}

function checksOf({ total }: Simulation, { overview, ocmws, detail }: Tables, lang: look.Lang): Check[] {
  const sum = ({ plan }: PlannedRows, column: number) => sumOf(plan, lang, column);
  const about = (heading: { readonly title: Text }, nl: string, en: string): Text => ({
    nl: `${heading.title.nl}: ${nl}`,
    en: `${heading.title.en}: ${en}`,
  });
  const columns = [
    { heading: HEAD.present, inOverview: 2, inOcmws: 3, cents: total.presentCents },
    { heading: HEAD.other, inOverview: 3, inOcmws: 4, cents: total.otherCents },
    { heading: HEAD.difference, inOverview: 4, inOcmws: 5, cents: total.differenceCents },
  ];
  const money = columns.flatMap(({ heading, inOverview, inOcmws, cents }): Check[] => [
    {
      what: about(heading, 'som van de onderdelen = som van de OCMW’s', 'sum of the components = sum of the OCMWs'),
      unit: 'euro',
      left: sum(overview, inOverview),
      right: sum(ocmws, inOcmws),
    },
    {
      what: about(heading, 'som van het detail = som van het programma', 'sum of the detail = sum of the program'),
      unit: 'euro',
      left: sum(detail, inOcmws),
      right: cents,
    },
  ]);
  const errors = errorsIn([overview.plan, ocmws.plan, detail.plan], lang);
  const what = { nl: 'Cellen met een fout in dit werkboek', en: 'Cells with an error in this workbook' };
  return [...money, { what, unit: 'count', left: errors, right: 0 }];
}

const EXPLANATION_COLUMNS: readonly Column[] = [
  { heading: HEAD.sheet, width: 26, kind: 'text' },
  { heading: HEAD.column, width: 28, kind: 'text' },
  { heading: HEAD.meaning, width: 96, kind: 'long' },
];

/** What each column means, and each component that stands in the amounts. */
export function writeSimulationExplanation(
  book: OpenBook,
  simulation: Simulation,
  options: SimulationOptions,
  tables: readonly TablePlan[],
): void {
  const { lang } = options;
  const sheet = open(book, simulation, options, SIMULATION_TEXT.sheets.explanation, EXPLANATION_COLUMNS);
  sheet.header({ rows: 0, totals: [] });
  const parameters = { name: SIMULATION_TEXT.sheets.parameters, columns: PARAMETER_COLUMNS };
  for (const { name, columns } of [...tables, parameters]) {
    sheet.section(name[lang]);
    for (const { heading } of columns) sheet.add([name[lang], heading.title[lang], heading.explain[lang]]);
  }
  sheet.section(SIMULATION_TEXT.notes[lang]);
  for (const note of [SIMULATION_TEXT.knowledge, ...simulation.notes]) sheet.add(['', '', note[lang]]);
  sheet.section(HEAD.component.title[lang]);
  for (const { component } of simulation.components) {
    sheet.add([component, COMPONENT_TEXT[component][lang], COMPONENT_EXPLANATION[component][lang]]);
  }
  sheet.finish();
}

function open(
  book: OpenBook,
  simulation: Simulation,
  options: SimulationOptions,
  name: Text,
  columns: readonly Column[],
): Sheet {
  const block = simulationBlock(simulation, options, name);
  return new Sheet(book, block, name[options.lang], columns, { plain: true });
}
