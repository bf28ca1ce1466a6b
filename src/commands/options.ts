/** What the commands share: where options, environment, configuration and database come together. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { day, formatDay, parseDay, type Day } from '../calendar.js';
import { businessDateToday } from '../clock.js';
import { loadConfig, loadSettings, type Config, type Settings } from '../config.js';
import { openDatabase, type Database, type OpenOptions } from '../db/database.js';
import { onCopy } from '../db/rehearsal.js';
import { EXIT, Failure } from '../errors.js';
import { explainWriteError } from '../exports/publish.js';
import { lastDeliveryDate } from '../feeds/deliveries.js';
import { maskInszIn } from '../identifiers.js';
import { rememberLog } from '../log.js';

export interface CommonOptions {
  readonly config?: string;
  readonly feeds?: string;
  readonly out?: string;
  readonly date?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Configuration of a command that reads feeds. */
export function configOf(options: CommonOptions): Config {
  const config = loadConfig({
    configFile: options.config,
    feeds: options.feeds,
    out: options.out,
    cwd: process.cwd(),
    env: process.env,
  });
  rememberLog(config.log);
  return config;
}

/** Configuration of a command that reads none. */
export function settingsOf(options: CommonOptions): Settings {
  const settings = loadSettings({ configFile: options.config, cwd: process.cwd(), env: process.env });
  rememberLog(settings.log);
  return settings;
}

/** A name or reason that somebody typed and that is kept for good. Throws a Failure (exit 2) when it says nothing. */
export function saidIn(option: string, text: string): string {
  const said = text.trim();
  if (said === '' || maskInszIn(said) !== said) {
    const problem = said === '' ? 'is empty' : 'holds a national number';
    throw new Failure(EXIT.usage, `${option} ${problem}: write who or why in words. Nothing was changed.`);
  }
  return said;
}

/** The business date: `--date`, the date of the last delivery of the fixtures, or today in Brussels. */
export async function businessDateOf(options: CommonOptions, config: Config, option = '--date'): Promise<Day> {
  const today = businessDateToday();
  if (options.date === undefined) {
    if (!config.usesFixtures) return today;
    const last = await lastDeliveryDate(config.feedsSource);
    return last === undefined ? today : day(last);
  }
  const asked = parseDay(options.date);
  if (asked === undefined) {
    throw new Failure(
      EXIT.usage,
      `${option} ${options.date} is not a date. Write it as YYYY-MM-DD, for example 2024-04-15.`,
    );
  }
  if (asked > today) {
    throw new Failure(
      EXIT.usage,
      `${option} ${options.date} lies in the future (today is ${formatDay(today)} in Brussels); nothing was done. Use that day or an earlier one.`,
    );
  }
  return asked;
}

/** The day from which somebody's word counts: `--date`, or today. */
export function dayAsked({ date }: CommonOptions): Day {
  const today = businessDateToday();
  if (date === undefined) return today;
  const asked = parseDay(date);
  if (asked === undefined) throw new Failure(EXIT.usage, `--date ${date} is not a date. Write it as YYYY-MM-DD.`);
  if (asked > today) {
    throw new Failure(
      EXIT.usage,
      `--date ${date} lies in the future (today is ${formatDay(today)}); nothing was changed.`,
    );
  }
  return asked;
}

/**
 * Makes sure, before anything is done, that documents and log can be written. Throws a Failure (exit 2) that says what is in
 * the way.
 */
export function prepareFolders(config: Config): void {
  const { out, feedsSource, log } = config;
  if (resolve(out) === resolve(feedsSource)) {
    throw new Failure(
      EXIT.usage,
      `The output folder ${out} is the feed folder: documents would lie among the deliveries. Choose another one with --out.`,
    );
  }
  try {
    refuseUnwritable(out);
  } catch (error) {
    throw explainWriteError(error, out);
  }
  if (log.file === undefined) return;
  try {
    mkdirSync(dirname(log.file), { recursive: true });
    closeSync(openSync(log.file, 'a'));
  } catch (error) {
    throw new Failure(
      EXIT.usage,
      `The log ${log.file} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}); nothing was done. Set ` +
        'log.file in the configuration to a file in a folder that may be written.',
      { cause: error },
    );
  }
}

/** Throws what the file system would say when a folder were made, without making it. */
function refuseUnwritable(folder: string): void {
  let present = folder;
  while (!existsSync(present) && dirname(present) !== present) present = dirname(present);
  if (!statSync(present).isDirectory()) throw Object.assign(new Error(present), { code: 'ENOTDIR' });
  accessSync(present, constants.W_OK | constants.X_OK);
}

/** Opens the database of the settings for some work and closes it afterwards, whatever happens. */
export async function withDatabase<T>(
  settings: Settings,
  work: (database: Database) => Promise<T>,
  onNotice?: (text: string) => void,
): Promise<T> {
  const database = await openDatabase(openOptions(settings, onNotice));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Does some work on a copy of the database and in a folder of documents that are both gone afterwards. */
export async function withCopy<T>(
  config: Config,
  work: (database: Database, config: Config) => Promise<T>,
  onNotice?: (text: string) => void,
): Promise<T> {
  const out = mkdtempSync(join(tmpdir(), 'twe-dry-run-'));
  try {
    return await onCopy(openOptions(config, onNotice), (database) =>
      // Nothing is fetched either: the inbox is looked at as it is.
      work(database, { ...config, out, feedsSources: [] }),
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** How the database of the settings is opened. */
export function openOptions({ databaseUrl, home }: Settings, onNotice?: (text: string) => void): OpenOptions {
  return { databaseUrl, home, ...(onNotice ? { onNotice } : {}) };
}
