/**
 * `twe history` and `twe verify --replay` over a small history with everything that is overwritten later: rows that come back, a
 * correction, approval, rejection, a payment, another law.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader, type FileEntry } from '@zip.js/zip.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/calendar.js';
import { loadSettings } from '../../src/config.js';
import { listWritings } from '../../src/inspect/as-of/moment.js';
import { writeAgain } from '../../src/runs/write-again.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { LET_CHANGE } from '../support/let-change.js';
import { enterpriseNumber, nationalNumber } from '../support/random-feed/identifiers.js';
import { callTwe } from './called-twe.js';
import { digests, readCsv } from './documents.js';
import { art60, category, changed, job, ocmw, OCMW, OCMW_2, weo, writeFeed, type FeedRow } from './feed.js';
import { Story } from './history-story.js';
import { LAW } from './nights.js';

const LONG = process.env['TWE_LONG'] !== undefined;
const PASSWORD = 'lezen met plezier 1';
const TIMEOUT_MS = 300_000;
const OCMW_3 = enterpriseNumber(3);
const OTHER = { insz: nationalNumber(2) };
const THIRD = { insz: nationalNumber(3) };
const CONTRACT = art60('2024-03-01', '2024-12-31');

const paid = (id: string, amount: string, more: Readonly<Record<string, string>>): FeedRow => ({
  file: 'payment.csv',
  cells: { payment_id: id, ocmw_id: OCMW, paid_on: '2024-05-02', amount, ...more },
});

let folder: string;
let test: TestDatabase;
let story: Story;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-history-test-'));
  test = await createTestDatabase();
  const feedsDir = join(folder, 'feeds');
  story = new Story(test, folder, { feedsDir, law: LAW, approvalRequired: true, documents: 'CSV' });
  writeFeed(feedsDir, {
    '2024-03-01': [
      ...[ocmw(), ocmw(OCMW_2), weo('2024-01-15', '2024-12-31'), CONTRACT, category('2024-03-01')],
      weo('2024-01-15', '2024-05-31', { weo_id: 'V', ocmw_id: OCMW_2, ...OTHER }),
      art60('2024-03-01', '2024-05-31', { weo_id: 'V', employer_id: OCMW_2, ...OTHER }),
      category('2024-03-01', { category_id: 'C-V', ...OTHER }),
      // Waits for two records that come on two days.
      paid('P-Z', '250.00', { ocmw_id: OCMW_3, weo_id: 'Z', component: 'EFF', month: '2024-02' }),
    ],
  });
  await story.night('2024-04-15', { documents: 'ALL' });
  await story.twe('approve', '2024-04-15/quarterly-payment', '--by', 'finance-2', '--date', '2024-04-16');
  writeFeed(feedsDir, {
    '2024-04-20': [ocmw(OCMW_3), changed(CONTRACT, { start_date: '2024-03-05', end_date: '2024-03-20' })],
  });
  await story.night('2024-04-20');
  if (LONG) {
    writeFileSync(join(folder, 'passwords.csv'), `ocmw_id,password\n${OCMW},${PASSWORD}\n`, { mode: 0o600 });
    const keys = { 'statement.passwords_file': join(folder, 'passwords.csv') };
    await story.night('2024-04-30', { job: 'monthly-statement', documents: 'ALL', keys });
    await story.night('2024-04-30', { documents: 'ALL', keys });
  }
  const claims = readCsv(join(story.out, '2024-04-15/quarterly-payment/claims.csv'));
  const claim = claims.find(({ ocmw_id }) => ocmw_id === OCMW)!;
  writeFeed(feedsDir, {
    '2024-07-02': [
      paid('P-1', claim['amount']!, { reference: claim['reference']! }),
      weo('2024-02-01', '2024-12-31', { weo_id: 'Z', ocmw_id: OCMW_3, ...THIRD }),
      job('2024-05-20', '', { insz: OTHER.insz }),
    ],
  });
  await story.night('2024-07-02', { law: { ...LAW, 'amount.EFF': 260 } });
  await story.night('2024-07-15', { law: { ...LAW, 'amount.EFF': 260 }, documents: 'ALL' });
  await story.twe(
    'reject',
    '2024-07-15/quarterly-payment',
    '--by',
    'finance-2',
    '--reason',
    'no',
    '--date',
    '2024-07-16',
  );
  await story.night('2024-07-20', { law: { ...LAW, 'amount.EFF': 260 } });
}, TIMEOUT_MS);

afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const twe = (...args: string[]) =>
  callTwe([...args, '--config', `${story.out}.config.json`], { cwd: folder, env: { DATABASE_URL: test.url } });

async function databases(): Promise<string[]> {
  const rows = await test.database.rows<{ name: string }>(
    `select datname as name from pg_database where starts_with(datname, current_database() || '_')`,
  );
  return rows.map(({ name }) => name);
}

describe('the documents of a past evening', () => {
  it.each(LONG ? ['2024-04-15', '2024-04-20', '2024-07-02', '2024-07-15', '2024-07-20'] : ['2024-04-20', '2024-07-15'])(
    'of %s are those that were written then, to the byte',
    async (date) => {
      const evening = story.evenings.find((each) => each.date === date)!;
      const again = join(folder, 'again', date);
      const { exitCode, stderr } = await twe('history', '--known-on', date, '--out', again);
      expect([exitCode, stderr]).toEqual([0, '']);
      const written = Object.keys(evening.written);
      const found = digests(again);
      // The night wrote machine files only, except on its run days.
      expect(Object.fromEntries(written.map((path) => [path, found[path]]))).toMatchObject(
        withoutManifests(evening.written),
      );
      expect(written.length).toBeGreaterThan(5);
      if (date.endsWith('-15')) expect(found).toEqual(evening.written);
      expect(await databases()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

/** A manifest also lists what was not written again. */
function withoutManifests(written: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(written).filter(([path]) => !path.endsWith('manifest.json')));
}

describe.skipIf(!LONG)('the statement of an OCMW', () => {
  it(
    'holds the same files, to the byte, in another archive',
    async () => {
      const out = join(folder, 'statement');
      const before = readFileSync(`${story.out}.config.json`, 'utf8');
      const withPasswords = {
        ...JSON.parse(before),
        'statement.passwords_file': join(folder, 'passwords.csv'),
      } as object;
      writeFileSync(`${story.out}.config.json`, JSON.stringify(withPasswords));
      expect(await twe('history', '--known-on', '2024-04-30', '--ocmw', OCMW, '--out', out)).toMatchObject({
        exitCode: 0,
      });
      writeFileSync(`${story.out}.config.json`, before);
      const path = `2024-04-30/monthly-statement/overzicht-${OCMW}-2024-04.zip`;
      const [then, again] = [story.out, out].map((each) => readZip(join(each, path)));
      expect(await again).toEqual(await then);
      expect(Object.keys(await again!).length).toBeGreaterThan(1);
    },
    TIMEOUT_MS,
  );
});

/** Digest of each file in a protected archive. */
async function readZip(path: string): Promise<Record<string, string>> {
  const reader = new ZipReader(new Uint8ArrayReader(readFileSync(path)), { password: PASSWORD, useWebWorkers: false });
  const digestsOf: Record<string, string> = {};
  for (const entry of await reader.getEntries()) {
    const bytes = await (entry as FileEntry).getData(new Uint8ArrayWriter());
    digestsOf[entry.filename] = createHash('sha256').update(bytes).digest('hex');
  }
  return digestsOf;
}

interface ToldHistory {
  readonly positions: readonly Amounts[];
  readonly comparison: {
    readonly causes: readonly (Amounts & {
      readonly cause: {
        kind: string;
        text: string;
        night: string | null;
        delivery: string | null;
        line: number | null;
      };
    })[];
  };
}

type Amounts = Readonly<Record<'dueCents' | 'orderedCents' | 'paidCents', number>>;

const sum = (lines: readonly Amounts[], side: keyof Amounts) => lines.reduce((total, line) => total + line[side], 0);

/** Sums of position.csv of an evening for one OCMW. */
function keptSums(date: string): Amounts {
  const file = join(story.evenings.find((each) => each.date === date)!.folder, date, 'nightly', 'position.csv');
  const own = readCsv(file).filter(({ ocmw_id }) => ocmw_id === OCMW);
  const total = (column: string) => own.reduce((cents, row) => cents + Math.round(Number(row[column]) * 100), 0);
  return { dueCents: total('due'), orderedCents: total('ordered'), paidCents: total('paid') };
}

describe('the history of one OCMW', () => {
  it(
    'has its lines to the byte, and what changed since by cause: night, delivery and line, to the cent',
    async () => {
      const out = join(folder, 'one');
      const days = ['--known-on', '2024-04-18', '--compare', '2024-07-20'];
      const { exitCode, stdout } = await twe('history', ...days, '--ocmw', OCMW, '--out', out, '--json');
      expect(exitCode).toBe(0);
      const { positions, comparison, ...told } = JSON.parse(stdout) as ToldHistory & Readonly<Record<string, unknown>>;
      expect(told).toMatchObject({ version: 1, knownOn: '2024-04-18', evening: '2024-04-15', notes: [] });

      const file = '2024-04-15/nightly/position.csv';
      const whole = readFileSync(join(story.evenings[0]!.folder, file), 'utf8').split('\n');
      const own = whole.filter((line) => line.startsWith('ocmw_id') || line.startsWith(OCMW));
      expect(own.length).toBe(positions.length + 1);
      expect(readFileSync(join(out, file), 'utf8')).toBe(`${own.join('\n')}\n`);
      expect(existsSync(join(out, '2024-04-15/quarterly-payment/batch.csv'))).toBe(true);
      expect(existsSync(join(out, '2024-04-15/nightly/rejects.csv'))).toBe(false);

      const now = keptSums('2024-07-20');
      for (const side of ['dueCents', 'orderedCents', 'paidCents'] as const) {
        expect([side, sum(comparison.causes, side)]).toEqual([side, now[side] - sum(positions, side)]);
      }
      const causes = comparison.causes.map(({ cause }) => cause);
      expect([...new Set(causes.map(({ kind }) => kind))].sort()).toEqual(['LAW', 'MONTH', 'PAYMENT', 'RECORD']);
      const record = { kind: 'RECORD', night: '2024-04-20', delivery: '2024-04-20', file: 'employment.csv', line: 2 };
      expect(causes).toContainEqual(expect.objectContaining(record));
      const payment = { kind: 'PAYMENT', delivery: '2024-07-02', file: 'payment.csv', line: 2 };
      expect(causes).toContainEqual(expect.objectContaining(payment));
      expect(causes.find(({ kind }) => kind === 'LAW')!.text).toMatch(/^amount\.EFF was 250.+became 260/);
    },
    TIMEOUT_MS,
  );

  it.runIf(LONG)(
    'says which night it tells, and names the rejection of a batch',
    async () => {
      const days = ['--known-on', '2024-07-17', '--compare', '2024-07-20'];
      const { stdout } = await twe('history', '--ocmw', OCMW, ...days);
      expect(stdout).toMatch(
        /^OCMW \d{10} \(OCMW\) as known on the evening of 2024-07-15 \(no night was finished on 2024-07-17; .+\)\n/,
      );
      expect(stdout).toMatch(
        /^ {2}2024-07-16 {2}REJECTED batch 2024-07-15\/quarterly-payment was rejected by finance-2: no\n {4}ordered [+-]/m,
      );
    },
    TIMEOUT_MS,
  );
});

describe('a history that cannot be told', () => {
  it.each([
    [['--known-on', '30-06-2024'], /^--known-on 30-06-2024 is not a date\. Write it as YYYY-MM-DD, .+\.\n$/],
    [['--known-on', '2999-01-01'], /^--known-on 2999-01-01 lies in the future .+ earlier one\.\n$/],
    [['--known-on', '2024-04-14'], /^--known-on 2024-04-14 lies before the first night \(2024-04-15\): .+\.\n$/],
    [['--known-on', '2024-04-15', '--ocmw', '0000000097'], /^OCMW 0000000097 is not known: .+\.\n$/],
    [
      ['--known-on', '2024-04-15', '--ocmw', OCMW_3],
      /^OCMW \d+ was not known on the evening of 2024-04-15; it is since 2024-04-20\..+\n$/,
    ],
    [['--known-on', '2024-04-15', '--compare', '2024-04-20'], /^--compare tells what changed for one OCMW: .+\n$/],
    [
      ['--known-on', '2024-04-15', '--compare', '2024-04-16', '--ocmw', OCMW],
      /^--compare 2024-04-16 cannot be compared .+: no night was finished between them\..+\n$/,
    ],
    [['--known-on', '2024-04-15', '--out', 'out/x'], /^--out \S+ lies in the folder of the documents .+\.\n$/],
  ])('%j is refused with one sentence', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await twe('history', ...args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
  });

  it(
    'leaves no database behind when it is asked to stop, and takes away what a killed one left',
    async () => {
      const [{ name }] = (await test.database.rows<{ name: string }>('select current_database() as name')) as [
        { name: string },
      ];
      await test.database.rows(`create database "${name}_history_999999"`);
      const stop = new AbortController();
      const [writing] = await test.database.session((session) => listWritings(session, day('2024-04-20')));
      const settings = loadSettings({
        configFile: `${story.out}.config.json`,
        cwd: folder,
        env: { DATABASE_URL: test.url },
      });
      const options = {
        ...{ settings, open: { databaseUrl: test.url, home: folder }, out: join(folder, 'stopped') },
        ...({ workbooks: false, statements: 'NONE', lang: 'nl', stop: stop.signal } as const),
        progress: (text: string) => {
          if (text.includes('ledger entry')) stop.abort();
        },
      };
      await expect(writeAgain(test.database, writing!, options)).rejects.toMatchObject({ exitCode: 143 });
      expect(await databases()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

describe('a run computed again', () => {
  it.each(LONG ? ['2024-04-15', '2024-04-20', '2024-07-02', '2024-07-15', '2024-07-20'] : ['2024-07-15'])(
    'is identical (%s)',
    async (date) => {
      const { exitCode, stdout, stderr } = await twe('verify', '--replay', `${date}/nightly`);
      expect([exitCode, stderr]).toEqual([0, '']);
      const some = date === '2024-07-15' ? '1 batches with [1-9]\\d* lines, [1-9]\\d* documents' : '';
      expect(stdout).toMatch(new RegExp(`^${date}/nightly computed again is identical: \\d+ entries, .*${some}`));
    },
    TIMEOUT_MS,
  );

  it(
    'betrays an entry that somebody changed',
    async () => {
      await test.database.transaction(async (session) => {
        await session.client.query(LET_CHANGE);
        await session.rows(
          `update twe.ledger_entry set cents = cents + 1
           where entry_no = (select max(entry_no) from twe.ledger_entry join twe.run using (run_no) where run_id = $1)`,
          ['2024-07-02/nightly'],
        );
      });
      const { exitCode, stdout, stderr } = await twe('verify', '--replay', '2024-07-02/nightly');
      expect([exitCode, stdout]).toEqual([4, '']);
      expect(stderr).toMatch(
        /ledger entry \d+ of the run is not what comes out .+ stored is ocmw_id .+ cents \S+ euro/,
      );
    },
    TIMEOUT_MS,
  );

  it.each([
    ['2024-07-03/nightly', /^There is no run 2024-07-03\/nightly: .+\n$/],
    ['2024-07-01', /^There is no run 2024-07-01: .+\n$/],
  ])('is refused when there was none (%s)', async (run, sentence) => {
    const { exitCode, stderr } = await twe('verify', '--replay', run);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(sentence);
  });
});
