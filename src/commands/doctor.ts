/** `twe doctor`: checks without a database; says what would go wrong and what to do. */
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { formatDay } from '../calendar.js';
import { businessDateToday } from '../clock.js';
import { EXIT, Failure } from '../errors.js';
import { filesOfName } from '../feeds/assign.js';
import { checkFile, contractFiles, type CheckedColumn, type FileCheck } from '../feeds/check-file.js';
import { contractOf } from '../feeds/contracts.js';
import { isFileOf, type FeedMapping } from '../feeds/mapping.js';
import { settingsOf, type CommonOptions } from './options.js';
import { amount, createTerminal } from './terminal.js';

export interface DoctorOptions extends Pick<CommonOptions, 'config' | 'json'> {
  readonly feed?: string;
  readonly as?: string;
}

/**
 * Checks a file of a delivery. Throws a Failure: exit 2 when it is not clear what to check, 3 when the file, or a row of it,
 * would not be taken in (after the result was printed).
 */
export async function doctorCommand(options: DoctorOptions): Promise<void> {
  const settings = settingsOf(options);
  if (options.feed === undefined) {
    throw new Failure(EXIT.usage, 'say what to check: twe doctor --feed FILE checks a file of a delivery.');
  }
  const path = resolve(options.feed);
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
