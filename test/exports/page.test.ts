/** The page of a night against the machine files of the same folder, and as text that nobody can break. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPONENTS } from '../../src/law/codes.js';
import { exportRun, type ExportOptions } from '../../src/exports/export-run.js';
import { formatFor } from '../../src/exports/page/format.js';
import { refuseDisagreement } from '../../src/exports/page/page-checks.js';
import { chanceLimits, shareInterval, Z95 } from '../../src/exports/page/statistics.js';
import { TEXT } from '../../src/exports/page/texts.js';
import { causeText } from '../../src/exports/page/cause-texts.js';
import type { PublishedFolder } from '../../src/exports/publish.js';
import { FINDINGS, fillPageSample, INSZ, pageFindings, SCRIPT_NAME } from '../browser/page-sample.js';
import { cents, readCsv, sumBy, type CsvRow } from '../night/documents.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { fillBatchSample } from './batch-sample.js';
import { readTable } from './page-reader.js';
import { exportOptions, fillOrderedLines, orderLargeSample } from './sample.js';

let test: TestDatabase;
let out: string;
let folder: PublishedFolder;
let page: string;
beforeAll(async () => {
  test = await createTestDatabase();
  out = await mkdtemp(join(tmpdir(), 'twe-page-'));
  folder = await test.database.transaction(async (session) => {
    await fillPageSample(session);
    return exportRun(session, exportOptions(out, { findings: pageFindings() }));
  });
  page = await readFile(join(folder.path, 'verslag-2024-04-16.html'), 'utf8');
});
afterAll(async () => {
  await test.drop();
  await rm(out, { recursive: true, force: true });
});

/** The same night once more, from the database as it stands. */
function exportedAgain(options: Partial<ExportOptions>): Promise<PublishedFolder> {
  return test.database.transaction(async (session) => {
    await orderLargeSample(session, '2023-12');
    return exportRun(session, exportOptions(join(out, 'again'), { findings: pageFindings(), ...options }));
  });
}

const csv = (name: string): CsvRow[] => readCsv(join(folder.path, name));
const of = (column: string) => (row: CsvRow) => cents(row[column]);
/** Numbers of a column of a table by the text of another one, without zeros. */
const column = (id: string, key: number, value: number) =>
  sumBy(
    readTable(page, id).rows,
    (row) => row[key]!.split(' ')[0]!,
    (row) => Number(row[value]),
  );

describe('the page of a night', () => {
  it('says what the machine files say, per component, month and OCMW, to the cent', () => {
    const positions = csv('position.csv');
    for (const [index, name] of ['due', 'ordered', 'paid', 'open'].entries()) {
      expect(column('t-components', 0, index + 1), name).toEqual(
        sumBy(positions, (row) => row['component']!, of(name)),
      );
    }
    for (const [id, name] of [
      ['t-due', 'due'],
      ['t-ordered', 'ordered'],
    ] as const) {
      COMPONENTS.forEach((component, index) => {
        const rows = positions.filter((row) => row['component'] === component);
        expect(column(id, 0, index + 1), `${id} ${component}`).toEqual(sumBy(rows, (row) => row['month']!, of(name)));
      });
    }
    const byOcmw = new Map(readTable(page, 't-ocmws').rows.map((row) => [row[0]!.replaceAll('.', '').slice(-10), row]));
    for (const [name, at] of [
      ['due', 5],
      ['ordered', 6],
    ] as const) {
      const expected = sumBy(positions, (row) => row['ocmw_id']!, of(name));
      expect(new Map([...expected.keys()].map((ocmw) => [ocmw, Number(byOcmw.get(ocmw)![at])]))).toEqual(expected);
    }
    const checks = readTable(page, 't-checks').rows;
    expect(checks.map((row) => row[1])).toEqual([
      ...['entitlements.csv', 'position.csv', 'measurements.csv', 'measurements.csv', 'rejects.csv', 'findings.csv'],
    ]);
    for (const row of checks) expect(row[2], row[0]).toBe(row[3]);
  });

  it('counts measurements as measurements.csv does, by quarter and outcome, and tells those of tonight', () => {
    const rows = csv('measurements.csv');
    const table = readTable(page, 't-outflow');
    for (const [at, outcome] of [
      [2, 'POSITIVE'],
      [3, 'NEGATIVE'],
      [4, 'PENDING'],
    ] as const) {
      expect(Number(table.totals[at])).toBe(rows.filter((row) => row['outcome'] === outcome).length);
    }
    const quarter = (row: CsvRow) => {
      const [year, month] = row['measured_on']!.split('-').map(Number);
      return `${year! * 4 + Math.floor((month! - 1) / 3)} ${row['measurement']!}`;
    };
    const positive = rows.filter((row) => row['outcome'] === 'POSITIVE');
    const shown = sumBy(
      table.rows,
      (row) => `${row[0]} ${row[1]}`,
      (row) => Number(row[2]),
    );
    expect(shown).toEqual(sumBy(positive, quarter, () => 1));
    expect(readTable(page, 't-measured').totals.slice(1)).toEqual(['4', '0', '0', '0', '120000']);
  });

  it('tells what came in, what was set aside and why, and which findings ask for somebody', () => {
    expect(readTable(page, 't-files').rows.map((row) => row.slice(0, 4))).toEqual([
      ['payment.csv', '10', '0', '1'],
      ['weo.csv', '30', '0', '2'],
    ]);
    const rejects = readTable(page, 't-rejects');
    expect(rejects.rows[0]).toEqual([
      'weo.csv',
      'start_date',
      'De waarde is geen datum (jjjj-mm-dd). INVALID_DATE',
      '2',
      '2',
      '0',
    ]);
    expect(rejects.totals.slice(3)).toEqual(['4', '3', '0']);
    expect(Number(readTable(page, 't-kinds').totals[2])).toBe(FINDINGS);
    const shown = readTable(page, 't-findings').rows;
    expect(shown).toHaveLength(FINDINGS - 29);
    expect(shown[0]![0]).toBe('rekeningnummer ontbreekt IBAN_MISSING');
    expect(page).toContain('hoogstens 100 per soort. De volledige lijst is findings.csv');
  });

  it('holds no HTML of a feed, no national number, and nothing that is fetched', () => {
    expect(page.includes(SCRIPT_NAME)).toBe(false);
    expect(page.includes('&lt;script&gt;alert(&quot;OCMW&quot;)&lt;/script&gt;')).toBe(true);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.includes('<img')).toBe(false);
    expect(page.includes(INSZ)).toBe(false);
    expect(page.includes('[INSZ]')).toBe(true);
    expect(page.match(/(?:src|href)="(?!#)|url\((?!#)|@import|https?:/)).toBeNull();
    expect(page.match(/<[^>]* (?:style|on\w+)="|zr\d/)).toBeNull();
  });

  it('is the same to the byte when the data are, and speaks English when asked', async () => {
    const again = await exportedAgain({});
    expect((await readFile(join(again.path, 'verslag-2024-04-16.html'), 'utf8')) === page).toBe(true);
    const english = await exportedAgain({ lang: 'en' });
    const text = await readFile(join(english.path, 'verslag-2024-04-16.html'), 'utf8');
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('Findings to act on');
    expect(text).toContain('The value is not a date.');
    expect(text.match(/>[^<]*\b(verschuldigd|opzij gezet|bevindingen)\b/i)).toBeNull();
  });

  it('says in a night that writes changes alone that the files hold less than the page', async () => {
    const changes = await test.database.transaction(async (session) => {
      await orderLargeSample(session, '2023-12');
      return exportRun(session, exportOptions(join(out, 'changed'), { changedByRun: 2 }));
    });
    const text = await readFile(join(changes.path, 'verslag-2024-04-16.html'), 'utf8');
    expect(text).toContain(TEXT.changedOnly.nl);
    expect(readTable(text, 't-components')).toEqual(readTable(page, 't-components'));
    expect(() => readTable(text, 't-checks')).toThrow();
  });

  it('stands in the folder of a batch too, with the payments and claims of claims.csv and the status of the evening', async () => {
    const own = await createTestDatabase();
    try {
      const batch = await own.database.transaction(async (session) => {
        await fillBatchSample(session);
        await fillOrderedLines(session, []);
        const options = { job: 'yearly-settlement', businessDate: '2025-02-15', batchIds: ['Y'] };
        return exportRun(session, exportOptions(out, options));
      });
      const text = await readFile(join(batch.path, 'verslag-2025-02-15.html'), 'utf8');
      const claims = readCsv(join(batch.path, 'claims.csv'));
      const sum = (direction: string) =>
        claims.filter((row) => row['direction'] === direction).reduce((total, row) => total + cents(row['amount']), 0);
      const [, status, , , pay, , claim] = readTable(text, 't-batches').rows.find(
        (row) => row[0] === 'jaarafrekening 2024 Y',
      )!;
      expect({ status, pay, claim }).toEqual({
        status: 'DEFINITIEF',
        pay: String(sum('PAY')),
        claim: String(sum('CLAIM')),
      });
    } finally {
      await own.drop();
    }
  });
});

describe('what the page is made of', () => {
  it('refuses a page that does not say what a file says', () => {
    const check = { what: TEXT.checks.due, file: 'entitlements.csv', kind: 'euro', page: 100, inFile: 101 } as const;
    expect(() => refuseDisagreement([check])).toThrow(
      'The page of the night comes to 1.00 (due (euro)), entitlements.csv to 1.01. Nothing was exported; call whoever maintains the program.',
    );
  });

  it('writes numbers and dates as people here do', () => {
    const { euro, roundEuro, count, percent, longDate, quarter } = formatFor('nl');
    expect([euro(-123_456_705), euro(5), roundEuro(150), count(1234567)]).toEqual([
      '−1.234.567,05',
      '0,05',
      '€ 2',
      '1.234.567',
    ]);
    expect([percent(0.288), longDate('2024-02-29'), quarter(2024 * 4 + 1)]).toEqual([
      '28,8\u00a0%',
      'donderdag 29 februari 2024',
      '2024 K2',
    ]);
    expect(formatFor('en').longDate('1969-12-31')).toBe('Wednesday 31 December 1969');
  });

  it('gives small numbers wide intervals', () => {
    const rounded = ({ low, high }: { low: number; high: number }) => [low.toFixed(3), high.toFixed(3)];
    // published examples of the score interval
    expect(rounded(shareInterval(0, 10)!)).toEqual(['0.000', '0.278']);
    expect(rounded(shareInterval(28, 100)!)).toEqual(['0.201', '0.375']);
    expect(shareInterval(0, 0)).toBeUndefined();
    expect(rounded(chanceLimits(0.28, 100, Z95))).toEqual(['0.192', '0.368']);
  });

  it('has a sentence for every cause, in both languages', () => {
    expect(causeText('nl', 'weo.csv', 'ocmw_id', 'UNKNOWN_OCMW')).toBe('OCMW is niet gekend.');
    expect(causeText('en', 'weo.csv', 'ocmw_id', 'UNKNOWN_OCMW')).toBe('The OCMW is not known.');
    expect(causeText('nl', 'weo.csv', 'x', 'NEW')).toBe('Niet aanvaard (NEW)');
  });
});
