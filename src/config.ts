/**
 * The configuration: environment, one JSON file and the options of the command line, read once. All faults are told
 * together. Secrets come from the environment only and appear in no message.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { AccountMapping } from './config/account-mapping.js';
import { alertOf, incompleteMail, type AlertSettings } from './config/alerts.js';
import { noConfigFile, readConfigFile, type ConfigFile } from './config/file.js';
import type { ConfigValues } from './config/keys.js';
import { faultsOfKey, missingKey, PSEUDONYM_KEY } from './config/pseudonym-key.js';
import { timetableOf, type RetentionTerms, type Timetable } from './config/schedule.js';
import { sourcesIn, type SourceSettings } from './config/sources.js';
import { packageRoot } from './db/package-root.js';
import { EXIT, Failure } from './errors.js';
import type { GuardLimits } from './feeds/guards.js';
import type { FeedMapping } from './feeds/mapping.js';
import { describeFaults, type Fault } from './law/keys/faults.js';
import { shown } from './law/keys/kinds.js';
import { NO_LEDGER_MAP, type LawOverrides, type LedgerMap } from './law/keys.js';
import type { Law } from './law/law.js';
import { buildLaw, canonicalLaw } from './law/resolve.js';
import { LOG_LEVELS, type LogLevel } from './log.js';
import { secretsIn } from './config/secrets.js';
import { neverTell } from './safe-error.js';

export interface ConfigRequest {
  /** `--config`, relative to `cwd`. */
  readonly configFile?: string | undefined;
  /** `--feeds`, relative to `cwd`; wins over `feeds.source`. */
  readonly feeds?: string | undefined;
  /** `--out`, relative to `cwd`; wins over `out`. */
  readonly out?: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Who pays, in payment files. */
export interface Debtor {
  readonly name: string;
  /** Belgian, without spaces. */
  readonly iban: string;
  readonly bic: string;
}

/** What a claim letter says and no law: without it no letter is written. */
export interface LetterSettings {
  /** Name and address of the sender, line by line; may be empty. */
  readonly sender: readonly string[];
  readonly paymentDays: number | undefined;
  /** Where to go with questions. */
  readonly contact: string | undefined;
  /** How to contest a claim. */
  readonly contest: string | undefined;
}

/** How an account of an OCMW is read and compared. */
export interface ReconcileSettings {
  readonly account: AccountMapping;
  /** How far a booking may lie off when only amount and date say what it is. */
  readonly days: number;
  readonly year: 'PAID' | 'PERIOD';
}

/** What every command needs. All paths are absolute. */
export interface Settings {
  /** The file that was read; undefined without one. */
  readonly configFile: string | undefined;
  /** The feeds and the file are those that come with the program. */
  readonly usesFixtures: boolean;
  readonly out: string;
  /** Undefined: the embedded database in `home`. A secret: for the driver only. */
  readonly databaseUrl: string | undefined;
  /** `TWE_HOME`: data of the embedded database and keys made once. */
  readonly home: string;
  /** As given in the environment: `pseudonymKey` in src/config tells what holds. A secret. */
  readonly pseudonymKey: string | undefined;
  readonly approvalRequired: boolean;
  readonly approvers: readonly string[];
  readonly requireManifest: boolean;
  readonly exportsNightly: 'ALL' | 'CHANGED';
  /** Undefined: no payment files are written. */
  readonly debtor: Debtor | undefined;
  readonly letter: LetterSettings;
  /** Passwords of the monthly statements. */
  readonly statementPasswordsFile: string | undefined;
  /** How sources write files otherwise than the contract. */
  readonly mapping: FeedMapping;
  /** How accounts of OCMWs are compared with the ledger. */
  readonly reconcile: ReconcileSettings;
  readonly guard: GuardLimits;
  readonly timetable: Timetable;
  readonly retention: RetentionTerms;
  /** How long a run may be silent before another one takes over. */
  readonly leaseSeconds: number;
  readonly alert: AlertSettings;
  /** Undefined: no metrics are written. */
  readonly metricsFile: string | undefined;
  readonly log: { readonly level: LogLevel; readonly file: string | undefined };
  readonly ledgerMap: LedgerMap;
  readonly law: Law;
  readonly lawOverrides: LawOverrides;
  /** sha256 of the law in force: the same law, the same digest. */
  readonly lawDigest: string;
}

/** Settings of a command that reads feeds. */
export interface Config extends Settings {
  /** Where deliveries are read: `feeds.source`, or the inbox when there are sources. */
  readonly feedsSource: string;
  /** What is fetched into `feedsSource` before it is read; empty when that is read as it lies there. */
  readonly feedsSources: readonly SourceSettings[];
}

const DEFAULT_FILE = 'twe.config.json';
const DEFAULT_HOME = '.twe';

/**
 * Configuration of a command that reads feeds. Without a file, feeds and database: the fixtures of the program.
 * Throws a Failure (exit 2) that lists every fault, one a line.
 */
export function loadConfig(request: ConfigRequest): Config {
  const { settings, feedsSource, feedsSources, faults: found } = load(request);
  const faults = [...found, ...missingKey(settings)];
  if (faults.length > 0 || feedsSource === undefined) {
    const isMissing = feedsSource === undefined && !faults.some(({ key }) => key === 'feeds.sources');
    throw failure(settings, isMissing ? [...faults, noFeeds(settings)] : faults);
  }
  return { ...settings, feedsSource, feedsSources };
}

/** Configuration of a command that reads no feeds. Throws a Failure (exit 2) that lists every fault. */
export function loadSettings(request: ConfigRequest): Settings {
  const { settings, faults } = load(request);
  if (faults.length > 0) throw failure(settings, faults);
  return settings;
}

interface Loaded {
  readonly settings: Settings;
  readonly feedsSource: string | undefined;
  readonly feedsSources: readonly SourceSettings[];
  readonly faults: readonly Fault[];
}

function load(request: ConfigRequest): Loaded {
  const { cwd, env } = request;
  const { path, usesFixtures } = findFile(request);
  const file = path === undefined ? noConfigFile(cwd) : readConfigFile(path);
  const environment = readEnvironment(request);
  const out =
    request.out === undefined ? (usesFixtures ? join(cwd, 'out') : file.values.out) : resolve(cwd, request.out);
  const logLevel = environment.logLevel ?? file.values['log.level'] ?? (file.values['log.file'] ? 'info' : 'warn');
  const settings: Settings = {
    configFile: path,
    usesFixtures,
    out,
    databaseUrl: env['DATABASE_URL'] || undefined,
    home: resolve(cwd, env['TWE_HOME'] || DEFAULT_HOME),
    pseudonymKey: env[PSEUDONYM_KEY]?.trim() || undefined,
    log: { level: logLevel, file: file.values['log.file'] },
    timetable: timetableOf(file.values, env, retentionOf(file.values)),
    retention: retentionOf(file.values),
    alert: alertOf(file.values, env),
    ...fromFile(file.values),
    ...lawOf(file),
  };
  neverTell(secretsIn(env, file.values['feeds.sources']));
  const faults = [
    ...environment.faults,
    ...file.faults,
    ...incompleteDebtor(file),
    ...doubledSource(file),
    ...incompleteMail(file, env),
  ];
  return { settings, ...feedsOf(request, settings, file), faults };
}

/** `--feeds` is read as it lies there, whatever the file says. */
function feedsOf({ feeds, cwd }: ConfigRequest, { configFile, home }: Settings, { values }: ConfigFile) {
  if (feeds !== undefined) return { feedsSource: resolve(cwd, feeds), feedsSources: [] };
  const sources = values['feeds.sources'];
  if (sources.length === 0) return { feedsSource: values['feeds.source'], feedsSources: [] };
  const folder = configFile === undefined ? cwd : dirname(configFile);
  return {
    feedsSource: values['feeds.inbox'] ?? join(home, 'inbox'),
    feedsSources: sourcesIn(folder, sources),
  };
}

function doubledSource({ values }: ConfigFile): Fault[] {
  if (values['feeds.source'] === undefined || values['feeds.sources'].length === 0) return [];
  const allowed = 'Give feeds.source for a folder that is read as it lies there, or feeds.sources, not both.';
  return [{ key: 'feeds.source', problem: 'given beside feeds.sources', allowed }];
}

/** Which file holds: the one that was named, the one in the current folder, the fixtures, or none. */
function findFile({ configFile, feeds, cwd, env }: ConfigRequest): { path: string | undefined; usesFixtures: boolean } {
  if (configFile !== undefined) return { path: resolve(cwd, configFile), usesFixtures: false };
  const local = join(cwd, DEFAULT_FILE);
  if (existsSync(local)) return { path: local, usesFixtures: false };
  if (feeds !== undefined || env['DATABASE_URL']) return { path: undefined, usesFixtures: false };
  return { path: join(packageRoot, 'fixtures', DEFAULT_FILE), usesFixtures: true };
}

function fromFile(values: ConfigValues) {
  return {
    approvalRequired: values['approval.required'],
    approvers: values['approval.approvers'],
    requireManifest: values['feeds.require_manifest'],
    exportsNightly: values['exports.nightly'],
    mapping: values['feeds.mapping'],
    debtor: debtorOf(values),
    letter: {
      sender: values['letter.sender'],
      paymentDays: values['letter.payment_days'],
      contact: values['letter.contact'],
      contest: values['letter.contest'],
    },
    statementPasswordsFile: values['statement.passwords_file'],
    reconcile: {
      account: values['reconcile.account'],
      days: values['reconcile.days'],
      year: values['reconcile.year'],
    },
    guard: {
      maxRejectRatio: values['guard.max_reject_ratio'],
      maxShrinkRatio: values['guard.max_shrink_ratio'],
      maxOpenChangeRatio: values['guard.max_open_change_ratio'],
      maxLawChangeRatio: values['guard.max_law_change_ratio'],
      minRows: values['guard.min_rows'],
    },
    leaseSeconds: values['lease.seconds'],
    metricsFile: values['metrics.file'],
  };
}

function retentionOf(values: ConfigValues): RetentionTerms {
  return {
    identityMonths: values['retention.identity_months'],
    originalsMonths: values['retention.originals_months'],
    exportsMonths: values['retention.exports_months'],
  };
}

const DEBTOR_KEYS = ['payment.debtor_name', 'payment.debtor_iban', 'payment.debtor_bic'] as const;

function debtorOf(values: ConfigValues): Debtor | undefined {
  const [name, iban, bic] = DEBTOR_KEYS.map((key) => values[key]);
  return name === undefined || iban === undefined || bic === undefined ? undefined : { name, iban, bic };
}

/** One of the keys of the debtor asks for the others; one that was given wrongly is no missing one. */
function incompleteDebtor({ values, faults }: ConfigFile): Fault[] {
  const missing = DEBTOR_KEYS.filter((key) => values[key] === undefined && !faults.some((fault) => fault.key === key));
  if (missing.length === 0 || missing.length === DEBTOR_KEYS.length) return [];
  const allowed = `A payment file needs ${DEBTOR_KEYS.join(', ')}: give all of them, or none.`;
  return missing.map((key) => ({ key, problem: 'missing', allowed }));
}

function lawOf({ overrides }: ConfigFile) {
  return {
    law: buildLaw(overrides),
    lawOverrides: overrides,
    lawDigest: createHash('sha256').update(canonicalLaw(overrides)).digest('hex'),
    ledgerMap: overrides['ledger.map'] ?? NO_LEDGER_MAP,
  };
}

function readEnvironment({ env }: ConfigRequest): { logLevel: LogLevel | undefined; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const level = env['TWE_LOG_LEVEL'] || undefined;
  const logLevel = LOG_LEVELS.find((known) => known === level);
  if (level !== undefined && logLevel === undefined) {
    const allowed = `Write one of ${LOG_LEVELS.join(', ')}.`;
    faults.push({ key: 'TWE_LOG_LEVEL', problem: `${shown(level)} is not a level of the log`, allowed });
  }
  const url = env['DATABASE_URL'] || undefined;
  if (url !== undefined && !/^postgres(ql)?:\/\//.test(url)) {
    const allowed = 'Write postgresql://user@host:5432/database, or leave it out for the embedded database.';
    faults.push({ key: 'DATABASE_URL', problem: 'not the address of a PostgreSQL database', allowed });
  }
  faults.push(...faultsOfKey(env[PSEUDONYM_KEY]?.trim()));
  return { logLevel, faults };
}

function noFeeds({ databaseUrl }: Settings): Fault {
  const problem = databaseUrl === undefined ? 'missing' : 'missing, and the fixtures never go into DATABASE_URL';
  const allowed =
    'Name the folder with the deliveries, or where they are fetched from (feeds.sources), in the configuration file, or give --feeds DIR.';
  return { key: 'feeds.source', problem, allowed };
}

function failure({ configFile }: Settings, faults: readonly Fault[]): Failure {
  const where = configFile === undefined ? '' : ` in ${configFile}`;
  return new Failure(EXIT.usage, describeFaults(`Wrong configuration${where}; nothing was done.`, faults));
}
