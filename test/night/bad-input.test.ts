/**
 * What comes in wrong: a clear sentence with its place, the right exit code, and nothing lost or half booked. Real nights
 * over small feeds.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enterpriseNumber, nationalNumber } from '../support/random-feed/identifiers.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { callTwe } from './called-twe.js';
import { cents, filesBelow, readCsv, type CsvRow } from './documents.js';
import { art60, category, CLIENT, ocmw, OCMW, weo, writeFeed, type FeedRow } from './feed.js';
import { everythingKept, type Kept } from './kept.js';

const RUN_DAY = '2024-04-15';
const DELIVERY = '2024-03-01';

let folder: string;
let test: TestDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twe-bad-input-'));
  test = await createTestDatabase();
  const config = { 'feeds.source': 'feeds', law: { 'amount.ORD': 1000, 'amount.INC': 1500 } };
  writeFileSync(join(folder, 'twe.config.json'), JSON.stringify(config));
});

afterEach(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const night = (date = RUN_DAY, ...more: string[]) =>
  callTwe(['run', 'nightly', '--date', date, ...more], { cwd: folder, env: { DATABASE_URL: test.url } });

const written = (date = RUN_DAY, file = 'rejects.csv', job = 'nightly') =>
  readCsv(join(folder, 'out', date, job, file));

/** What is kept beside the runs themselves. */
function withoutRuns(kept: Kept): [name: string, rows: readonly string[]][] {
  return Object.entries(kept).filter(([name, rows]) => name !== 'runs' && rows.length > 0);
}

/** The rows of X01: 900 euro in the run of 15 April. */
const X01 = [ocmw(), weo('2024-01-15', '2024-12-31'), art60('2024-03-01', '2024-12-31'), category('2024-03-01')];

function feed(rows: readonly FeedRow[], name = DELIVERY): void {
  writeFeed(join(folder, 'feeds'), { [name]: rows });
}

describe('the feed folder', () => {
  it('that is missing stops the night (exit 2)', async () => {
    const { exitCode, stdout, stderr } = await night();
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `The feed folder ${join(folder, 'feeds')} does not exist; set feeds.source in the configuration or give --feeds DIR.\n`,
    );
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('that is empty is a night with a finding (exit 0)', async () => {
    mkdirSync(join(folder, 'feeds'));
    const { exitCode, stderr } = await night();
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(written(RUN_DAY, 'findings.csv')).toEqual([
      expect.objectContaining({ severity: 'NOTICE', code: 'EMPTY_FEED_FOLDER', ocmw_id: '', weo_id: '' }),
    ]);
    expect(written(RUN_DAY, 'entitlements.csv')).toEqual([]);
  });

  it('before its first delivery is refused, and the first night comes as if that had not been asked (exit 2)', async () => {
    feed(X01);
    const { exitCode, stdout, stderr } = await night('2024-02-29');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      '--date 2024-02-29 lies before the first delivery (2024-03-01); nothing was done. The first night is that of the first ' +
        'delivery: use its date or a later one.\n',
    );
    expect(Object.values(await everythingKept(test.database)).flat()).toEqual([]);

    await night(RUN_DAY);
    expect(written(RUN_DAY, 'claims.csv', 'quarterly-payment')).toEqual([
      expect.objectContaining({ ocmw_id: OCMW, amount: '900.00', direction: 'PAY' }),
    ]);
  });
});

const HEADER = 'category_id,insz,code,from_date,to_date,registered_at,withdrawn';
const ROW = `C-1,${CLIENT},90,2024-03-01,,2024-03-01T12:00:00+01:00,`;

describe('a bad file refuses its delivery (exit 3)', () => {
  it.each([
    ['is no CSV', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 255, 254]), 'category.csv: the file is a zip file, not text'],
    ['lacks a column', `${HEADER.replace(',withdrawn', '')}\n`, 'category.csv line 1: column "withdrawn" is missing'],
    [
      'has a column too many',
      `${HEADER},remark\n${ROW},\n`,
      /^category\.csv line 1: column "remark" is unknown \(expected: .+\)$/,
    ],
    ['has a column twice', `${HEADER},code\n${ROW},90\n`, 'category.csv line 1: column "code" is there twice'],
    [
      'has a quote that never closes',
      `${HEADER}\n"${ROW}\n${ROW}\n`,
      'category.csv line 2: a quote in the record that starts here is never closed',
    ],
    [
      'is not UTF-8',
      Buffer.from(`${HEADER}\nC-\xe9,,,,,,\n`, 'latin1'),
      'category.csv: the file is not UTF-8 (byte 67, line 2)',
    ],
    ['is empty', '', /^category\.csv(?: line 1)?: .+$/],
  ])('that %s', async (_what, content, problem) => {
    feed(X01);
    writeFileSync(join(folder, 'feeds', DELIVERY, 'category.csv'), content);
    const { exitCode, stdout, stderr } = await night();

    expect([exitCode, stdout]).toEqual([3, '']);
    const advice = `. Nothing of it was kept; send it again corrected, or pass it over with --skip-delivery ${DELIVERY}.\n`;
    const begin = `Delivery ${DELIVERY} was refused: `;
    expect([stderr.slice(0, begin.length), stderr.slice(-advice.length)]).toEqual([begin, advice]);
    const said = stderr.slice(begin.length, -advice.length);
    if (typeof problem === 'string') expect(said).toBe(problem);
    else expect(said).toMatch(problem);
    expect(stderr).not.toMatch(/\d{11}/);

    const kept = await everythingKept(test.database);
    expect(kept['runs']).toEqual([expect.stringMatching(/"FAILED"/)]);
    expect(withoutRuns(kept)).toEqual([]);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('until it is sent again corrected under its name', async () => {
    feed(X01);
    const path = join(folder, 'feeds', DELIVERY, 'category.csv');
    const right = readFileSync(path, 'utf8');
    writeFileSync(path, 'nothing');
    expect((await night()).exitCode).toBe(3);
    writeFileSync(path, right);
    expect((await night()).exitCode).toBe(0);
    expect(written(RUN_DAY, 'claims.csv', 'quarterly-payment')).toEqual([
      expect.objectContaining({ amount: '900.00' }),
    ]);
  });

  it('or until it is passed over, with a finding', async () => {
    feed(X01);
    writeFeed(join(folder, 'feeds'), { '2024-03-04': [category('2024-03-02')] });
    writeFileSync(join(folder, 'feeds', '2024-03-04', 'weo.csv'), 'nothing');
    expect((await night()).exitCode).toBe(3);
    expect((await night(RUN_DAY, '--skip-delivery', '2024-03-04')).exitCode).toBe(0);
    const skipped = { code: 'DELIVERY_SKIPPED', subject: '2024-03-04' };
    expect(written(RUN_DAY, 'findings.csv')).toContainEqual(expect.objectContaining(skipped));
  });

  it('but is refused under the name of a delivery that was taken in', async () => {
    feed(X01);
    expect((await night()).exitCode).toBe(0);
    feed([...X01, weo('2024-02-01', '2024-12-31', { weo_id: 'V', insz: nationalNumber(2) })]);
    const before = await everythingKept(test.database);
    const { exitCode, stderr } = await night('2024-04-16');
    expect(exitCode).toBe(3);
    expect(stderr).toContain(
      `Delivery ${DELIVERY} was refused: it was taken in before under this name, with other content.`,
    );
    expect(withoutRuns(await everythingKept(test.database))).toEqual(withoutRuns(before));
  });
});

const unknownOcmw = enterpriseNumber(777);
const client = (n: number) => ({ insz: nationalNumber(n) });
const payment: FeedRow = {
  file: 'payment.csv',
  cells: {
    payment_id: 'P',
    ocmw_id: OCMW,
    paid_on: '2024-02-15',
    amount: '250,00',
    weo_id: 'W',
    component: 'EFF',
    month: '2024-01',
  },
};

/** Each bad row in its file, behind the good rows of X01; and where and why it is set aside. */
const BAD_ROWS: readonly (readonly [string, FeedRow, string])[] = [
  [
    'an OCMW that nobody knows',
    weo('2024-01-15', '2024-12-31', { weo_id: 'B1', ocmw_id: unknownOcmw, ...client(11) }),
    'weo.csv 3 ocmw_id UNKNOWN_OCMW',
  ],
  [
    'an agreement that ends before it starts',
    weo('2024-01-15', '2023-12-31', { weo_id: 'B2', ...client(12) }),
    'weo.csv 4 end_date END_BEFORE_START',
  ],
  ['31 February', weo('2024-02-31', '', { weo_id: 'B3', ...client(13) }), 'weo.csv 5 start_date INVALID_DATE'],
  [
    'a national number with wrong check digits',
    weo('2024-02-01', '', { weo_id: 'B4', insz: '85073003329' }),
    'weo.csv 6 insz INVALID_INSZ',
  ],
  ['an amount with a comma', payment, 'payment.csv 2 amount INVALID_AMOUNT'],
  [
    'an art. 60 contract without its agreement',
    art60('2024-03-01', '', { employment_id: 'E1', weo_id: '', ...client(14) }),
    'employment.csv 3 weo_id WEO_MISSING',
  ],
  [
    'an art. 60 contract of an agreement that nobody knows',
    art60('2024-03-01', '', { employment_id: 'E2', weo_id: 'NONE', ...client(15) }),
    'employment.csv 4 weo_id UNKNOWN_WEO',
  ],
  [
    'a kind that is none',
    art60('2024-03-01', '', { employment_id: 'E3', kind: 'ARTIST', ...client(16) }),
    'employment.csv 5 kind INVALID_CHOICE',
  ],
];

describe('a bad row is set aside, the others go on (exit 0)', () => {
  it('with delivery, file, line, column, code and a sentence', async () => {
    feed([...X01, ...BAD_ROWS.map(([, row]) => row)]);
    const { exitCode, stdout, stderr } = await night();
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ {2}set aside {3}8 rows, 0 came back \(rejects\.csv\)$/m);

    const place = (row: CsvRow) => `${row['file']} ${row['line']} ${row['column']} ${row['code']}`;
    expect(written().map(place).sort()).toEqual(BAD_ROWS.map(([, , where]) => where).sort());
    for (const row of written()) {
      expect(row['delivery']).toBe(DELIVERY);
      const begin = `${row['file']} line ${row['line']}, column ${row['column']}: `;
      expect(row['message']!.slice(0, begin.length)).toBe(begin);
      expect(row['message']).toMatch(/\. The row was set aside; .+\.$/);
    }
    expect(written(RUN_DAY, 'claims.csv', 'quarterly-payment')).toEqual([
      expect.objectContaining({ ocmw_id: OCMW, amount: '900.00', direction: 'PAY' }),
    ]);
  });

  it('without a national number in any document or message', async () => {
    feed([...X01, ...BAD_ROWS.map(([, row]) => row)]);
    const { stdout, stderr } = await night();
    const texts = filesBelow(join(folder, 'out')).filter((path) => /\.(csv|json)$/.test(path));
    const numbers = [CLIENT, '85073003329', ...[11, 12, 13, 14, 15, 16].map(nationalNumber)];
    for (const text of [stdout, stderr, ...texts.map((path) => readFileSync(path, 'utf8'))]) {
      expect(numbers.filter((number) => text.includes(number))).toEqual([]);
    }
  });

  it('and comes back when a later delivery brings it right, or what it referred to', async () => {
    feed([...X01, ...BAD_ROWS.map(([, row]) => row)]);
    await night();
    const right = weo('2024-01-15', '2024-12-31', { weo_id: 'B2', ...client(12) });
    feed([ocmw(unknownOcmw), right], '2024-04-16');
    expect((await night('2024-04-16')).exitCode).toBe(0);
    const still = written('2024-04-16').map((row) => `${row['file']} ${row['line']}`);
    expect(still).not.toContain('weo.csv 3');
    expect(still).not.toContain('weo.csv 4');
    expect(still).toHaveLength(BAD_ROWS.length - 2);
    // Both are agreements of the night now: without art. 60 after the deadline nothing is due for them.
    const withoutArt60 = written('2024-04-16', 'findings.csv').filter((row) => row['code'] === 'NO_A60');
    expect(withoutArt60.map((row) => row['weo_id']).sort()).toEqual(['B1', 'B2']);
  });
});

describe('what is well-formed but cannot be is held, with a finding (exit 0)', () => {
  it('overlapping agreements of one person: the one that was registered first counts', async () => {
    const overlapping = weo('2024-02-01', '2024-11-30', { weo_id: 'V', registered_at: '2024-03-02T12:00:00+01:00' });
    feed(X01);
    feed([overlapping], '2024-03-02');
    expect((await night()).exitCode).toBe(0);
    expect(findingsAbout('V')).toContainEqual(
      expect.objectContaining({ code: 'WEO_OVERLAP', message: expect.stringContaining('W') as string }),
    );
    expect(dueByAgreement()).toEqual({ W: 1900 });
  });

  it('an art. 60 contract before its agreement', async () => {
    const early = weo('2024-01-15', '2024-12-31', { weo_id: 'V', ...client(17) });
    feed([...X01, early, art60('2024-01-10', '2024-12-31', { weo_id: 'V', employment_id: 'E-EARLY', ...client(17) })]);
    expect((await night()).exitCode).toBe(0);
    expect(findingsAbout('V')).toContainEqual(expect.objectContaining({ code: 'A60_BEFORE_WEO', subject: 'E-EARLY' }));
    // The contract counts for nothing, allowances included; the deadline of the agreement passed on 15 March.
    expect(dueByAgreement()).toEqual({ W: 1900 });
  });
});

function findingsAbout(weoId: string): CsvRow[] {
  return written(RUN_DAY, 'findings.csv').filter((row) => row['weo_id'] === weoId);
}

/** Euro per agreement in entitlements.csv. */
function dueByAgreement(): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const row of written(RUN_DAY, 'entitlements.csv')) {
    sums[row['weo_id']!] = (sums[row['weo_id']!] ?? 0) + cents(row['due']) / 100;
  }
  return sums;
}
