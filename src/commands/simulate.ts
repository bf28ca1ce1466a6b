/** `twe simulate`: what some months would cost under other amounts or policies. Nothing is written in the database. */
import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { formatMonth } from '../calendar.js';
import type { Settings } from '../config.js';
import { writeSimulation } from '../exports/workbook/simulation.js';
import { enterpriseNumber } from '../exports/workbook/common-sheets.js';
import type { LawKeyName, LawOverrides } from '../law/keys.js';
import { buildLaw, canonicalLaw } from '../law/resolve.js';
import { carriedBy } from '../ledger/carried.js';
import { valuesText } from '../settlement/simulation/changed-parameters.js';
import { readLawFile } from '../settlement/simulation/law-file.js';
import { readMonths } from '../settlement/simulation/period.js';
import { simulate } from '../settlement/simulation/simulate.js';
import {
  describeSimulation,
  type Effect,
  type NamedLaw,
  type Simulation,
} from '../settlement/simulation/simulation.js';
import { settingsOf, withDatabase, type CommonOptions } from './options.js';
import { amount, createTerminal } from './terminal.js';

export interface SimulateCommandOptions extends CommonOptions {
  readonly law: string;
  readonly from: string;
  readonly to?: string;
  readonly all?: boolean;
  readonly lang?: string;
}

/** Throws a Failure (exit 2) for wrong months or a wrong law file, and whatever `simulate` and the documents throw. */
export async function simulateCommand(options: SimulateCommandOptions): Promise<void> {
  const months = readMonths(options.from, options.to);
  const settings = settingsOf(options);
  const fromFile = readLawFile(resolve(options.law));
  const present = presentLaw(settings);
  const other = otherLaw({ ...settings.lawOverrides, ...fromFile });
  const simulated = await withDatabase(settings, (database) =>
    simulate(database, withHistory(present), withHistory(other), months),
  );
  const fileKeys = Object.keys(fromFile) as LawKeyName[];
  const simulation = describeSimulation(simulated, months, present, other, fileKeys);
  const files =
    options.out === undefined
      ? []
      : await writeSimulation(resolve(options.out), simulation, {
          lawName: basename(options.law),
          lang: options.lang === 'en' ? 'en' : 'nl',
        });
  const terminal = createTerminal(false);
  if (options.json) terminal.print(JSON.stringify(asJson(simulation, files), null, 2));
  else for (const line of shown(simulation, files, options.all ?? false)) terminal.print(line);
}

function presentLaw({ law, lawOverrides, lawDigest }: Settings): NamedLaw {
  return { law, overrides: lawOverrides, digest: lawDigest };
}

function otherLaw(overrides: LawOverrides): NamedLaw {
  const digest = createHash('sha256').update(canonicalLaw(overrides)).digest('hex');
  return { law: buildLaw(overrides), overrides, digest };
}

function withHistory({ law }: NamedLaw) {
  return { law, carried: carriedBy(law) };
}

function asJson({ firstMonth, lastMonth, parameters, notes, ...rest }: Simulation, files: readonly string[]) {
  return {
    version: 1,
    simulation: 'nothing was booked or changed',
    from: formatMonth(firstMonth),
    to: formatMonth(lastMonth),
    parameters: parameters.map(({ present, other }) => ({
      key: present.key,
      present: present.values,
      other: other.values,
      rules: present.ruleIds,
      source: { present: present.source, other: other.source },
    })),
    notes,
    ...rest,
    files,
  };
}

function shown(simulation: Simulation, files: readonly string[], all: boolean): string[] {
  const { firstMonth, lastMonth, night, total, trajectories } = simulation;
  const ocmws = simulation.ocmws.filter(({ changedTrajectories }) => all || changedTrajectories > 0);
  const unchanged = simulation.ocmws.length - ocmws.length;
  return [
    `SIMULATION of ${formatMonth(firstMonth)} to ${formatMonth(lastMonth)}: nothing was booked or changed.`,
    `Known on the evening of ${night.businessDate} (${night.runId}). Amounts in euro; a measurement counts in its month.`,
    ...parameterLines(simulation),
    ...simulation.notes.map(({ en }) => `Note: ${en}`),
    '',
    line('', 'component', 'present law', 'other law', 'difference', 'trajectories that change'),
    ...ocmws.flatMap((ocmw) => group(`${enterpriseNumber(ocmw.ocmwId)} ${ocmw.name}`, ocmw, ocmw.components)),
    ...(unchanged > 0 ? [`(OCMWs in which nothing changes: ${amount(unchanged)}, shown with --all)`] : []),
    ...group('All OCMWs', total, simulation.components),
    '',
    `${amount(total.changedTrajectories)} of ${amount(trajectories)} trajectories change; difference ${money(total.differenceCents)} euro.`,
    ...files.map((file) => `Written: ${file}`),
  ];
}

function parameterLines({ parameters }: Simulation): string[] {
  if (parameters.length === 0) return ['The law file changes nothing: every value in it is the present one.'];
  return [
    'Other law:',
    ...parameters.map(({ present, other }) => {
      const values = [present, other].map((each) => valuesText(each, 'from') || 'no value');
      return `  ${present.key}: ${values.join(' -> ')}   [${present.ruleIds.join(', ')}]`;
    }),
  ];
}

function group(title: string, sum: Effect, components: readonly (Effect & { readonly component: string })[]): string[] {
  return [
    ...components.map((each, index) => effectLine(index === 0 ? title : '', each.component, each)),
    effectLine(components.length === 0 ? title : '', 'together', sum),
  ];
}

function effectLine(title: string, component: string, effect: Effect): string {
  const { presentCents, otherCents, differenceCents, changedTrajectories } = effect;
  const cells = [money(presentCents), money(otherCents), differenceCents === 0 ? '-' : money(differenceCents)] as const;
  return line(title, component, ...cells, changedTrajectories === 0 ? '-' : amount(changedTrajectories));
}

const TITLE_WIDTH = 40;

function line(title: string, component: string, present: string, other: string, difference: string, changed: string) {
  const shortened = title.length > TITLE_WIDTH ? `${title.slice(0, TITLE_WIDTH - 1)}…` : title;
  return (
    `${shortened.padEnd(TITLE_WIDTH)} ${component.padEnd(9)} ${present.padStart(15)} ${other.padStart(15)} ` +
    `${difference.padStart(14)} ${changed.padStart(13)}`
  ).trimEnd();
}

function money(cents: number): string {
  return (cents / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
