/** `twe doctor`: looks before a night does; says what would go wrong and what to do. */
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { formatDay } from '../calendar.js';
import { businessDateToday } from '../clock.js';
import { EXIT, Failure } from '../errors.js';
import { filesOfName } from '../feeds/assign.js';
import { checkFile, contractFiles, type CheckedColumn, type FileCheck } from '../feeds/check-file.js';
import { contractOf } from '../feeds/contracts.js';
import { isFileOf, type FeedMapping } from '../feeds/mapping.js';
import type { Config } from '../config.js';
import { clean, sentenceOf } from '../safe-error.js';
import { exitCodeOfAll, type Diagnosis } from '../watch/doctor/diagnosis.js';
import { lookAtEverything, wrongConfiguration } from '../watch/doctor/look.js';
import { configOf, settingsOf, type CommonOptions } from './options.js';
import { amount, createTerminal } from './terminal.js';

export interface DoctorOptions extends Pick<CommonOptions, 'config' | 'json'> {
  readonly feed?: string;
  readonly as?: string;
}

/** With `--feed` one file of a delivery, else everything that a night needs. */
export async function doctorCommand(options: DoctorOptions): Promise<void> {
  if (options.feed !== undefined) return checkFeed(options.feed, options);
  if (options.as !== undefined) {
    throw new Failure(EXIT.usage, '--as says how a file is read: name that file with --feed.');
  }
  await lookAround(options);
}

/**
 * Throws a Failure after the result was printed: exit 2 when something must be configured otherwise (or the database cannot be
 * used), 4 when a check did not hold in the last run, 1 for the surroundings (disk, clock, time zone data, mail server).
 */
async function lookAround(options: DoctorOptions): Promise<void> {
  const terminal = createTerminal(false);
  const diagnoses = await diagnose(options);
  const exitCode = exitCodeOfAll(diagnoses);
  if (options.json) terminal.print(JSON.stringify({ version: 1, exitCode, diagnoses }, null, 2));
  else for (const diagnosis of diagnoses) terminal.print(diagnosisLine(diagnosis));
  if (exitCode === EXIT.done) return;
  const count = diagnoses.filter(({ level }) => level === 'FAIL').length;
  const what = count === 1 ? '1 thing must' : `${count} things must`;
  throw new Failure(exitCode, `${what} be put right before a night can be trusted: see FAIL.`);
}

async function diagnose(options: DoctorOptions): Promise<readonly Diagnosis[]> {
  let config: Config;
  try {
    config = configOf(options);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return wrongConfiguration(sentenceOf(error));
  }
  return lookAtEverything({ config, env: process.env, today: businessDateToday() });
}

/** `OK    database        PostgreSQL 18.4, ...  what to do` */
function diagnosisLine({ level, about, found, toDo }: Diagnosis): string {
  const line = `${level.padEnd(4)}  ${about.padEnd(15)}  ${clean(found)}`;
  return toDo === undefined ? line : `${line.replace(/\.$/, '')}. ${clean(toDo)}`;
}

/**
 * Checks a file of a delivery. Throws a Failure: exit 2 when it is not clear what to check, 3 when the file, or a row of it,
 * would not be taken in (after the result was printed).
 */
async function checkFeed(feed: string, options: DoctorOptions): Promise<void> {
  const settings = settingsOf(options);
  const path = resolve(feed);
  refuseOther(path);
  const name = basename(path);
  const contract = contractOf(readAs(name, options.as, settings.mapping))!;
  const mapping = settings.mapping.get(contract.file);
  // Whoever names the file of the contract means its mapping; else a file under the name of the contract may need none.
  const used = mapping !== undefined && (options.as !== undefined || isFileOf(mapping, name)) ? mapping : undefined;
  const check = await checkFile({ path, name, contract, mapping: used, date: formatDay(businessDateToday()) });
  const terminal = createTerminal(false);
  if (options.json) terminal.print(JSON.stringify({ version: 1, ...check }, null, 2));
  else for (const line of shownCheck(check)) terminal.print(line);
  if (check.refused !== undefined) {
    throw new Failure(EXIT.refused, `${name} would be refused, and the delivery with it: ${check.refused}.`);
  }
  if (check.bad > 0) {
    throw new Failure(
      EXIT.refused,
      `${name}: ${amount(check.bad)} of ${amount(check.rows)} rows would be set aside; correct them, or the mapping.`,
    );
  }
}

function refuseOther(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return;
  const problem = found === undefined ? 'does not exist' : 'is no plain file';
  throw new Failure(EXIT.usage, `${path} ${problem}; name a file of a delivery with --feed.`);
}

function readAs(name: string, as: string | undefined, mapping: FeedMapping): string {
  const known = contractFiles().join(', ');
  if (as !== undefined) {
    const file = as.endsWith('.csv') ? as : `${as}.csv`;
    if (contractOf(file) !== undefined) return file;
    throw new Failure(EXIT.usage, `--as ${as} is no file of the contract. Those are: ${known}.`);
  }
  const files = filesOfName(name, mapping);
  if (files.length === 1) return files[0]!;
  const problem =
    files.length === 0 ? 'is neither a file of the contract nor one of feeds.mapping' : 'can be several files';
  throw new Failure(EXIT.usage, `${name} ${problem}; say which it is with --as, one of: ${known}.`);
}

function shownCheck(check: FileCheck): string[] {
  const how = check.mapped ? 'with feeds.mapping' : 'as the contract writes it';
  return [
    `${check.file} read as ${check.readAs}, ${how}`,
    ...(check.refused === undefined ? [] : [`  REFUSED     ${check.refused}`]),
    ...columnLines(check.columns),
    ...(check.unread.length > 0 ? [`  not read    ${check.unread.join(', ')}`] : []),
    ...check.firstRows.flatMap(({ line, values }) => [
      `  line ${line}`,
      ...Object.entries(values).map(([column, value]) => `    ${column.padEnd(20)} ${value}`.trimEnd()),
    ]),
    `  rows        ${amount(check.rows)}: ${amount(check.good)} good, ${amount(check.bad)} bad`,
    ...check.faultCounts.map(({ column, code, rows }) => `    ${amount(rows)} x ${`${column} ${code}`.trim()}`),
    ...check.faults.map(({ message }) => `  ${message}`),
    '  What rows refer to (OCMW, WEO) is only known at night and was not looked up.',
  ];
}

function columnLines(columns: readonly CheckedColumn[]): string[] {
  const renamed = columns.filter(({ column, source }) => source !== undefined && source !== column);
  const fixed = columns.filter(({ source, constant }) => source === undefined && (constant ?? '') !== '');
  const empty = columns.filter(({ source, constant }) => source === undefined && constant === '');
  const missing = columns.filter(({ source, constant }) => source === undefined && constant === undefined);
  const names = (list: readonly CheckedColumn[]) => list.map(({ column }) => column).join(', ');
  return [
    ...(missing.length > 0 ? [`  missing     ${names(missing)}`] : []),
    ...(empty.length > 0 ? [`  stay empty  ${names(empty)}`] : []),
    ...renamed.map(({ column, source }) => `  column      ${column} is ${source}`),
    ...fixed.map(({ column, constant }) => `  constant    ${column} is ${constant}`),
  ];
}
