import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONFIG_KEY_NAMES, configKeyOf, type ConfigKeyName } from '../../src/config/keys.js';
import { loadConfig, loadSettings, type ConfigRequest } from '../../src/config.js';
import { day } from '../../src/calendar.js';
import { EXIT, Failure } from '../../src/errors.js';
import { resolveLaw } from '../../src/law/resolve.js';
import { keyOfTests } from '../support/key.js';

const POSTGRES = 'postgresql://clerk:hush@db.example:5432/twe';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'twe-config-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** Every key beside the law, with right values (as they come out) and wrong ones. */
const CASES: Record<ConfigKeyName, { readonly right: readonly unknown[]; readonly wrong: readonly unknown[] }> = {
  'feeds.source': { right: ['/feeds'], wrong: ['', 1, null, 'sftp://host/feeds'] },
  // What the sources themselves may hold: sources.test.ts.
  'feeds.sources': { right: [], wrong: [[], 'feeds', [{ kind: 'ftp' }], [{ kind: 'folder' }]] },
  'feeds.inbox': { right: [], wrong: ['', 7, 'sftp://host/inbox'] },
  'feeds.require_manifest': { right: [true, false], wrong: ['true', 0] },
  out: { right: ['/out'], wrong: ['', false, 's3://bucket'] },
  'approval.required': { right: [true, false], wrong: ['false', null] },
  'approval.approvers': { right: [[], ['An', 'Bram']], wrong: ['An', ['An', 'An'], [''], [1]] },
  'payment.debtor_name': { right: ['VDAB'], wrong: ['', ' ', 7, 'x'.repeat(71)] },
  'payment.debtor_iban': { right: ['BE32123456789002'], wrong: ['BE32123456789003', 'NL91ABNA0417164300', '', 1] },
  'payment.debtor_bic': { right: ['GKCCBEBB', 'GKCCBEBBXXX'], wrong: ['GKCCBEB', 'gkccbebb', 'GKCCBEBBX', ''] },
  'letter.sender': { right: [['VDAB', 'Laan 1']], wrong: [[], 'VDAB', ['VDAB', ''], [1]] },
  'letter.payment_days': { right: [1, 30], wrong: [0, 1.5, '30'] },
  'letter.contact': { right: ['Bel ons.'], wrong: ['', ' ', 7] },
  'letter.contest': { right: ['Schrijf ons.'], wrong: ['', null] },
  'statement.passwords_file': { right: ['/safe/passwords.csv'], wrong: ['', 7] },
  'exports.nightly': { right: ['ALL', 'CHANGED'], wrong: ['NONE', true] },
  'guard.max_reject_ratio': { right: [0, 0.02, 1], wrong: [-0.1, 1.1, '0.1'] },
  'guard.max_shrink_ratio': { right: [0, 0.2, 1], wrong: [2, null] },
  'guard.max_open_change_ratio': { right: [0, 0.2, 1], wrong: [2, null] },
  'guard.max_law_change_ratio': { right: [0, 0.05, 1], wrong: [-1, '5 %'] },
  'feeds.mapping': { right: [], wrong: [[], { 'x.csv': {} }, { 'weo.csv': { separator: ';;' } }] },
  'guard.min_rows': { right: [0, 500], wrong: [-1, 0.5, '500'] },
  'reconcile.account': {
    right: [],
    wrong: [[], { separator: ';;' }, { received: 'credit' }, { file: 'a' }, { sheet: '' }],
  },
  'reconcile.days': { right: [0, 60, 366], wrong: [-1, 367, '60'] },
  'reconcile.year': { right: ['PAID', 'PERIOD'], wrong: ['BOOKED', 2024] },
  'schedule.nightly': {
    right: ['21:30', '01:59', '03:01', '00:00'],
    wrong: ['24:00', '9:30', '02:00', '02:30', '03:00', 'off', 2130],
  },
  'schedule.monthly_statement': { right: ['23:15'], wrong: ['2:30', '02:59', 'never', false] },
  'schedule.retention': { right: ['23:45'], wrong: ['2:30', '03:00', 'never', false] },
  'retention.identity_months': { right: [1, 120], wrong: [0, 1.5, '12', 1201] },
  'retention.originals_months': { right: [1, 24], wrong: [0, 'never'] },
  'retention.exports_months': { right: [1, 84], wrong: [-1, null] },
  'lease.seconds': { right: [2, 3600], wrong: [1, 0.5, '60'] },
  'alert.command': { right: [['/bin/true'], ['page', '--team', 'twe']], wrong: ['page', [], [''], [1]] },
  'alert.command_seconds': { right: [1, 300], wrong: [0, 301, '20'] },
  'alert.mail_to': {
    right: [['a@b.be', 'c@d.be']],
    wrong: ['nobody', [], ['a@b.be', 'c d@e.be'], 'a@b.be\nBcc: c@d.be'],
  },
  'alert.mail_from': { right: ['twe@vdab.example'], wrong: ['', 'twe', 7] },
  'metrics.file': { right: ['/metrics/twe.prom'], wrong: ['', 7] },
  'log.level': { right: ['debug', 'silent'], wrong: ['loud', 1] },
  'log.file': { right: ['/var/log/twe.log'], wrong: ['', 7] },
};

const DEBTOR = {
  'payment.debtor_name': 'VDAB',
  'payment.debtor_iban': 'BE32123456789002',
  'payment.debtor_bic': 'GKCCBEBB',
};

const MAIL = { 'alert.mail_to': ['an@vdab.example'], 'alert.mail_from': 'twe@vdab.example' };

describe('every key of the configuration file', () => {
  it.each(CONFIG_KEY_NAMES)('%s takes its values and refuses others', (key) => {
    const base = { ...(key === 'feeds.source' ? {} : { 'feeds.source': 'feeds' }), ...DEBTOR, ...MAIL };
    for (const value of CASES[key].right) {
      const file = write('right.json', { ...base, [key]: value });
      expect(valueOf(key, load({ configFile: file }))).toEqual(value);
    }
    for (const value of CASES[key].wrong) {
      const file = write('wrong.json', { ...base, [key]: value });
      const { message, exitCode } = failureOf({ configFile: file, feeds: 'feeds' });
      expect([value, exitCode]).toEqual([value, EXIT.usage]);
      expect(message).toContain(`${key}: `);
      expect(message).toContain(`Write ${configKeyOf(key).kind.allowed}.`);
    }
  });

  it('has the defaults of the contract', () => {
    const config = load({ configFile: write('c.json', { 'feeds.source': 'feeds' }) });
    expect(config).toMatchObject({
      approvalRequired: true,
      approvers: [],
      requireManifest: false,
      exportsNightly: 'ALL',
      guard: { maxRejectRatio: 0.02, maxShrinkRatio: 0.2, minRows: 500 },
      log: { level: 'warn', file: undefined },
      ledgerMap: {},
      usesFixtures: false,
    });
    expect(config.law).toEqual(resolveLaw());
  });
});

describe('who pays', () => {
  const withKeys = (keys: object) => ({ configFile: write('c.json', { 'feeds.source': 'feeds', ...keys }) });

  it('is nobody without the keys, and has an account without spaces', () => {
    expect(load(withKeys({})).debtor).toBeUndefined();
    const spaced = { ...DEBTOR, 'payment.debtor_iban': 'be32 1234 5678 9002' };
    expect(load(withKeys(spaced)).debtor).toEqual({ name: 'VDAB', iban: 'BE32123456789002', bic: 'GKCCBEBB' });
  });

  it('is given whole or not at all', () => {
    const { message, exitCode } = failureOf(withKeys({ 'payment.debtor_iban': DEBTOR['payment.debtor_iban'] }));
    expect(exitCode).toBe(EXIT.usage);
    const needs =
      'A payment file needs payment.debtor_name, payment.debtor_iban, payment.debtor_bic: give all of them, or none.';
    expect(message.split('\n').slice(1)).toEqual([
      `payment.debtor_name: missing. ${needs}`,
      `payment.debtor_bic: missing. ${needs}`,
    ]);
  });

  it('is not said to miss what was given wrongly', () => {
    const { message } = failureOf(withKeys({ ...DEBTOR, 'payment.debtor_bic': 'bank' }));
    expect(message).toContain('payment.debtor_bic: "bank" is not allowed. Write a BIC (8 or 11 capitals and digits).');
    expect(message).not.toContain('missing');
  });
});

describe('where things lie', () => {
  it('paths of the file are relative to its folder, those of the command line to the current one', () => {
    const file = write('etc/twe.json', { 'feeds.source': '../feeds', 'log.file': 'twe.log' });
    expect(load({ configFile: 'etc/twe.json' })).toMatchObject({
      configFile: file,
      feedsSource: join(cwd, 'feeds'),
      out: join(cwd, 'etc', 'out'),
      home: join(cwd, '.twe'),
      log: { level: 'info', file: join(cwd, 'etc', 'twe.log') },
    });
    expect(load({ configFile: 'etc/twe.json', feeds: 'other', out: 'there', env: { TWE_HOME: 'home' } })).toMatchObject(
      {
        feedsSource: join(cwd, 'other'),
        out: join(cwd, 'there'),
        home: join(cwd, 'home'),
      },
    );
  });

  it('twe.config.json of the current folder is found by itself', () => {
    const file = write('twe.config.json', { 'feeds.source': 'deliveries' });
    expect(load()).toMatchObject({ configFile: file, feedsSource: join(cwd, 'deliveries'), usesFixtures: false });
  });

  it('without a file, feeds and database the fixtures hold, with out and home in the current folder', () => {
    const config = load();
    expect(config.usesFixtures).toBe(true);
    expect(config.configFile).toMatch(/fixtures\/twe\.config\.json$/);
    expect([config.out, config.home]).toEqual([join(cwd, 'out'), join(cwd, '.twe')]);
  });

  it('with feeds and without a file the law holds as it is', () => {
    const config = load({ feeds: 'feeds' });
    expect(config).toMatchObject({ configFile: undefined, usesFixtures: false, feedsSource: join(cwd, 'feeds') });
    expect([config.out, config.approvalRequired]).toEqual([join(cwd, 'out'), true]);
    expect(config.law.amount.ORD).toBeUndefined();
  });

  it('a database needs feeds of its own: the fixtures never go into it', () => {
    const { message, exitCode } = failureOf({ env: { DATABASE_URL: POSTGRES, ...keyOfTests() } });
    expect(exitCode).toBe(EXIT.usage);
    expect(message).toBe(
      'Wrong configuration; nothing was done. feeds.source: missing, and the fixtures never go into DATABASE_URL. ' +
        'Name the folder with the deliveries, or where they are fetched from (feeds.sources), in the configuration file, or give --feeds DIR.',
    );
    expect(load({ feeds: 'feeds', env: { DATABASE_URL: POSTGRES, ...keyOfTests() } }).databaseUrl).toBe(POSTGRES);
  });

  it('a file without feeds is a fault for a command that reads feeds, and none for another', () => {
    const configFile = write('c.json', { 'approval.required': false });
    expect(failureOf({ configFile }).message).toContain('feeds.source: missing.');
    expect(loadSettings({ cwd, env: {}, configFile }).approvalRequired).toBe(false);
    expect(loadSettings({ cwd, env: { DATABASE_URL: POSTGRES } }).databaseUrl).toBe(POSTGRES);
  });

  it('an empty variable is no variable', () => {
    const config = load({ feeds: 'feeds', env: { DATABASE_URL: '', TWE_HOME: '', TWE_LOG_LEVEL: '' } });
    expect(config).toMatchObject({ databaseUrl: undefined, home: join(cwd, '.twe'), log: { level: 'warn' } });
  });

  it('TWE_LOG_LEVEL wins over log.level', () => {
    const configFile = write('c.json', { 'feeds.source': 'feeds', 'log.level': 'error' });
    expect(load({ configFile }).log.level).toBe('error');
    expect(load({ configFile, env: { TWE_LOG_LEVEL: 'debug' } }).log.level).toBe('debug');
  });
});

describe('the law of the configuration', () => {
  it('is resolved, with a digest that follows the law and nothing else', () => {
    const digest = (json: unknown) => load({ configFile: write('c.json', json) }).lawDigest;
    const plain = digest({ 'feeds.source': 'feeds' });
    expect(plain).toMatch(/^[0-9a-f]{64}$/);
    expect(digest({ 'feeds.source': 'elsewhere', law: { 'run.day': 15 } })).toBe(plain);
    expect(digest({ 'feeds.source': 'feeds', law: { 'run.day': 16 } })).not.toBe(plain);
  });

  it('carries overrides and the ledger map', () => {
    const posting = { account: '7405', field: '0900', sector: '100' };
    const law = { 'amount.ORD': 1000, 'ledger.map': { ORD: posting } };
    const config = load({ configFile: write('c.json', { 'feeds.source': 'feeds', law }) });
    expect(config.law.amount.ORD!.on(day('2024-01-31'))).toBe(100_000);
    expect(config.ledgerMap).toEqual({ ORD: posting });
    expect(Object.keys(config.lawOverrides)).toEqual(['amount.ORD', 'ledger.map']);
  });
});

describe('faults', () => {
  it('are told all together, each with what to write', () => {
    const configFile = write('c.json', {
      'feeds.sourc': 'feeds',
      approval: { required: false },
      'a60.late_policy': 'EFF_ONLY',
      'database.password': 'hush',
      nonsense: 1,
      'guard.min_rows': 'many',
      law: { 'eff.max_month': 24, 'run.day': 31 },
    });
    const { message, exitCode } = failureOf({
      configFile,
      env: { TWE_LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://hush' },
    });
    expect(exitCode).toBe(EXIT.usage);
    expect(message.split('\n')).toEqual([
      `Wrong configuration in ${configFile}; nothing was done.`,
      'TWE_LOG_LEVEL: "loud" is not a level of the log. Write one of trace, debug, info, warn, error, fatal, silent.',
      'DATABASE_URL: not the address of a PostgreSQL database. Write postgresql://user@host:5432/database, or leave it out for the embedded database.',
      'feeds.sourc: unknown key. Did you mean "feeds.source"?',
      'approval: unknown key. Keys are dotted: write "approval.required", "approval.approvers".',
      'a60.late_policy: unknown key. It is a key of the law: write {"law": {"a60.late_policy": "EFF_ONLY"}}.',
      'database.password: unknown key. Secrets come from the environment only: set DATABASE_URL for the database.',
      `nonsense: unknown key. Known keys: ${CONFIG_KEY_NAMES.join(', ')}, law.`,
      'guard.min_rows: "many" is not allowed. Write a whole number from 0 to 1000000000.',
      'law.eff.max_month: unknown key. Did you mean eff.max_months?',
      'law.run.day: 31 is not allowed. Write a whole number from 1 to 28.',
      expect.stringContaining('TWE_PSEUDONYM_KEY: missing'),
      expect.stringContaining('feeds.source: missing') as string,
    ]);
    expect(message).not.toContain('hush');
  });

  it.each([
    ['{"feeds.source": "feeds",}', 'is not valid JSON'],
    ['[]', 'must hold one JSON object'],
    ['', 'is not valid JSON'],
    ['{"law": 3, "feeds.source": "feeds"}', 'law: 3 is not an object with keys of the law'],
  ])('a file with %j is refused', (text, problem) => {
    expect(failureOf({ configFile: writeText('c.json', text) }).message).toContain(problem);
  });

  it('a missing file and a folder are named', () => {
    expect(failureOf({ configFile: 'nowhere.json' }).message).toContain(`${join(cwd, 'nowhere.json')} does not exist`);
    expect(failureOf({ configFile: '.' }).message).toContain('cannot be read (EISDIR)');
  });

  it('a byte order mark is none', () => {
    const configFile = writeText('c.json', '\uFEFF{"feeds.source": "feeds"}');
    expect(load({ configFile }).feedsSource).toBe(join(cwd, 'feeds'));
  });
});

function load(request: Partial<ConfigRequest> = {}) {
  return loadConfig({ cwd, env: {}, ...request });
}

function failureOf(request: Partial<ConfigRequest>): Failure {
  try {
    load(request);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('no failure');
}

function write(name: string, json: unknown): string {
  return writeText(name, JSON.stringify(json));
}

function writeText(name: string, text: string): string {
  const path = join(cwd, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function valueOf(key: ConfigKeyName, config: ReturnType<typeof loadConfig>): unknown {
  const values: Record<ConfigKeyName, unknown> = {
    'feeds.source': config.feedsSource,
    'feeds.sources': config.feedsSources,
    'feeds.inbox': config.feedsSource,
    'feeds.require_manifest': config.requireManifest,
    out: config.out,
    'approval.required': config.approvalRequired,
    'approval.approvers': config.approvers,
    'payment.debtor_name': config.debtor?.name,
    'payment.debtor_iban': config.debtor?.iban,
    'payment.debtor_bic': config.debtor?.bic,
    'letter.sender': config.letter.sender,
    'letter.payment_days': config.letter.paymentDays,
    'letter.contact': config.letter.contact,
    'letter.contest': config.letter.contest,
    'statement.passwords_file': config.statementPasswordsFile,
    'exports.nightly': config.exportsNightly,
    'guard.max_reject_ratio': config.guard.maxRejectRatio,
    'guard.max_shrink_ratio': config.guard.maxShrinkRatio,
    'guard.max_open_change_ratio': config.guard.maxOpenChangeRatio,
    'guard.max_law_change_ratio': config.guard.maxLawChangeRatio,
    'feeds.mapping': config.mapping,
    'guard.min_rows': config.guard.minRows,
    'reconcile.account': config.reconcile.account,
    'reconcile.days': config.reconcile.days,
    'reconcile.year': config.reconcile.year,
    'schedule.nightly': config.timetable.nightly.text,
    'schedule.monthly_statement': config.timetable.statement?.text,
    'schedule.retention': config.timetable.retention?.text,
    'retention.identity_months': config.retention.identityMonths,
    'retention.originals_months': config.retention.originalsMonths,
    'retention.exports_months': config.retention.exportsMonths,
    'lease.seconds': config.leaseSeconds,
    'alert.command': config.alert.command,
    'alert.command_seconds': config.alert.commandSeconds,
    'alert.mail_to': config.alert.mail?.to,
    'alert.mail_from': config.alert.mail?.from,
    'metrics.file': config.metricsFile,
    'log.level': config.log.level,
    'log.file': config.log.file,
  };
  return values[key];
}
